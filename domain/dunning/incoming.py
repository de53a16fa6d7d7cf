"""What customers' servers and customers themselves answer to e-mails."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.basics.identifiers import ActivityId, CustomerId, EntityId, MessageId


class IncomingKind(StrEnum):
    """What a received message is."""

    PERMANENT_BOUNCE = "permanent_bounce"
    """It could not be delivered, and will not be at this address."""
    TEMPORARY_BOUNCE = "temporary_bounce"
    """It could not be delivered for now."""
    OTHER_REPORT = "other_report"
    """A server's report of something else: delivered, passed on, a complaint."""
    RECEIPT = "receipt"
    """It was displayed to its reader, who let us know (RFC 8098)."""
    AUTO_REPLY = "auto_reply"
    """A program answered, most often for somebody who is away (RFC 3834)."""
    BULK = "bulk"
    """Sent to many, such as a newsletter: nobody answers anything with it."""
    HUMAN = "human"


BOUNCES = (
    IncomingKind.PERMANENT_BOUNCE,
    IncomingKind.TEMPORARY_BOUNCE,
    IncomingKind.OTHER_REPORT,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedMail:
    """A message of the mailbox, taken apart; nothing in it can be trusted."""

    uid: int = 0
    message_id: str = ""
    """Without angle brackets, as the three that follow."""
    answers: tuple[str, ...] = ()
    """The messages that it says it answers: In-Reply-To, then References."""
    encloses: tuple[str, ...] = ()
    """The messages that it carries or quotes in full, as reports do."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """By lower-case name; the first of each."""
    sender: str = ""
    subject: str = ""
    received_at: datetime | None = None
    text: str = ""
    report: str = ""
    """The kind of report that its type announces: « delivery-status » …"""
    fields: tuple[Mapping[str, str], ...] = ()
    """The groups of fields of the report, by lower-case name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a received message says, once classified."""

    kind: IncomingKind
    is_final: bool = False
    """Its server gave up: the e-mail was not delivered."""
    failed: tuple[str, ...] = ()
    """The addresses that it could not be delivered to."""
    says: str = ""
    """The server's own words, on one line."""
    back_on: date | None = None
    """When the absent person is back, where the answer says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Something that came back from a customer, kept word for word."""

    id: str
    """Of the firm and the message: the same one read twice is one."""
    entity_id: EntityId
    customer_id: CustomerId
    outbox_id: MessageId | None = None
    """The message that it is about; None where only its address was known."""
    activity_id: ActivityId
    kind: IncomingKind
    is_final: bool = False
    sender: str = ""
    subject: str = ""
    body: str = ""
    failed_address: str = ""
    says: str = ""
    back_on: date | None = None
    received_at: datetime
    recorded_at: datetime
    hold_id: str = ""
    """The stop that it placed, lifted once it has been looked at."""
    settled_at: datetime | None = None
    """When a person looked at it, or None as long as one should."""
