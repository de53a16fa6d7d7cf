"""Note as done the steps that a scenario asks for by another means; take it back."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from domain.basics.identifiers import ActivityId, CustomerId, EntityId
from domain.customers.activity import ActivityKind
from domain.dunning.by_voice import completed_by
from domain.dunning.planned import PlannedMessage
from domain.dunning.position import LevelCause, LevelChange
from domain.dunning.scenario import Channel
from domain.ports import Books
from domain.usecases.acting import Choice
from domain.usecases.composing import narrowed
from domain.usecases.levels import take_back
from domain.usecases.situations import AddressCheck, gather
from domain.usecases.tracing import trace

Noted = Sequence[tuple[CustomerId, ActivityId]]


def note_done(
    books: Books,
    entity_id: EntityId,
    choices: Sequence[Choice],
    comment: str,
    check_address: AddressCheck,
    today: date,
    now: datetime,
) -> Noted:
    """Keep in the history that steps were done; their items move. All or none."""
    situations = gather(books, entity_id, check_address, today)
    wanted = {(c.customer_id, c.step_code, c.currency): c for c in choices}
    noted = []
    with books.atomic():
        for plan in situations.plans():
            for planned in plan.messages:
                key = (plan.customer_id, planned.step.code, planned.total.currency)
                choice = wanted.get(key)
                if choice is None or planned.channel is not Channel.OTHER:
                    continue
                message = narrowed(planned, choice)
                if message:
                    activity_id = _record(books, message, comment, today, now)
                    noted.append((plan.customer_id, activity_id))
    return noted


def _record(
    books: Books, message: PlannedMessage, comment: str, today: date, now: datetime
) -> ActivityId:
    customer = books.customers.get(message.customer_id)
    activity_id = trace(
        books,
        customer,
        ActivityKind.OTHER_CONTACT,
        comment,
        today,
        now,
        amount=message.total,
        level=message.step.level,
        item_ids=[item.id for item in message.items],
        channel=Channel.OTHER,
    )
    books.activities.record_levels(
        LevelChange(
            entity_id=customer.entity_id,
            customer_id=customer.id,
            item_id=one.item_id,
            kind=one.kind,
            level=one.level,
            reached_on=today,
            deadline_on=one.deadline_on,
            cause=LevelCause.REACHED,
            reason=comment.strip(),
            activity_id=activity_id,
            recorded_at=now,
        )
        for one in completed_by(message, today)
    )
    return activity_id


def take_back_done(
    books: Books,
    noted: Iterable[tuple[CustomerId, ActivityId]],
    today: date,
    now: datetime,
) -> None:
    """Take back what was noted as done by mistake, in one gesture."""
    with books.atomic():
        for customer_id, activity_id in noted:
            take_back(books, customer_id, [activity_id], today, now)
