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

    def after(
        self, kind: StepKind, level: int, day: date, deadline_on: date | None
    ) -> "Position":
        """Tell where the item stands once a step of a kind was done on a day."""
        is_reminder, is_notice = (
            kind is StepKind.REMINDER,
            kind is StepKind.ADVANCE_NOTICE,
        )
        return Position(
            level=level if is_reminder else self.level,
            reached_on=day if is_reminder else self.reached_on,
            deadline_on=deadline_on if is_reminder or is_notice else self.deadline_on,
            noticed_on=day if is_notice else self.noticed_on,
            thanked_on=day if kind is StepKind.THANK_YOU else self.thanked_on,
        )


def position_from(history: Iterable[LevelChange]) -> Position:
    """Read an item's position off its history, oldest change first."""
    reminder = notice = thanks = asking = None
    for change in history:
        if change.kind is StepKind.THANK_YOU:
            thanks = change
            continue
        asking = change
        if change.kind is StepKind.REMINDER:
            reminder = change
        else:
            notice = change
    return Position(
        level=reminder.level if reminder else 0,
        reached_on=reminder.reached_on if reminder else None,
        deadline_on=asking.deadline_on if asking else None,
        noticed_on=notice.reached_on if notice else None,
        thanked_on=thanks.reached_on if thanks else None,
    )
