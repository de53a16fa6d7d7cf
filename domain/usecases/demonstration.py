"""Fill empty books with the demonstration firm, as if it had been in use."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from domain.basics.errors import DunningError
from domain.basics.identifiers import ActivityId, EntityId, digest
from domain.customers.activity import Activity, ActivityItem, ActivityKind
from domain.customers.customer import Contact, Customer, dunning_contact
from domain.demo.firm import DemoEntity, demo_firm
from domain.demo.reminders import DemoReminder
from domain.demo.scenarios import demo_scenario
from domain.dunning.compose import compose
from domain.dunning.defaults import (
    standard_profile,
    starting_messages,
)
from domain.dunning.planned import PlannedMessage
from domain.dunning.position import LevelCause, LevelChange
from domain.dunning.scenario import Channel, DunningStep, Scenario, StepKind
from domain.dunning.styling import plain
from domain.dunning.texts import MessageText
from domain.ledger.payment_modes import PaymentMode
from domain.ports import Books
from domain.usecases.configuring import Wordings, create_entity
from domain.usecases.importing import confirm_import, preview_import

_KINDS = {
    StepKind.ADVANCE_NOTICE: ActivityKind.ADVANCE_NOTICE,
    StepKind.REMINDER: ActivityKind.REMINDER,
    StepKind.THANK_YOU: ActivityKind.THANK_YOU,
}
_CAUSES = {
    Channel.EMAIL: LevelCause.SENT,
    Channel.LETTER: LevelCause.PRINTED,
    Channel.PHONE: LevelCause.CALLED,
    Channel.OTHER: LevelCause.CALLED,
}


class BooksNotEmptyError(DunningError):
    """The demonstration is never mixed with a real firm."""

    message = (
        "This folder already holds the books of {name}: choose an empty folder for"
        " the demonstration."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What the demonstration holds."""

    entities: int
    customers: int
    entries: int


def fill_with_demonstration(
    books: Books, wordings: Wordings, today: date, now: datetime
) -> Filled:
    """Write the demonstration firm; books that already hold it stay as they are."""
    known = books.entities.all()
    real = [entity for entity in known if not entity.demo]
    if real:
        raise BooksNotEmptyError(name=real[0].name)
    firm = demo_firm(today)
    if not known:
        with books.atomic():
            for demo in firm.entities:
                _fill_entity(books, demo, wordings, today, now)
    return Filled(
        entities=len(firm.entities),
        customers=sum(len(demo.customers) for demo in firm.entities),
        entries=sum(len(demo.source.lines) for demo in firm.entities),
    )


def _fill_entity(
    books: Books, demo: DemoEntity, wordings: Wordings, today: date, now: datetime
) -> None:
    entity_id = demo.entity.id
    create_entity(books, demo.entity, wordings)
    scenarios = _scenarios(entity_id)
    for scenario in scenarios.values():
        books.scenarios.save_scenario(scenario)
    books.entities.save_payment_modes(
        entity_id,
        [PaymentMode(code=code, is_automatic=True) for code in demo.automatic_modes],
    )
    books.customers.save_many(demo.customers)
    books.customers.save_contacts(demo.contacts)
    confirm_import(books, preview_import(books, demo.source, entity_id, today), now)
    for hold in demo.holds:
        books.agreements.save_hold(hold)
    for dispute in demo.disputes:
        books.agreements.save_dispute(dispute)
    for promise in demo.promises:
        books.agreements.save_promise(promise)
    for note in demo.notes:
        books.agreements.save_note(note)
    _record_reminders(books, demo, scenarios, wordings, now)


def _scenarios(entity_id: EntityId) -> dict[bool, Scenario]:
    """Make the scenario with e-mail, and the one without."""
    profile = standard_profile(entity_id)
    return {
        with_email: demo_scenario(profile, with_email=with_email)
        for with_email in (True, False)
    }


def _record_reminders(
    books: Books,
    demo: DemoEntity,
    scenarios: dict[bool, Scenario],
    wordings: Wordings,
    now: datetime,
) -> None:
    """Add what was sent in the past weeks, with its words and its levels."""
    customers = {c.id: c for c in demo.customers}
    texts = {
        (t.key, t.channel, t.language): t
        for t in starting_messages(demo.entity.id, wordings)
    }
    changes: list[LevelChange] = []
    for rank, sent in enumerate(demo.past_reminders):
        customer = customers[sent.customer_id]
        with_email = any(c.email for c in _contacts(demo, customer))
        activity = _activity(
            demo, sent, rank, customer, scenarios[with_email], texts, now
        )
        books.activities.record(
            activity,
            [
                ActivityItem(activity_id=activity.id, item_id=i.id, left=i.left)
                for i in sent.items
            ],
        )
        changes += _changes(sent, activity, now)
    books.activities.record_levels(changes)


def _contacts(demo: DemoEntity, customer: Customer) -> list[Contact]:
    return [c for c in demo.contacts if c.customer_id == customer.id]


def _activity(
    demo: DemoEntity,
    sent: DemoReminder,
    rank: int,
    customer: Customer,
    scenario: Scenario,
    texts: dict[tuple[str, Channel, str], MessageText],
    now: datetime,
) -> Activity:
    contact = dunning_contact(_contacts(demo, customer))
    message = PlannedMessage(
        customer_id=customer.id,
        scenario=scenario,
        step=_step(scenario, sent),
        channel=sent.channel,
        items=sent.items,
        due_since=sent.sent_on,
    )
    by_phone = sent.channel is Channel.PHONE
    written = Channel.LETTER if by_phone else sent.channel
    content = compose(
        message,
        entity=demo.entity,
        customer=customer,
        contact=contact,
        text=texts[message.step.text_key, written, "fr"],
        account_items=sent.items,
        last_reminder_on=None,
        today=sent.sent_on,
        reference=f"{customer.code}-{sent.sent_on:%Y%m%d}-{message.step.code}",
        logo=None,
        logo_mime="",
    )
    return Activity(
        id=ActivityId(digest(demo.entity.id, "demo activity", str(rank))),
        entity_id=demo.entity.id,
        customer_id=customer.id,
        kind=_KINDS[sent.kind],
        happened_on=sent.sent_on,
        recorded_at=datetime.combine(sent.sent_on, time(9, 30), now.tzinfo),
        level=sent.level,
        channel=sent.channel,
        subject="" if by_phone else content.subject,
        body="" if by_phone else plain("\n\n".join(content.paragraphs)),
        recipients=contact.email
        if contact and sent.channel is Channel.EMAIL
        else "\n".join(content.recipient_lines),
        amount=message.total,
    )


def _step(scenario: Scenario, sent: DemoReminder) -> DunningStep:
    return next(
        s for s in scenario.steps if s.kind is sent.kind and s.level == sent.level
    )


def _changes(
    sent: DemoReminder, activity: Activity, now: datetime
) -> Iterable[LevelChange]:
    return (
        LevelChange(
            entity_id=activity.entity_id,
            customer_id=sent.customer_id,
            item_id=item.id,
            kind=sent.kind,
            level=sent.level,
            reached_on=sent.sent_on,
            deadline_on=sent.deadline_on if sent.kind is StepKind.REMINDER else None,
            cause=_CAUSES[sent.channel],
            activity_id=activity.id,
            recorded_at=now,
        )
        for item in sent.items
        if not item.is_credit
    )
