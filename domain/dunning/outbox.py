"""Messages on their way to customers, and the moves their states may make."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.basics.errors import DunningError
from domain.basics.identifiers import (
    BatchId,
    CustomerId,
    DocumentId,
    EntityId,
    ItemId,
    MessageId,
)
from domain.basics.money import Money
from domain.dunning.letter_layout import BatchOrder
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.server_answers import About


class MessageState(StrEnum):
    """Where a message is on its way."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    """It may have left: only a person can tell what to do."""
    WITHDRAWN = "withdrawn"


NEXT_STATES = {
    MessageState.QUEUED: {
        MessageState.SENDING,
        MessageState.SENT,  # a letter, once confirmed printed
        MessageState.WITHDRAWN,
    },
    MessageState.SENDING: {
        MessageState.SENT,
        MessageState.QUEUED,
        MessageState.FAILED,
        MessageState.UNCERTAIN,
    },
    MessageState.FAILED: {MessageState.QUEUED, MessageState.WITHDRAWN},
    MessageState.UNCERTAIN: {
        MessageState.SENT,
        MessageState.QUEUED,
        MessageState.WITHDRAWN,
    },
    MessageState.SENT: set(),  # what a customer received cannot be taken back
    MessageState.WITHDRAWN: set(),
}

PENDING_STATES = (
    MessageState.QUEUED,
    MessageState.SENDING,
    MessageState.FAILED,
    MessageState.UNCERTAIN,
)
"""States in which the items of a message are not proposed again."""


class Pile(StrEnum):
    """What messages need, as « Envois » sorts them."""

    TO_CHECK = "to_check"
    """In doubt or refused, or e-mails no longer true: only a person can go on."""
    READY = "ready"
    """E-mails that leave now or wait to."""
    DONE = "done"
    """Sent or withdrawn, the latest first."""


class Delivery(StrEnum):
    """What came of one attempt to hand a message to the mail server."""

    ACCEPTED = "accepted"
    OFFLINE = "offline"
    """Nothing left: the server could not be reached."""
    LATER = "later"
    """Nothing left: the server asked to try again later."""
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """It may have left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """An attempt's outcome, with the server's own words."""

    outcome: Delivery
    answer: str = ""
    about: About = About.MESSAGE
    """Whom a refusal, or a « later », is about."""


class ReturnReason(StrEnum):
    """Why a registered letter came back, as the post ticks it on the envelope."""

    UNCLAIMED = "unclaimed"
    REFUSED = "refused"
    MOVED = "moved"
    """Unknown at the address."""
    ADDRESS = "address"
    """The address is not complete, or cannot be reached."""


class MessageMoveRefusedError(DunningError):
    """A message cannot go from its state to the one asked for."""

    message = "This message is already {current}: it cannot become {wanted}."


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMessage:
    """An e-mail or a letter, fixed when prepared, followed until it is done."""

    id: MessageId
    entity_id: EntityId
    customer_id: CustomerId
    state: MessageState
    channel: Channel
    kind: StepKind
    level: int
    scenario_id: str = ""
    dedupe: str
    """Customer, step and day: preparing twice makes one message."""
    subject: str
    body: str
    recipient: str
    """E-mail addresses, one a line, or the lines of the postal address."""
    copies: str = ""
    """E-mail addresses that receive a copy, one a line."""
    counts: bool = True
    """Once it has left, a step of the scenario is completed."""
    level_after: int | None = None
    """The level that a person puts its items at, once it has left."""
    despite: str = ""
    """Reasons against it that the person who wrote it knew, between spaces."""
    sender: str = ""
    """The address an e-mail leaves from."""
    message_header_id: str = ""
    """The Message-ID of an e-mail, the same at every attempt."""
    total: Money
    deadline_on: date | None = None
    prepared_on: date
    created_at: datetime
    changed_at: datetime
    is_released: bool = False
    """A person, or the command line, said « envoyer »: it may leave by itself."""
    by_itself: bool = False
    """An automatic step made it: it leaves only when nothing needs a person."""
    even_on: date | None = None
    """A day on which it leaves although none should: a person said so."""
    not_before: datetime | None = None
    """When it is tried again."""
    leave_at: datetime | None = None
    """When a person wants it to leave."""
    position: int = 0
    """Below 0 once a person put the waiting e-mails in order; the lowest first."""
    written_by_hand: bool = False
    """A person wrote it: what changes meanwhile is for that person to judge."""
    to_review: str = ""
    """What changed since it was written; it waits until a person looked again."""
    attempts: int = 0
    answer: str = ""
    """The mail server's last words, or why it was withdrawn."""
    document_id: DocumentId | None = None
    """The e-mail as bytes, or the letter's own PDF."""
    batch_id: BatchId | None = None
    is_registered: bool = False
    """A letter that the post hands over against a signature."""
    registered_number: str = ""
    """The post's own number for it, once typed or scanned."""
    posted_on: date | None = None
    """The day a registered letter was handed to the post."""
    received_on: date | None = None
    """The day its acknowledgement bears."""
    returned_on: date | None = None
    return_reason: ReturnReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxItem:
    """An item in a message, with what was left to pay when it was prepared."""

    message_id: MessageId
    item_id: ItemId
    left: Money
    level: int | None = None
    """The level it reaches, in a message written by hand; a message where no item
    has one gives them all its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCount:
    """How many e-mails are ready to leave, and how."""

    leaving: int
    """Those that « envoyer » lets leave: not what has a time of its own."""
    released: int
    """Those let go, which wait for their turn, their time or a network."""


class BatchState(StrEnum):
    """Where a batch of letters is."""

    PREPARED = "prepared"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Letters made into one PDF, waiting for « imprimé »."""

    id: BatchId
    entity_id: EntityId
    state: BatchState
    created_at: datetime
    letter_count: int
    page_count: int
    """Blank backs included, without the cover sheet."""
    confirmed_on: date | None = None
    sorted_by: BatchOrder = BatchOrder.POSTCODE


def move(current: MessageState, wanted: MessageState) -> MessageState:
    """Accept the move, or refuse it."""
    if wanted not in NEXT_STATES[current]:
        raise MessageMoveRefusedError(current=current, wanted=wanted)
    return wanted
