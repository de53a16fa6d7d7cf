"""Firms, customers, entries and items."""

from datetime import timedelta

from domain.basics.identifiers import (
    ContactId,
    EntityId,
    ImportId,
    ItemId,
    customer_key,
    new_id,
)
from domain.basics.money import Money
from domain.customers.customer import Contact, Customer
from domain.ledger.allocation import Allocation, AllocationHow
from domain.ledger.entity import Entity
from domain.ledger.entry import DueOrigin, LedgerEntry, SourceLine
from domain.ledger.import_report import ImportRecord, SourceFormat
from domain.ledger.open_item import OpenItem
from tests.builders.base import CUSTOMER_ID, ENTITY_ID, NOW, TODAY, with_others


def an_entity(**others: object) -> Entity:
    """Make a firm with an address and bank details."""
    entity = Entity(
        id=ENTITY_ID,
        name="Atelier Bois Clair",
        address="12 rue des Tilleuls",
        postal_code="69003",
        city="Lyon",
        email="compta@atelier.example.com",
        iban="FR7630006000011234567890189",
        bic="AGRIFRPP",
    )
    return with_others(entity, others)


def a_customer(*, code: str = "C001", **others: object) -> Customer:
    """Make a customer that a letter could reach, named after its code."""
    customer = Customer(
        id=customer_key(EntityId(str(others.get("entity_id", ENTITY_ID))), code),
        entity_id=ENTITY_ID,
        code=code,
        name=f"Client {code}",
        address="3 place du Marché",
        postal_code="38000",
        city="Grenoble",
    )
    return with_others(customer, others)


def a_contact(**others: object) -> Contact:
    """Make a contact with an e-mail address."""
    contact = Contact(
        id=ContactId(new_id()),
        entity_id=ENTITY_ID,
        customer_id=CUSTOMER_ID,
        first_name="Camille",
        last_name="Rivière",
        email="camille@client.example.com",
    )
    return with_others(contact, others)


def a_source_line(
    *, piece: str = "FA-001", cents: int = 120_00, **others: object
) -> SourceLine:
    """Make a line of a file: an invoice, or a credit when cents are negative."""
    line = SourceLine(
        line=2,
        journal="VE",
        entry_on=TODAY - timedelta(days=42),
        account="411000",
        customer_code="C001",
        customer_name="Client C001",
        piece=piece,
        piece_on=TODAY - timedelta(days=42),
        label=f"Facture {piece}",
        debit=Money(max(cents, 0)),
        credit=Money(max(-cents, 0)),
    )
    return with_others(line, others)


def an_entry(
    *, piece: str = "FA-001", cents: int = 120_00, **others: object
) -> LedgerEntry:
    """Make an entry named after its piece; negative cents make a credit."""
    entry = LedgerEntry(
        id=ItemId(piece),
        entity_id=ENTITY_ID,
        customer_id=CUSTOMER_ID,
        journal="VE",
        entry_on=TODAY - timedelta(days=42),
        account="411000",
        piece=piece,
        piece_on=TODAY - timedelta(days=42),
        label=f"Facture {piece}",
        debit=Money(max(cents, 0)),
        credit=Money(max(-cents, 0)),
    )
    return with_others(entry, others)


def an_allocation(
    *, debit_id: str = "FA-001", credit_id: str = "RG-001", cents: int = 120_00
) -> Allocation:
    """Make a payment settle an invoice, as its lettering says."""
    return Allocation(
        debit_id=ItemId(debit_id),
        credit_id=ItemId(credit_id),
        amount=Money(cents),
        how=AllocationHow.LETTERING,
    )


def an_item(
    *,
    days_late: int = 12,
    cents: int = 120_00,
    reference: str = "FA-001",
    **others: object,
) -> OpenItem:
    """Make an open item named after its reference, due ``days_late`` ago.

    A negative ``days_late`` is still to come; negative cents make a credit.
    """
    due_on = TODAY - timedelta(days=days_late)
    item = OpenItem(
        id=ItemId(reference),
        entity_id=ENTITY_ID,
        customer_id=CUSTOMER_ID,
        reference=reference,
        label=f"Facture {reference}",
        invoice_on=due_on - timedelta(days=30),
        due_on=due_on,
        due_origin=DueOrigin.FILE,
        invoiced=Money(cents),
        settled=Money(0),
    )
    return with_others(item, others)


def an_import(**others: object) -> ImportRecord:
    """Make an accepted FEC import of one new entry."""
    imported = ImportRecord(
        id=ImportId(new_id()),
        entity_id=ENTITY_ID,
        file_name="ecritures.txt",
        format=SourceFormat.FEC,
        sha256="0" * 64,
        imported_at=NOW,
        entries=1,
        new=1,
        settled=0,
        changed=0,
        vanished=0,
        fault_count=0,
        balance_before=Money(0),
        balance_after=Money(120_00),
    )
    return with_others(imported, others)
