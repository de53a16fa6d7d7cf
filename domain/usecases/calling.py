"""« Appel »: note that a customer was called; the call may count as a reminder."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.basics.identifiers import ActivityId, CustomerId, ItemId
from domain.customers.activity import ActivityKind
from domain.dunning.position import LevelCause, LevelChange
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.situation import CustomerSituation
from domain.dunning.steps import next_step
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.situations import AddressCheck, gather_one
from domain.usecases.tracing import trace


def log_call(
    books: Books,
    customer_id: CustomerId,
    comment: str,
    item_ids: Sequence[ItemId],
    check_address: AddressCheck,
    today: date,
    now: datetime,
    *,
    counts: bool,
) -> ActivityId:
    """Note a call about items, or about all that is overdue where none is named.

    One that counts completes each item's next reminder, as a letter would; another
    only counts for the days between two contacts.
    """
    situation = gather_one(books, customer_id, check_address, today)
    about = [
        item
        for item in situation.open_items
        if (item.id in item_ids if item_ids else item.days_overdue(today) > 0)
    ]
    levels = _reached(situation, about, today) if counts else {}
    with books.atomic():
        activity_id = trace(
            books,
            situation.customer,
            ActivityKind.CALL,
            comment,
            today,
            now,
            level=max(levels.values(), default=0),
            item_ids=[item.id for item in about],
            channel=Channel.PHONE,
        )
        books.activities.record_levels(
            LevelChange(
                entity_id=situation.customer.entity_id,
                customer_id=customer_id,
                item_id=item_id,
                kind=StepKind.REMINDER,
                level=level,
                reached_on=today,
                cause=LevelCause.CALLED,
                reason=comment.strip(),
                activity_id=activity_id,
                recorded_at=now,
            )
            for item_id, level in levels.items()
        )
    return activity_id


def _reached(
    situation: CustomerSituation, items: Sequence[OpenItem], today: date
) -> dict[ItemId, int]:
    """Tell which level each overdue item reaches; none past its scenario's end."""
    scenario = situation.scenario
    if scenario is None:
        return {}
    reached = {}
    for item in items:
        following = next_step(item, scenario, situation.position(item), today)
        # Never two reminders of one item on one day, nor one that a message waits
        # to give.
        is_new = (
            situation.position(item).reached_on != today
            and item.id not in situation.pending
        )
        if following and following.step.kind is StepKind.REMINDER and is_new:
            reached[item.id] = following.step.level
    return reached
