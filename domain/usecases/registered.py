"""Registered letters followed until they are signed for, or come back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.basics.identifiers import (
    ActivityId,
    CustomerId,
    DocumentId,
    EntityId,
    MessageId,
    new_id,
)
from domain.customers.activity import POSTAL_KINDS, Activity, ActivityItem
from domain.customers.customer import Customer
from domain.dunning.outbox import OutboxMessage
from domain.dunning.posting import name_in_history
from domain.dunning.registered import (
    NEWS_KINDS,
    PostalNews,
    check_news,
    told_by,
    with_news,
)
from domain.ports import Books


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredRow:
    """A registered letter and whom it is for."""

    message: OutboxMessage
    customer: Customer

    @property
    def is_awaited(self) -> bool:
        """Whether nobody knows yet what became of it."""
        return not (self.message.received_on or self.message.returned_on)


def show_registered(
    books: Books, entity_id: EntityId, among: Collection[MessageId] = ()
) -> list[RegisteredRow]:
    """List registered letters, those still awaited first, then the latest first.

    ``among`` keeps some of them; without any name, all are listed.
    """
    rows = [
        RegisteredRow(message=one, customer=books.customers.get(one.customer_id))
        for one in books.outbox.registered(entity_id)
        if not among or one.id in among
    ]
    return sorted(rows, key=lambda row: not row.is_awaited)


def returned_letters(
    books: Books, entity_id: EntityId, customer_id: CustomerId
) -> list[OutboxMessage]:
    """List the registered letters that came back, about items that are unpaid."""
    found = []
    for letter in books.outbox.registered(entity_id, customer_id):
        if letter.returned_on:
            named = books.outbox.items_of(letter.id)
            items = books.ledger.get_items(line.item_id for line in named)
            if any(item.left.cents > 0 for item in items):
                found.append(letter)
    return found


def registered_letter(
    books: Books, entity_id: EntityId, document_id: DocumentId | None
) -> OutboxMessage | None:
    """Find the registered letter that a line of the history tells of."""
    letters = books.outbox.registered(entity_id) if document_id else ()
    return next((one for one in letters if one.document_id == document_id), None)


def note_news(
    books: Books,
    message_ids: Sequence[MessageId],
    news: PostalNews,
    today: date,
    now: datetime,
) -> tuple[ActivityId, ...]:
    """Note the same about letters; all of them, or none.

    Returns the lines of history, to be taken back.

    Raises:
        DunningError: see ``check_news``.
    """
    noted = []
    with books.atomic():
        for message_id in message_ids:
            message = books.outbox.get(message_id)
            check_news(message, news, today)
            books.outbox.save(with_news(message, news))
            noted.append(_trace(books, message, news, now))
    return tuple(noted)


def take_back_news(books: Books, activity_ids: Collection[ActivityId]) -> None:
    """Take back what was noted: what had been noted before holds again."""
    with books.atomic():
        for activity_id in activity_ids:
            books.activities.undo(activity_id)
            told = books.activities.get(activity_id)
            letter = registered_letter(books, told.entity_id, told.document_id)
            if letter:
                undone = books.activities.undone(told.customer_id)
                history = [
                    one
                    for one in reversed(books.activities.of(told.customer_id))
                    if one.kind in POSTAL_KINDS
                    and one.document_id == told.document_id
                    and one.id not in undone
                ]
                history.sort(key=lambda one: one.recorded_at)
                books.outbox.save(told_by(letter, history))


def _trace(
    books: Books, message: OutboxMessage, news: PostalNews, now: datetime
) -> ActivityId:
    activity_id = ActivityId(new_id())
    books.activities.record(
        Activity(
            id=activity_id,
            entity_id=message.entity_id,
            customer_id=message.customer_id,
            kind=NEWS_KINDS[news.event],
            happened_on=news.on,
            recorded_at=now,
            level=message.level,
            channel=message.channel,
            subject=name_in_history(message),
            body=news.reason or "",
            document_id=message.document_id,
        ),
        [
            ActivityItem(activity_id=activity_id, item_id=line.item_id, left=line.left)
            for line in books.outbox.items_of(message.id)
        ],
    )
    return activity_id
