"""What waits to leave, what left, what needs a person: the « Envois » screen."""

from dataclasses import dataclass

from domain.basics.identifiers import CustomerId, EntityId, MessageId
from domain.basics.text import natural_key
from domain.customers.customer import Customer
from domain.dunning.incoming import IncomingKind
from domain.dunning.outbox import Batch, BatchState, MessageState, OutboxMessage
from domain.dunning.scenario import Channel
from domain.dunning.throttle import Attempt
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.delivering import can_send

_SENT_SHOWN = 200
_POSTED_SHOWN = 10
_READ = (IncomingKind.RECEIPT, IncomingKind.HUMAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """A message and whom it is for."""

    message: OutboxMessage
    customer: Customer
    is_returned: bool = False
    """It could not be delivered."""
    is_read: bool = False
    """Its reader let us know, or wrote back; a letter was signed for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """A batch of letters, and how many of them count."""

    batch: Batch
    letters: int
    """Those that wait, or once confirmed, that were sent."""
    is_registered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxView:
    """The messages of a firm, by what they need."""

    to_check: tuple[OutboxRow, ...]
    """In doubt or refused, or no longer true: only a person can go on."""
    has_account: bool
    """Whether a mail account is set; in a demonstration none is needed."""
    ready: tuple[OutboxRow, ...]
    """E-mails that wait to leave."""
    batches: tuple[BatchRow, ...]
    """Letters to be confirmed printed."""
    posted: tuple[BatchRow, ...]
    """Batches confirmed lately, newest first, to be printed again."""
    done: tuple[OutboxRow, ...]
    """Sent or withdrawn lately, newest first."""
    has_registered: bool
    """Whether registered letters were posted: they are followed."""

    @property
    def leaving(self) -> tuple[OutboxRow, ...]:
        """Those that « envoyer » lets leave: not what has a time of its own."""
        return tuple(row for row in self.ready if row.message.leave_at is None)

    @property
    def released(self) -> int:
        """How many were let go and wait for their turn, their time or a network."""
        return sum(row.message.is_released for row in self.ready)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever prepared."""
        return not (self.to_check or self.ready or self.batches or self.done)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """A message as it was prepared, word for word."""

    message: OutboxMessage
    customer: Customer
    items: tuple[OpenItem, ...]
    document: bytes | None
    attempts: tuple[Attempt, ...]
    """Each time it was handed to a mail server, the first one first."""


def show_outbox(books: Books, entity_id: EntityId) -> OutboxView:
    """Sort the firm's messages by what they need."""
    customers = {c.id: c for c in books.customers.all(entity_id)}
    by_email = [
        row
        for row in _rows(books, entity_id, customers, MessageState.QUEUED)
        if row.message.channel is Channel.EMAIL
    ]
    sending = _rows(books, entity_id, customers, MessageState.SENDING)
    done = _rows(books, entity_id, customers, MessageState.SENT, MessageState.WITHDRAWN)
    done.sort(key=lambda row: row.message.changed_at, reverse=True)
    batches = books.outbox.batches(entity_id)
    return OutboxView(
        to_check=(
            *_rows(
                books,
                entity_id,
                customers,
                MessageState.UNCERTAIN,
                MessageState.FAILED,
            ),
            *(row for row in by_email if row.message.to_review),
        ),
        has_account=can_send(books, entity_id),
        ready=(*sending, *(row for row in by_email if not row.message.to_review)),
        batches=tuple(
            _batch_row(books, batch, MessageState.QUEUED)
            for batch in batches
            if batch.state is BatchState.PREPARED
        ),
        posted=tuple(
            _batch_row(books, batch, MessageState.SENT)
            for batch in [b for b in batches if b.state is BatchState.CONFIRMED][
                :_POSTED_SHOWN
            ]
        ),
        done=tuple(done[:_SENT_SHOWN]),
        has_registered=any(_is_followed(row.message) for row in done),
    )


def _is_followed(message: OutboxMessage) -> bool:
    return message.is_registered and message.state is MessageState.SENT


def all_messages(books: Books, entity_id: EntityId) -> list[OutboxRow]:
    """List every message ever prepared, letters too, the newest first."""
    customers = {c.id: c for c in books.customers.all(entity_id)}
    found = _rows(books, entity_id, customers, *MessageState)
    return sorted(found, key=lambda row: row.message.changed_at, reverse=True)


def _rows(
    books: Books,
    entity_id: EntityId,
    customers: dict[CustomerId, Customer],
    *states: MessageState,
) -> list[OutboxRow]:
    came = books.incoming.all(entity_id)
    returned = {one.outbox_id for one in came if one.is_final}
    read = {one.outbox_id for one in came if one.kind in _READ}
    return [
        OutboxRow(
            message=message,
            customer=customers[message.customer_id],
            is_returned=message.id in returned or message.returned_on is not None,
            is_read=message.id in read or message.received_on is not None,
        )
        for message in books.outbox.all(entity_id, states)
    ]


def _batch_row(books: Books, batch: Batch, state: MessageState) -> BatchRow:
    letters = [m for m in books.outbox.of_batch(batch.id) if m.state is state]
    return BatchRow(
        batch=batch,
        letters=len(letters),
        is_registered=any(letter.is_registered for letter in letters),
    )


def show_message(books: Books, message_id: MessageId) -> MessageView:
    """Show a message as prepared, with its file."""
    message = books.outbox.get(message_id)
    lines = books.outbox.items_of(message_id)
    items = books.ledger.get_items(line.item_id for line in lines)
    return MessageView(
        message=message,
        customer=books.customers.get(message.customer_id),
        items=tuple(sorted(items, key=lambda i: natural_key(i.reference))),
        document=books.outbox.document(message.document_id)
        if message.document_id
        else None,
        attempts=tuple(books.outbox.attempts_of(message_id)),
    )
