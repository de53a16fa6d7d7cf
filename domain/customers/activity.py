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
    CALL = "call"
    """A call made by a person; it may count as a reminder."""
    CALL_CANCELLED = "call_cancelled"
    CALL_UNANSWERED = "call_unanswered"
    WRONG_NUMBER = "wrong_number"
    CALL_PUT_OFF = "call_put_off"
    """To be called again on a day that was agreed, kept as its words."""
    OTHER_CONTACT = "other_contact"
    """A visit, a message left: reached by another means; it may count too."""
    OTHER_CONTACT_CANCELLED = "other_contact_cancelled"
    HOLD_PLACED = "hold_placed"
    HOLD_CHANGED = "hold_changed"
    HOLD_LIFTED = "hold_lifted"
    DISPUTE_OPENED = "dispute_opened"
    DISPUTE_CHANGED = "dispute_changed"
    DISPUTE_CLOSED = "dispute_closed"
    PROMISE_MADE = "promise_made"
    PROMISE_CHANGED = "promise_changed"
    PROMISE_CANCELLED = "promise_cancelled"
    LEVEL_CHANGED = "level_changed"
    LEVEL_RESTORED = "level_restored"
    """A change of level by hand was taken back."""
    REPOSITIONED = "repositioned"
    REPOSITIONING_CANCELLED = "repositioning_cancelled"
    EXCLUDED = "excluded"
    INCLUDED = "included"
    PROFILE_CHANGED = "profile_changed"
    NOTE = "note"
    NOTE_CHANGED = "note_changed"
    NOTE_REMOVED = "note_removed"
    EMAIL_RETURNED = "email_returned"
    """It could not be delivered: a mail server refused it for good."""
    EMAIL_DELAYED = "email_delayed"
    EMAIL_READ = "email_read"
    """Its reader let us know."""
    AUTOMATIC_REPLY = "automatic_reply"
    REPLY = "reply"
    """The customer wrote back."""
    REGISTERED_POSTED = "registered_posted"
    REGISTERED_RECEIVED = "registered_received"
    """The acknowledgement of a registered letter was signed."""
    REGISTERED_RETURNED = "registered_returned"
    """A registered letter came back, for the reason kept as its words."""


CONTACT_KINDS = (
    ActivityKind.ADVANCE_NOTICE,
    ActivityKind.REMINDER,
    ActivityKind.THANK_YOU,
    ActivityKind.PAST_REMINDER,
    ActivityKind.CALL,
    ActivityKind.OTHER_CONTACT,
)
"""Kinds by which the customer was reached; they count for the minimum gap."""
ATTEMPT_KINDS = (
    ActivityKind.CALL_UNANSWERED,
    ActivityKind.WRONG_NUMBER,
    ActivityKind.CALL_PUT_OFF,
)
"""Calls in which nothing was said of what is owed: they count for nothing."""
RECEIVED_KINDS = (
    ActivityKind.EMAIL_RETURNED,
    ActivityKind.EMAIL_DELAYED,
    ActivityKind.AUTOMATIC_REPLY,
    ActivityKind.REPLY,
)
"""E-mails that came back, kept word for word."""
POSTAL_KINDS = (
    ActivityKind.REGISTERED_POSTED,
    ActivityKind.REGISTERED_RECEIVED,
    ActivityKind.REGISTERED_RETURNED,
)
"""What the post did with a registered letter: no contact of its own."""


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
    copies: str = ""
    """The addresses that received a copy, one a line."""
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
