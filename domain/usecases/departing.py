"""What a round of sending takes along: the list of a dry run and of the real one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.basics.identifiers import EntityId, MessageId
from domain.dunning.outbox import MessageState, OutboxItem, OutboxMessage
from domain.ports import Books
from domain.usecases.composing import Composed
from domain.usecases.delivering import emails_in, is_free
from domain.usecases.preparing import outbox_lines, outbox_message
from domain.usecases.withdrawing import why_outdated


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """An e-mail that leaves, or would."""

    customer_code: str
    message: OutboxMessage
    lines: tuple[OutboxItem, ...]


def would_depart(
    books: Books,
    entity_id: EntityId,
    composed: Sequence[Composed],
    today: date,
    now: datetime,
    limit: int | None = None,
) -> list[Departure]:
    """List what a round would send: what waits and still holds, then what is new."""
    found = [
        Departure(
            customer_code=one.customer.code,
            message=outbox_message(one, today, now),
            lines=tuple(outbox_lines(one)),
        )
        for one in composed
    ]
    waiting = [
        message
        for message in emails_in(books, entity_id, MessageState.QUEUED)
        if message.document_id
        and is_free(message, now)
        and not why_outdated(books, message, today)
    ]
    found = [*(_departure(books, message) for message in waiting), *found]
    return sorted(found, key=_turn)[:limit]


def _turn(one: Departure) -> tuple[int, datetime]:
    return one.message.position, one.message.created_at


def departed(books: Books, message_ids: Iterable[MessageId]) -> list[Departure]:
    """List what a round sent, in order."""
    return [_departure(books, books.outbox.get(one)) for one in message_ids]


def _departure(books: Books, message: OutboxMessage) -> Departure:
    return Departure(
        customer_code=books.customers.get(message.customer_id).code,
        message=message,
        lines=tuple(books.outbox.items_of(message.id)),
    )
