"""The demonstration firm: two companies, their customers, their last 18 months.

Pure and repeatable: the same day gives the same firm, and every date is counted
from that day, so that there is always something to do.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.basics.identifiers import CustomerId, EntityId
from domain.basics.periods import months_later
from domain.customers.agreements import Dispute, Hold, Note, Promise
from domain.customers.customer import Contact, Customer
from domain.demo.bookkeeping import numbered, source_file
from domain.demo.decided import decisions_of
from domain.demo.names import (
    STEMS,
    TRADING_SALES,
    TRADING_TRADES,
    WORKSHOP_SALES,
    WORKSHOP_TRADES,
)
from domain.demo.people import AUTOMATIC_MODE, invent_people
from domain.demo.reminders import DemoReminder, past_reminders
from domain.demo.sales import DEFAULT_TERMS, invent_account
from domain.demo.situations import TRADING, WORKSHOP, Situation
from domain.ledger.entity import Entity
from domain.ledger.entry import identified
from domain.ledger.import_report import SourceFile
from domain.ledger.items import derive_items
from domain.ledger.open_item import OpenItem

_MONTHS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoEntity:
    """One company, as its file and its people would have made it."""

    entity: Entity
    source: SourceFile
    customers: tuple[Customer, ...]
    contacts: tuple[Contact, ...]
    automatic_modes: tuple[str, ...]
    """Payment modes that collect by themselves."""
    holds: tuple[Hold, ...]
    disputes: tuple[Dispute, ...]
    promises: tuple[Promise, ...]
    notes: tuple[Note, ...]
    past_reminders: tuple[DemoReminder, ...]
    """Oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFirm:
    """Everything that a demonstration shows."""

    entities: tuple[DemoEntity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Company:
    """What makes one company of the firm unlike the other."""

    entity: Entity
    situations: Sequence[Situation]
    stems: Sequence[str]
    trades: Sequence[tuple[str, str]]
    objects: Sequence[str]
    numbered_codes: bool
    first_invoice: int


# Identity numbers have the right keys and belong to nobody: no SIREN starts with
# 0, and no bank has the code 99999.
_WORKSHOP = Entity(
    id=EntityId("demo-atelier"),
    name="Atelier Chênefeuille",
    legal_form="SARL",
    address="8 rue des Rabots\nZone artisanale du Vieux-Séquoia",
    postal_code="49000",
    city="Angers",
    siret="01234500500016",
    vat_number="FR39012345005",
    rcs="RCS Angers 012 345 005",
    capital="40\u202f000\u00a0€",
    phone="01 99 00 12 34",
    email="facturation.atelier@example.com",
    iban="FR7699999000010000012345111",
    bic="DEMOFRPP",
    signatory_name="Élise Chênefeuille",
    signatory_role="Gérante",
    default_terms=DEFAULT_TERMS,
    demo=True,
)
_TRADING = Entity(
    id=EntityId("demo-negoce"),
    name="Chênefeuille Négoce",
    legal_form="SAS",
    address="21 quai des Grumes",
    postal_code="44600",
    city="Saint-Nazaire",
    siret="01234600300010",
    vat_number="FR26012346003",
    rcs="RCS Saint-Nazaire 012 346 003",
    capital="150\u202f000\u00a0€",
    phone="01 99 00 56 78",
    email="facturation.negoce@example.com",
    iban="FR7699999000010000012346275",
    bic="DEMOFRPP",
    signatory_name="Marc Chênefeuille",
    signatory_role="Responsable du crédit",
    default_terms=DEFAULT_TERMS,
    penalty_rate=Decimal(12),
    demo=True,
)


def demo_firm(today: date) -> DemoFirm:
    """Invent the demonstration firm as it stands on a day."""
    workshop = _Company(
        entity=_WORKSHOP,
        situations=WORKSHOP,
        stems=STEMS[: len(WORKSHOP)],
        trades=WORKSHOP_TRADES,
        objects=WORKSHOP_SALES,
        numbered_codes=False,
        first_invoice=1208,
    )
    trading = _Company(
        entity=_TRADING,
        situations=TRADING,
        stems=STEMS[len(WORKSHOP) :],
        trades=TRADING_TRADES,
        objects=TRADING_SALES,
        numbered_codes=True,
        first_invoice=356,
    )
    return DemoFirm(entities=(_entity(workshop, today), _entity(trading, today)))


def _entity(company: _Company, today: date) -> DemoEntity:
    entity = company.entity
    start = months_later(today, -_MONTHS).replace(day=1)
    people = invent_people(
        entity.id,
        company.situations,
        company.stems,
        company.trades,
        numbered=company.numbered_codes,
    )
    accounts = numbered(
        (
            invent_account(person, rank, company.objects, start, today)
            for rank, person in enumerate(people)
        ),
        company.first_invoice,
    )
    source = source_file(accounts, entity.siret[:9], start, today)
    customers = tuple(account.customer for account in accounts)
    items = _items(source, entity, customers)
    decisions = {
        account.customer.id: decisions_of(
            account,
            {i.reference: i for i in items[account.customer.id] if not i.is_credit},
            today,
        )
        for account in accounts
    }
    reminders = [
        reminder
        for account in accounts
        for reminder in past_reminders(
            account, items[account.customer.id], decisions[account.customer.id], today
        )
    ]
    return DemoEntity(
        entity=entity,
        source=source,
        customers=customers,
        contacts=tuple(c for account in accounts for c in account.person.contacts),
        automatic_modes=(AUTOMATIC_MODE,),
        holds=tuple(h for d in decisions.values() for h in d.holds),
        disputes=tuple(x for d in decisions.values() for x in d.disputes),
        promises=tuple(p for d in decisions.values() for p in d.promises),
        notes=tuple(n for d in decisions.values() for n in d.notes),
        past_reminders=tuple(sorted(reminders, key=lambda r: r.sent_on)),
    )


def _items(
    source: SourceFile, entity: Entity, customers: Sequence[Customer]
) -> dict[CustomerId, list[OpenItem]]:
    """Derive each customer's items as accepting the file will."""
    derived = derive_items(
        [entry for entry, _ in identified(source.lines, entity.id)],
        {customer.id: customer.payment_terms for customer in customers},
        entity.default_terms,
        match_payments=False,
    )
    items: dict[CustomerId, list[OpenItem]] = defaultdict(list)
    for item in derived.items:
        items[item.customer_id].append(item)
    return items
