"""How far up the scenario an item is, and how it got there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.basics.identifiers import ActivityId, CustomerId, EntityId, ItemId
from domain.dunning.scenario import StepKind


class LevelCause(StrEnum):
    """What moved an item's level."""

    SENT = "sent"
    PRINTED = "printed"
    CALLED = "called"
    REACHED = "reached"
    """By another means, such as a visit."""
    SKIPPED = "skipped"
    BY_HAND = "by_hand"
    TAKEN_OVER = "taken_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChange:
    """One line of an item's level history; nothing is ever overwritten."""

    entity_id: EntityId
    customer_id: CustomerId
    item_id: ItemId
    """May name an item that the books no longer hold."""
    kind: StepKind
    level: int
    reached_on: date
    deadline_on: date | None = None
    """Until when the message asked to be paid."""
    cause: LevelCause
    reason: str = ""
    activity_id: ActivityId | None = None
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where an item stands in its scenario."""

    level: int = 0
    reached_on: date | None = None
    deadline_on: date | None = None
    noticed_on: date | None = None
    """When the advance notice was given."""
    thanked_on: date | None = None


def position_from(history: Iterable[LevelChange]) -> Position:
    """Read an item's position off its history, oldest change first."""
    level, reached_on, deadline_on = 0, None, None
    noticed_on, thanked_on = None, None
    for change in history:
        if change.kind is StepKind.REMINDER:
            level = change.level
            reached_on, deadline_on = change.reached_on, change.deadline_on
        elif change.kind is StepKind.ADVANCE_NOTICE:
            noticed_on, deadline_on = change.reached_on, change.deadline_on
        else:
            thanked_on = change.reached_on
    return Position(
        level=level,
        reached_on=reached_on,
        deadline_on=deadline_on,
        noticed_on=noticed_on,
        thanked_on=thanked_on,
    )
