"""Change by hand how far items have climbed; said, dated, and taken back if wrong."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from domain.basics.errors import DunningError
from domain.basics.identifiers import ActivityId, CustomerId, ItemId
from domain.customers.activity import ActivityKind
from domain.customers.customer import Customer
from domain.dunning.position import LevelCause, LevelChange, position_from
from domain.dunning.scenario import HIGHEST_LEVEL, StepKind
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.tracing import items_of, trace

_TAKEN_BACK = {
    ActivityKind.LEVEL_CHANGED: ActivityKind.LEVEL_RESTORED,
    ActivityKind.CALL: ActivityKind.CALL_CANCELLED,
    ActivityKind.CALL_UNANSWERED: ActivityKind.CALL_CANCELLED,
    ActivityKind.WRONG_NUMBER: ActivityKind.CALL_CANCELLED,
    ActivityKind.CALL_PUT_OFF: ActivityKind.CALL_CANCELLED,
    ActivityKind.OTHER_CONTACT: ActivityKind.OTHER_CONTACT_CANCELLED,
}


class LevelMove(StrEnum):
    """A change of level counted from where each item stands."""

    UP = "up"
    DOWN = "down"


class LevelReasonMissingError(DunningError):
    """The history explains every level."""

    message = "Say why the level changes: the history keeps it."


class LevelUnknownError(DunningError):
    """Levels are few."""

    message = "A level is a whole number from 0 to {highest}."


class LevelUnchangedError(DunningError):
    """Nothing would change."""

    message = "What you chose is at this level already."


class NoLevelError(DunningError):
    """Credits and settled items are not reminded."""

    message = "Only what is left to pay has a level."


def change_levels(
    books: Books,
    customer_id: CustomerId,
    item_ids: Sequence[ItemId],
    wanted: LevelMove | int,
    reason: str,
    today: date,
    now: datetime,
) -> tuple[ActivityId, ...]:
    """Move the level of items: one up, one down, or to a number.

    One line of history for each level reached; they are what takes it back.
    """
    if not reason.strip():
        raise LevelReasonMissingError
    if isinstance(wanted, int) and not 0 <= wanted <= HIGHEST_LEVEL:
        raise LevelUnknownError(highest=HIGHEST_LEVEL)
    owed = [i for i in items_of(books, customer_id, item_ids) if i.left.cents > 0]
    if not owed:
        raise NoLevelError
    customer = books.customers.get(customer_id)
    moved = _moved(books, customer, owed, wanted)
    if not moved:
        raise LevelUnchangedError
    with books.atomic():
        return tuple(
            _record(books, customer, items, level, reason, today, now)
            for level, items in sorted(moved.items())
        )


def _moved(
    books: Books,
    customer: Customer,
    items: Sequence[OpenItem],
    wanted: LevelMove | int,
) -> dict[int, list[OpenItem]]:
    """Group the items whose level changes by the level they reach."""
    history = books.activities.level_history_of(customer.id)
    moved: dict[int, list[OpenItem]] = defaultdict(list)
    for item in items:
        now_at = position_from(history.get(item.id, ())).level
        level = _level(now_at, wanted)
        if level != now_at:
            moved[level].append(item)
    return moved


def _level(now_at: int, wanted: LevelMove | int) -> int:
    if isinstance(wanted, int):
        return wanted
    step = 1 if wanted is LevelMove.UP else -1
    return min(max(now_at + step, 0), max(HIGHEST_LEVEL, now_at))


def _record(
    books: Books,
    customer: Customer,
    items: Sequence[OpenItem],
    level: int,
    reason: str,
    today: date,
    now: datetime,
) -> ActivityId:
    """Add a level of items and its line of history; inside a transaction."""
    activity_id = trace(
        books,
        customer,
        ActivityKind.LEVEL_CHANGED,
        reason,
        today,
        now,
        level=level,
        item_ids=[item.id for item in items],
    )
    books.activities.record_levels(
        LevelChange(
            entity_id=customer.entity_id,
            customer_id=customer.id,
            item_id=item.id,
            kind=StepKind.REMINDER,
            level=level,
            reached_on=today,
            cause=LevelCause.BY_HAND,
            reason=reason.strip(),
            activity_id=activity_id,
            recorded_at=now,
        )
        for item in items
    )
    return activity_id


def take_back(
    books: Books,
    customer_id: CustomerId,
    activity_ids: Sequence[ActivityId],
    today: date,
    now: datetime,
) -> None:
    """Take changes of level or contacts back: items stand again where they stood."""
    customer = books.customers.get(customer_id)
    known = {one.id: one for one in books.activities.of(customer_id)}
    with books.atomic():
        for activity_id in activity_ids:
            activity = known[activity_id]
            if activity.kind not in _TAKEN_BACK:
                continue
            books.activities.undo(activity_id)
            named = books.activities.items_of(activity_id)
            trace(
                books,
                customer,
                _TAKEN_BACK[activity.kind],
                activity.subject,
                today,
                now,
                level=activity.level,
                item_ids=[line.item_id for line in named],
            )
