"""Messages as « Activités » lists them: on their way, or received."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.basics.identifiers import ActivityId, CustomerId, MessageId
from domain.basics.money import Money
from domain.customers.activity import ActivityKind


class SendingState(StrEnum):
    """Where a message is, as the list tells it."""

    CREATED = "created"
    """Prepared: it waits to leave, or to be confirmed printed."""
    TO_CHECK = "to_check"
    """Refused, or in doubt: a person must look in « Envois »."""
    SENT = "sent"
    READ = "read"
    """Its reader let us know, or wrote back: nothing is hidden in a message."""
    RETURNED = "returned"
    """It could not be delivered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingLine:
    """A message in the list: in the outbox still, or in the history."""

    activity_id: ActivityId | None
    message_id: MessageId | None
    """Of a message that has not left."""
    customer_id: CustomerId
    code: str
    name: str
    state: SendingState
    kind: ActivityKind
    level: int
    channel: str
    created_at: datetime | None
    """None where only its day of sending is known."""
    sent_on: date | None
    sent_at: datetime | None
    """None for what another tool sent: only the day is known."""
    recipient: str
    sender: str
    """The address it left from; empty for letters and what was taken over."""
    amount: Money
