"""Records for tests: a test says only what matters to it, the rest is ordinary.

Any field of the record may be given by its own name; the named arguments are the
shortcuts (``days_late``, ``cents``) that tests speak of most.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar, Protocol, TypeVar

from domain.basics.identifiers import (
    ActivityId,
    BatchId,
    ContactId,
    CustomerId,
    DocumentId,
    EntityId,
    ImportId,
    ItemId,
    MessageId,
    ProfileId,
    ScenarioId,
    StepId,
    TextId,
    customer_key,
    new_id,
)
from domain.basics.money import Money
from domain.customers.activity import Activity, ActivityItem, ActivityKind
from domain.customers.agreements import Dispute, Hold, Note, Promise
from domain.customers.customer import Contact, Customer
from domain.dunning.outbox import (
    Batch,
    BatchState,
    MessageState,
    OutboxItem,
    OutboxMessage,
)
from domain.dunning.position import LevelCause, LevelChange
from domain.dunning.profile import Profile
from domain.dunning.scenario import (
    Channel,
    DunningStep,
    Scenario,
    StepKind,
    Trigger,
)
from domain.dunning.texts import MessageText
from domain.ledger.allocation import Allocation, AllocationHow
from domain.ledger.entity import Entity
from domain.ledger.entry import DueOrigin, LedgerEntry, SourceLine
from domain.ledger.import_report import ImportRecord, SourceFormat
from domain.ledger.open_item import OpenItem
from storage.database.books import SqliteBooks, open_books

TODAY = date(2026, 3, 31)
NOW = datetime(2026, 3, 31, 8, 0, tzinfo=UTC)
ENTITY_ID = EntityId("atelier")
CUSTOMER_ID = customer_key(ENTITY_ID, "C001")
PROFILE_ID = ProfileId("standard")
SCENARIO_ID = ScenarioId("standard-email")


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
    return _with(entity, others)


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
    return _with(customer, others)


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
    return _with(contact, others)


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
    return _with(line, others)


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
    return _with(entry, others)


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
    return _with(item, others)


def a_hold(**others: object) -> Hold:
    """Make a hold on the whole customer, in force and without end."""
    hold = Hold(
        id=new_id(),
        entity_id=ENTITY_ID,
        customer_id=CUSTOMER_ID,
        reason="Accord de la direction",
        starts_on=TODAY - timedelta(days=5),
    )
    return _with(hold, others)


def a_dispute(**others: object) -> Dispute:
    """Make an open dispute on the whole account."""
    dispute = Dispute(
        id=new_id(),
        entity_id=ENTITY_ID,
        customer_id=CUSTOMER_ID,
        reason="Marchandise abîmée",
        opened_on=TODAY - timedelta(days=5),
    )
    return _with(dispute, others)


def a_promise(*, cents: int = 120_00, **others: object) -> Promise:
    """Make a promise for next week on the whole account."""
    promise = Promise(
        id=new_id(),
        entity_id=ENTITY_ID,
        customer_id=CUSTOMER_ID,
        amount=Money(cents),
        promised_for=TODAY + timedelta(days=7),
        made_on=TODAY - timedelta(days=1),
    )
    return _with(promise, others)


def a_note(**others: object) -> Note:
    """Make a note about the customer."""
    note = Note(
        id=new_id(),
        entity_id=ENTITY_ID,
        customer_id=CUSTOMER_ID,
        text="Rappeler après le 15",
        written_at=NOW,
    )
    return _with(note, others)


def a_profile(**others: object) -> Profile:
    """Make the default profile."""
    profile = Profile(
        id=PROFILE_ID, entity_id=ENTITY_ID, name="Standard", is_default=True
    )
    return _with(profile, others)


def a_step(*, level: int = 1, **others: object) -> DunningStep:
    """Make a reminder by e-mail, eight days after the due date."""
    step = DunningStep(
        id=StepId(f"R{level}"),
        scenario_id=SCENARIO_ID,
        kind=StepKind.REMINDER,
        level=level,
        channel=Channel.EMAIL,
        trigger=Trigger.REFERENCE,
        delay_days=8,
        text_key=f"reminder_{level}",
    )
    return _with(step, others)


def default_steps() -> tuple[DunningStep, ...]:
    """Make the steps a new scenario starts with: notice, four reminders, thanks."""
    return (
        a_step(
            level=0,
            id=StepId("P"),
            kind=StepKind.ADVANCE_NOTICE,
            delay_days=-8,
            text_key="advance_notice",
        ),
        a_step(level=1),
        a_step(level=2, trigger=Trigger.PREVIOUS),
        a_step(level=3, trigger=Trigger.PREVIOUS),
        a_step(
            level=4,
            trigger=Trigger.PREVIOUS,
            channel=Channel.LETTER,
            text_key="formal_notice",
        ),
        a_step(
            level=0,
            id=StepId("M"),
            kind=StepKind.THANK_YOU,
            delay_days=3,
            text_key="thank_you",
            is_active=False,
        ),
    )


def a_scenario(**others: object) -> Scenario:
    """Make the scenario of customers with an e-mail address."""
    scenario = Scenario(
        id=SCENARIO_ID,
        entity_id=ENTITY_ID,
        profile_id=PROFILE_ID,
        with_email=True,
        steps=default_steps(),
    )
    return _with(scenario, others)


def a_text(*, key: str = "reminder_1", **others: object) -> MessageText:
    """Make the French e-mail wording of a kind of message."""
    text = MessageText(
        id=TextId(f"{key}-email-fr"),
        entity_id=ENTITY_ID,
        key=key,
        channel=Channel.EMAIL,
        language="fr",
        subject="Votre compte %client_nom%",
        body="Bonjour,\n\n%tableau_comptable%\n\nCordialement",
    )
    return _with(text, others)


def a_level_change(
    *, item_id: str = "FA-001", level: int = 1, days_ago: int = 8, **others: object
) -> LevelChange:
    """Make a reminder that reached an item some days ago."""
    change = LevelChange(
        entity_id=ENTITY_ID,
        customer_id=CUSTOMER_ID,
        item_id=ItemId(item_id),
        kind=StepKind.REMINDER,
        level=level,
        reached_on=TODAY - timedelta(days=days_ago),
        cause=LevelCause.SENT,
        recorded_at=NOW - timedelta(days=days_ago),
    )
    return _with(change, others)


def an_activity(*, days_ago: int = 8, **others: object) -> Activity:
    """Make a first reminder by e-mail, some days ago."""
    activity = Activity(
        id=ActivityId(new_id()),
        entity_id=ENTITY_ID,
        customer_id=CUSTOMER_ID,
        kind=ActivityKind.REMINDER,
        happened_on=TODAY - timedelta(days=days_ago),
        recorded_at=NOW - timedelta(days=days_ago),
        level=1,
        channel=Channel.EMAIL,
    )
    return _with(activity, others)


def an_activity_item(
    activity: Activity, *, item_id: str = "FA-001", cents: int = 120_00
) -> ActivityItem:
    """Make an item named by an activity."""
    return ActivityItem(
        activity_id=activity.id, item_id=ItemId(item_id), left=Money(cents)
    )


def a_message(*, cents: int = 120_00, **others: object) -> OutboxMessage:
    """Make a queued first reminder by e-mail, unlike any other one."""
    message_id = MessageId(new_id())
    message = OutboxMessage(
        id=message_id,
        entity_id=ENTITY_ID,
        customer_id=CUSTOMER_ID,
        state=MessageState.QUEUED,
        channel=Channel.EMAIL,
        kind=StepKind.REMINDER,
        level=1,
        scenario_id=SCENARIO_ID,
        dedupe=message_id,
        subject="Votre compte",
        body="Bonjour",
        recipient="camille@client.example.com",
        total=Money(cents),
        prepared_on=TODAY,
        created_at=NOW,
        changed_at=NOW,
    )
    return _with(message, others)


def an_outbox_item(
    message: OutboxMessage, *, item_id: str = "FA-001", cents: int = 120_00
) -> OutboxItem:
    """Make an item named by a message."""
    return OutboxItem(message_id=message.id, item_id=ItemId(item_id), left=Money(cents))


def a_batch(*, document_id: str, **others: object) -> Batch:
    """Make a batch of two letters waiting to be confirmed."""
    batch = Batch(
        id=BatchId(new_id()),
        entity_id=ENTITY_ID,
        state=BatchState.PREPARED,
        created_at=NOW,
        letter_count=2,
        page_count=4,
        document_id=DocumentId(document_id),
    )
    return _with(batch, others)


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
    return _with(imported, others)


def customer_id_of(code: str) -> CustomerId:
    """Name the customer of a code, in the usual entity."""
    return customer_key(ENTITY_ID, code)


def books_of_one_firm() -> SqliteBooks:
    """Open books in memory that hold a firm, its profile and one customer."""
    books = open_books()
    books.entities.save(an_entity())
    books.scenarios.save_profile(a_profile())
    books.customers.save_many([a_customer()])
    return books


class _Record(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


_R = TypeVar("_R", bound=_Record)


def _with(record: _R, others: dict[str, object]) -> _R:
    return replace(record, **others)
