"""What was agreed or objected: stops, disputes, promises, dates expected, notes.

Each is a fact with a beginning and an end, never a flag, so that the history
explains every past decision.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.basics.identifiers import CustomerId, EntityId, ItemId
from domain.basics.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Dunning stopped (« STOP ») for a customer, or one of its items."""

    id: str
    entity_id: EntityId
    customer_id: CustomerId
    item_id: ItemId | None = None
    reason: str = ""
    starts_on: date
    ends_on: date | None = None
    """The last day it holds; None holds until lifted."""
    lifted_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether dunning is stopped on that day."""
        if day < self.starts_on or (self.lifted_on and day >= self.lifted_on):
            return False
        return self.ends_on is None or day <= self.ends_on

    @property
    def resumes_on(self) -> date | None:
        """The first day after it, where known."""
        return self.ends_on + timedelta(days=1) if self.ends_on else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A customer taken off the send list, until a person puts it back."""

    customer_id: CustomerId
    entity_id: EntityId
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A customer contests (« litige ») an item, or the whole account."""

    id: str
    entity_id: EntityId
    customer_id: CustomerId
    item_id: ItemId | None = None
    reason: str = ""
    opened_on: date
    closed_on: date | None = None

    def is_open_on(self, day: date) -> bool:
        """Whether it is still unresolved on that day."""
        return self.opened_on <= day and not (self.closed_on and day >= self.closed_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A customer promised an amount for a day; several make instalments."""

    id: str
    entity_id: EntityId
    customer_id: CustomerId
    item_id: ItemId | None = None
    amount: Money
    promised_for: date
    made_on: date
    cancelled_on: date | None = None

    def is_to_come(self, today: date) -> bool:
        """Whether it can still be kept; its own day included."""
        return self.cancelled_on is None and self.promised_for >= today

    def is_past(self, today: date) -> bool:
        """Whether its day went by while it stood."""
        return self.cancelled_on is None and self.promised_for < today


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something worth remembering about a customer or an item."""

    id: str
    entity_id: EntityId
    customer_id: CustomerId
    item_id: ItemId | None = None
    text: str
    written_at: datetime
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedDate:
    """The day an item is now expected to be paid (« repositionner »).

    It moves forecasts only: the due date, and the reminders, stay as they are.
    """

    id: str
    entity_id: EntityId
    customer_id: CustomerId
    item_id: ItemId
    expected_on: date
    reason: str = ""
    set_on: date
    cancelled_on: date | None = None
