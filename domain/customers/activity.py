"""The dated history of what was done about a customer; only ever added to."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.basics.identifiers import (
    ActivityId,
    CustomerId,
    DocumentId,
    EntityId,
    ItemId,
)
from domain.basics.money import Money


class ActivityKind(StrEnum):
    """What happened."""

    ADVANCE_NOTICE = "advance_notice"
    REMINDER = "reminder"
    THANK_YOU = "thank_you"
    PAST_REMINDER = "past_reminder"
    """Taken over from another tool."""
    HOLD_PLACED = "hold_placed"
    HOLD_LIFTED = "hold_lifted"
    DISPUTE_OPENED = "dispute_opened"
    DISPUTE_CLOSED = "dispute_closed"
    PROMISE_MADE = "promise_made"
    PROMISE_CANCELLED = "promise_cancelled"
    LEVEL_CHANGED = "level_changed"
    NOTE = "note"


CONTACT_KINDS = (
    ActivityKind.ADVANCE_NOTICE,
    ActivityKind.REMINDER,
    ActivityKind.THANK_YOU,
    ActivityKind.PAST_REMINDER,
)
"""Kinds by which the customer was reached; they count for the minimum gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One dated fact; a message is kept word for word, as it left."""

    id: ActivityId
    entity_id: EntityId
    customer_id: CustomerId
    kind: ActivityKind
    happened_on: date
    recorded_at: datetime
    level: int = 0
    channel: str = ""
    subject: str = ""
    body: str = ""
    """Plain text, as the customer received it."""
    recipients: str = ""
    sender: str = ""
    """The address an e-mail left from."""
    amount: Money = Money(0)
    document_id: DocumentId | None = None
    """The letter's PDF or the e-mail as sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityItem:
    """An item named by an activity, with what was left to pay then."""

    activity_id: ActivityId
    item_id: ItemId
    left: Money
