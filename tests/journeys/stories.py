"""Short cuts for dated stories on in-memory books."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from hashlib import sha256

from domain.basics.identifiers import EntityId, customer_key
from domain.basics.money import Money
from domain.customers.customer import Contact, Customer
from domain.dunning.scenario import Channel
from domain.ledger.entity import Entity
from domain.ledger.entry import SourceLine
from domain.ledger.import_report import ImportRecord, SourceFile, SourceFormat
from domain.ports import Books
from domain.usecases.acting import Choice, all_choices, show_today
from domain.usecases.composing import compose_chosen
from domain.usecases.configuring import create_entity
from domain.usecases.customer_details import new_contact
from domain.usecases.emails import envelope_of
from domain.usecases.importing import confirm_import, preview_import
from domain.usecases.invoice_files import read_invoice_folder
from domain.usecases.preparing import Prepared, make_files, queue_messages
from storage.database.books import SqliteBooks, open_books
from storage.outside import Outside
from tests.builders import an_entity

OUTSIDE = Outside()


def moment(day: date, hour: int = 9) -> datetime:
    """Make the moment of a day."""
    return datetime.combine(day, time(hour), UTC)


def books_of(entity: Entity | None = None) -> tuple[SqliteBooks, EntityId]:
    """Open empty books with one firm."""
    books = open_books()
    made = create_entity(
        books, entity or an_entity(), OUTSIDE.documents.starting_texts()
    )
    return books, made.id


def a_line(
    piece: str,
    cents: int,
    day: date,
    *,
    code: str = "C001",
    name: str = "Boulangerie Inventée",
    lettering: str = "",
    due_on: date | None = None,
    journal: str = "VE",
    label: str = "",
) -> SourceLine:
    """Make a line of a file; negative amounts are credits."""
    return SourceLine(
        line=2,
        journal=journal,
        entry_on=day,
        account="411000",
        customer_code=code,
        customer_name=name,
        piece=piece,
        piece_on=day,
        label=label,
        debit=Money(max(cents, 0)),
        credit=Money(max(-cents, 0)),
        lettering=lettering,
        due_on=due_on,
    )


def a_file(
    *lines: SourceLine,
    starts_on: date | None = date(2026, 1, 1),
    ends_on: date | None = date(2026, 12, 31),
    name: str = "123456789FEC20261231.txt",
    **others: object,
) -> SourceFile:
    """Make a file of the year 2026 out of its lines."""
    source = SourceFile(
        name=name,
        format=SourceFormat.FEC,
        sha256=sha256(repr(lines).encode()).hexdigest(),
        lines=[replace(line, line=n) for n, line in enumerate(lines, start=2)],
        faults=[],
        lines_read=len(lines),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return replace(source, **others)  # type: ignore[arg-type]


def bring_in(
    books: Books, entity_id: EntityId, source: SourceFile, day: date
) -> ImportRecord:
    """Preview and accept a file."""
    preview = preview_import(books, source, entity_id, day)
    return confirm_import(books, preview, moment(day))


def give_email(
    books: Books, entity_id: EntityId, address: str, code: str = "C001"
) -> Contact:
    """Let a customer be reached by e-mail."""
    customer = books.customers.get(customer_key(entity_id, code))
    contact = replace(new_contact(customer), email=address)
    with books.atomic():
        books.customers.save_contacts([contact])
    return contact


def give_address(books: Books, entity_id: EntityId, code: str = "C001") -> Customer:
    """Let a customer be reached by letter."""
    customer = replace(
        books.customers.get(customer_key(entity_id, code)),
        address="3 rue des Essais",
        postal_code="69001",
        city="Lyon",
    )
    with books.atomic():
        books.customers.save_many([customer])
    return customer


def prepare_all(books: Books, entity_id: EntityId, day: date) -> Prepared:
    """Prepare everything that is proposed."""
    check = OUTSIDE.mail.check_address
    view = show_today(books, entity_id, check, day)
    choices: list[Choice] = all_choices(view, [Channel.EMAIL, Channel.LETTER])
    composed = compose_chosen(books, entity_id, choices, check, day)
    read_invoice_folder(books, OUTSIDE.files, entity_id, day, moment(day))
    envelope = envelope_of(books, entity_id)
    made = make_files(OUTSIDE, composed, envelope, moment(day))
    return queue_messages(books, entity_id, made, day, moment(day))
