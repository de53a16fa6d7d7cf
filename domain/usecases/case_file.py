"""« Dossier de recouvrement » of a customer: gathered from the books, then made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.basics import wording
from domain.basics.errors import DunningError
from domain.basics.file_names import safe_file_name
from domain.basics.identifiers import ActivityId, CustomerId
from domain.customers.activity import CONTACT_KINDS, Activity
from domain.customers.customer import Customer
from domain.dunning import case_words
from domain.dunning.case_file import (
    CaseFile,
    Exhibit,
    MadeCase,
    PrintedSheet,
    SheetTable,
)
from domain.dunning.journal import JournalExtract
from domain.dunning.letter import LetterContent
from domain.dunning.letterhead import place_and_date, sender
from domain.dunning.outbox import MessageState, OutboxMessage
from domain.dunning.penalties import Penalties
from domain.files import InvoiceFolder
from domain.ledger.entity import Entity
from domain.ledger.invoice_file import InvoiceFile
from domain.ledger.open_item import OpenItem
from domain.ports import Books, Outside
from domain.usecases.agreeing import place_hold
from domain.usecases.emails import sure_invoices
from domain.usecases.penalties import customer_penalties
from domain.usecases.statement import compose_statements
from domain.usecases.verifying import extract_for

_LONGEST_NAME = 60


class NothingOverdueError(DunningError):
    """Nobody is sued for what is not due."""

    message = "Nothing is overdue on this account: there is no case to make."


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMaterial:
    """All that the books hold about a case."""

    entity: Entity
    customer: Customer
    today: date
    overdue: tuple[OpenItem, ...]
    statements: tuple[LetterContent, ...]
    penalties: Penalties
    contacts: tuple[Activity, ...]
    """Oldest first."""
    documents: Mapping[ActivityId, bytes]
    """What was sent, as it was sent."""
    sent: Mapping[ActivityId, OutboxMessage]
    invoices: Mapping[str, InvoiceFile | None]
    """The PDF of each overdue invoice, by its number; None where none is found."""
    proof: JournalExtract | None
    """What the journal holds of this customer."""


def gather_case(books: Books, customer_id: CustomerId, today: date) -> CaseMaterial:
    """Gather what a lawyer needs; changes nothing.

    Raises:
        NothingOverdueError: nothing is late.
    """
    customer = books.customers.get(customer_id)
    items = books.ledger.items_of(customer_id)
    overdue = [i for i in items if i.left.cents > 0 and i.days_overdue(today)]
    if not overdue:
        raise NothingOverdueError
    overdue.sort(key=lambda i: (i.due_on or today, i.invoice_on, i.id))
    contacts = [a for a in books.activities.of(customer_id) if a.kind in CONTACT_KINDS]
    contacts.sort(key=lambda a: (a.happened_on, a.recorded_at))
    by_document = {
        message.document_id: message
        for message in books.outbox.all(customer.entity_id, [MessageState.SENT])
        if message.customer_id == customer_id and message.document_id
    }
    found = sure_invoices(books, customer.entity_id, overdue) or {}
    return CaseMaterial(
        entity=books.entities.get(customer.entity_id),
        customer=customer,
        today=today,
        overdue=tuple(overdue),
        statements=tuple(compose_statements(books, customer_id, today)),
        penalties=customer_penalties(books, customer_id, today).unpaid,
        contacts=tuple(contacts),
        documents={
            a.id: books.outbox.document(a.document_id)
            for a in contacts
            if a.document_id
        },
        sent={
            a.id: by_document[a.document_id]
            for a in contacts
            if a.document_id in by_document
        },
        invoices={item.reference: found.get(item.id) for item in overdue},
        proof=extract_for(books, customer_id),
    )


def make_case(outside: Outside, material: CaseMaterial) -> MadeCase:
    """Make the PDF and the ZIP; touches no books."""
    folder = outside.files.invoices(material.entity.invoices_folder)
    return outside.documents.case_file(compose_case(material, folder))


def hand_over_case(
    books: Books, customer_id: CustomerId, reason: str, today: date, now: datetime
) -> None:
    """Stop dunning: somebody else takes over."""
    place_hold(books, customer_id, reason, None, today, now)


def compose_case(material: CaseMaterial, folder: InvoiceFolder) -> CaseFile:
    """Write the list of pieces, and each piece, numbered."""
    blank = _blank(material)
    invoices, missing = _invoices(material, folder, blank)
    exhibits = [
        Exhibit(
            cover=replace(blank, title="Relevé de compte"),
            letters=material.statements,
            name="Relevé de compte",
        ),
        *_interest(material, blank),
        *invoices,
        *_messages(material, blank),
        *_history(material, blank),
    ]
    numbered = tuple(
        replace(
            one,
            cover=replace(one.cover, title=f"Pièce n° {number} – {one.cover.title}"),
        )
        for number, one in enumerate(exhibits, start=1)
    )
    return CaseFile(
        listing=_listing(material, exhibits, missing),
        exhibits=numbered,
        proof=material.proof,
    )


def _blank(material: CaseMaterial) -> PrintedSheet:
    entity, today = material.entity, material.today
    return case_words.sheet(
        "",
        sender(entity, "fr", None, "", signs=False),
        place_and_date(entity.city, today, "fr"),
    )


def _listing(
    material: CaseMaterial, exhibits: Sequence[Exhibit], missing: Sequence[str]
) -> PrintedSheet:
    """Write the « bordereau de pièces »."""
    notes = []
    if missing:
        notes.append(f"Factures à joindre, dont le PDF est absent : {_list(missing)}.")
    if material.penalties.missing:
        notes.append(
            "Décompte des pénalités non joint : il manque un taux publié du "
            f"{wording.day(material.penalties.missing[0].half_year.starts_on)}."
        )
    by_currency: dict[str, list[OpenItem]] = {}
    for item in material.overdue:
        by_currency.setdefault(item.currency, []).append(item)
    if material.proof:
        notes.append(case_words.proof_note(material.proof))
    pieces = SheetTable(
        heading="Pièces",
        headings=("N°", "Pièce"),
        rows=tuple(
            (str(number), one.cover.title)
            for number, one in enumerate(exhibits, start=1)
        ),
    )
    return replace(
        _blank(material),
        title="Dossier de recouvrement – Bordereau de pièces",
        facts=(
            ("Créancier", material.entity.name),
            *case_words.debtor(material.customer),
        ),
        paragraphs=tuple(notes),
        tables=(*map(case_words.claims_table, by_currency.values()), pieces),
    )


def _interest(material: CaseMaterial, blank: PrintedSheet) -> list[Exhibit]:
    if not material.penalties.invoices:
        return []
    table, sentences = case_words.interest_table(material.penalties)
    day = wording.long_day(material.today)
    title = f"Décompte des pénalités de retard au {day}"
    cover = replace(blank, title=title, tables=(table,), paragraphs=sentences)
    return [Exhibit(cover=cover, name="Décompte des pénalités")]


def _invoices(
    material: CaseMaterial, folder: InvoiceFolder, blank: PrintedSheet
) -> tuple[list[Exhibit], list[str]]:
    """Join the PDFs of the overdue invoices; name those that have none."""
    exhibits, missing = [], []
    for item in {i.reference: i for i in material.overdue}.values():
        file = material.invoices.get(item.reference)
        content = folder.content(file.name) if file else None
        if content is None:
            missing.append(item.reference or item.label)
            continue
        day = wording.day(item.invoice_on)
        cover = replace(blank, title=f"Facture {item.reference} du {day}")
        name = _file_name(f"Facture {item.reference}")
        exhibits.append(Exhibit(cover=cover, file=content, name=name))
    return exhibits, missing


def _messages(material: CaseMaterial, blank: PrintedSheet) -> list[Exhibit]:
    """Join what was sent, as it was sent, oldest first."""
    exhibits = []
    for activity in material.contacts:
        content = material.documents.get(activity.id)
        if content is None:
            continue
        is_pdf = content.startswith(b"%PDF")
        kind = "Courrier" if is_pdf else "E-mail"
        day = wording.day(activity.happened_on)
        words = tuple(activity.body.split("\n\n"))
        note = "Le message d’origine, avec ses pièces jointes, est dans le fichier ZIP."
        cover = replace(
            blank,
            title=f"{kind} du {day} : {activity.subject}",
            facts=case_words.message_facts(activity, material.sent.get(activity.id)),
            paragraphs=() if is_pdf else (*words, note),
        )
        name = _file_name(f"{kind} du {activity.happened_on:%Y-%m-%d}")
        exhibits.append(Exhibit(cover=cover, file=content, is_pdf=is_pdf, name=name))
    return exhibits


def _history(material: CaseMaterial, blank: PrintedSheet) -> list[Exhibit]:
    if not material.contacts:
        return []
    sent = [material.sent.get(activity.id) for activity in material.contacts]
    table = case_words.history_table(material.contacts, sent)
    title = "Historique des relances et preuves d’envoi"
    cover = replace(blank, title=title, tables=(table,))
    return [Exhibit(cover=cover, name="Historique et preuves")]


def _list(names: Sequence[str]) -> str:
    return ", ".join(names)


def _file_name(text: str) -> str:
    """Name a piece, whatever its reference."""
    return safe_file_name(text)[:_LONGEST_NAME].strip(". ")
