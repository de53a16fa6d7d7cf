"""What waits to leave, what left, what needs a person: the « Envois » screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.basics.identifiers import EntityId, MessageId
from domain.basics.text import natural_key
from domain.customers.customer import Customer
from domain.dunning.incoming import IncomingKind
from domain.dunning.outbox import (
    Batch,
    BatchState,
    MessageState,
    OutboxMessage,
    Pile,
)
from domain.dunning.throttle import Attempt
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.account_refusals import AccountRefusal, refusal_of
from domain.usecases.delivering import can_send

PAGE = 50
"""Messages on a page of « Envois »."""
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
class OutboxPart:
    """One page of the messages that need the same."""

    rows: tuple[OutboxRow, ...]
    count: int
    """On all pages."""
    offset: int
    """How many come before this page."""
    size: int
    """How many a page holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxView:
    """The messages of a firm, by what they need, a page of each."""

    to_check: OutboxPart
    """In doubt or refused, or no longer true: only a person can go on."""
    has_account: bool
    """Whether a mail account is set; in a demonstration none is needed."""
    refusal: AccountRefusal | None
    """The mail account was refused, and nobody has put it right yet."""
    ready: OutboxPart
    """E-mails that wait to leave."""
    leaving: int
    """Those that « envoyer » lets leave: not what has a time of its own."""
    released: int
    """How many were let go and wait for their turn, their time or a network."""
    batches: tuple[BatchRow, ...]
    """Letters to be confirmed printed."""
    posted: tuple[BatchRow, ...]
    """Batches confirmed lately, newest first, to be printed again."""
    done: OutboxPart
    """Sent or withdrawn, newest first."""
    has_registered: bool
    """Whether registered letters were posted: they are followed."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever prepared."""
        counts = (self.to_check.count, self.ready.count, self.done.count)
        return not (any(counts) or self.batches)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """A message as it was prepared, word for word."""

    message: OutboxMessage
    customer: Customer
    items: tuple[OpenItem, ...]
    document: bytes | None
    attempts: tuple[Attempt, ...]
    """Each time it was handed to a mail server, the first one first."""


def show_outbox(
    books: Books,
    entity_id: EntityId,
    offsets: Mapping[Pile, int] | None = None,
    size: int = PAGE,
) -> OutboxView:
    """Show a page of each pile of the firm's messages, the first one if not said."""
    offsets = offsets or {}
    batches = books.outbox.batches(entity_id)
    confirmed = [b for b in batches if b.state is BatchState.CONFIRMED]
    waiting = books.outbox.waiting(entity_id)

    def part(pile: Pile) -> OutboxPart:
        return _part(books, entity_id, pile, offsets.get(pile, 0), size)

    return OutboxView(
        to_check=part(Pile.TO_CHECK),
        has_account=can_send(books, entity_id),
        refusal=refusal_of(books, entity_id),
        ready=part(Pile.READY),
        leaving=waiting.leaving,
        released=waiting.released,
        batches=tuple(
            _batch_row(books, batch, MessageState.QUEUED)
            for batch in batches
            if batch.state is BatchState.PREPARED
        ),
        posted=tuple(
            _batch_row(books, batch, MessageState.SENT)
            for batch in confirmed[:_POSTED_SHOWN]
        ),
        done=part(Pile.DONE),
        has_registered=bool(books.outbox.registered(entity_id)),
    )


def _part(
    books: Books, entity_id: EntityId, pile: Pile, offset: int, size: int
) -> OutboxPart:
    """Read a page; the last one, where the pile became shorter meanwhile."""
    count = books.outbox.count_in(entity_id, pile)
    offset = max(0, min(offset, (count - 1) // size * size))
    messages = books.outbox.pile(entity_id, pile, offset, size)
    return OutboxPart(
        rows=_rows(books, entity_id, messages), count=count, offset=offset, size=size
    )


def all_messages(books: Books, entity_id: EntityId) -> list[OutboxRow]:
    """List every message ever prepared, letters too, the newest first."""
    messages = books.outbox.all(entity_id, list(MessageState))
    messages.sort(key=lambda message: message.changed_at, reverse=True)
    return list(_rows(books, entity_id, messages))


def _rows(
    books: Books, entity_id: EntityId, messages: Sequence[OutboxMessage]
) -> tuple[OutboxRow, ...]:
    ids = {message.customer_id for message in messages}
    customers = {one: books.customers.get(one) for one in ids}
    came = books.incoming.all(entity_id) if messages else []
    returned = {one.outbox_id for one in came if one.is_final}
    read = {one.outbox_id for one in came if one.kind in _READ}
    return tuple(
        OutboxRow(
            message=message,
            customer=customers[message.customer_id],
            is_returned=message.id in returned or message.returned_on is not None,
            is_read=message.id in read or message.received_on is not None,
        )
        for message in messages
    )


def _batch_row(books: Books, batch: Batch, state: MessageState) -> BatchRow:
    letters, is_registered = books.outbox.letters_in(batch.id, state)
    return BatchRow(batch=batch, letters=letters, is_registered=is_registered)


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
