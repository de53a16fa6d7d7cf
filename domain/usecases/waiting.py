"""What a person does with e-mails that wait: order, review, send another way."""

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId, MessageId
from domain.dunning.exclusions import standing_exclusions
from domain.dunning.journal import What
from domain.dunning.outbox import MessageState, OutboxMessage
from domain.dunning.position import LevelCause
from domain.ports import Books
from domain.usecases.completing import complete
from domain.usecases.delivering import emails_in
from domain.usecases.withdrawing import WhyWithdrawn, situation_of, withdraw


class Place(StrEnum):
    """Where a waiting e-mail goes among the others."""

    FIRST = "first"
    EARLIER = "earlier"
    LATER = "later"
    LAST = "last"


class NotWaitingError(DunningError):
    """It left meanwhile, or was withdrawn."""

    message = "This e-mail does not wait any more."


def put(books: Books, entity_id: EntityId, message_id: MessageId, place: Place) -> None:
    """Let a waiting e-mail leave before or after others."""
    with books.atomic():
        ids = [m.id for m in emails_in(books, entity_id, MessageState.QUEUED)]
        if message_id not in ids:
            raise NotWaitingError
        was = ids.index(message_id)
        ids.remove(message_id)
        to = {
            Place.FIRST: 0,
            Place.EARLIER: max(0, was - 1),
            Place.LATER: was + 1,
            Place.LAST: len(ids),
        }[place]
        ids.insert(to, message_id)
        books.outbox.put_in_order(ids)


def send_as_is(books: Books, message_id: MessageId, today: date, now: datetime) -> None:
    """Let a person keep the words of a message although something changed.

    What is left of its items now, and what stands against it now, are known to that
    person from here on; what changes later brings it back again.
    """
    with books.atomic():
        message = _waiting(books, message_id)
        lines = books.outbox.items_of(message_id)
        items = {i.id: i for i in books.ledger.get_items(n.item_id for n in lines)}
        books.outbox.save_items(
            replace(line, left=items[line.item_id].left)
            for line in lines
            if line.item_id in items
        )
        situation = situation_of(books, message)
        options = books.entities.options(message.entity_id)
        reasons = {
            exclusion.reason.value
            for item in items.values()
            for exclusion in standing_exclusions(item, situation, options, today)
        }
        despite = " ".join(sorted({*message.despite.split(), *reasons}))
        books.outbox.save(
            replace(message, to_review="", despite=despite, changed_at=now)
        )


def sent_elsewhere(
    books: Books, message_id: MessageId, today: date, now: datetime
) -> None:
    """Count an e-mail as sent: a person sent it from another program, and says so."""
    with books.atomic():
        message = _waiting(books, message_id)
        done = replace(message, changed_at=now)
        complete(books, done, LevelCause.SENT, today, now, proof=What.DECLARED)


def rewritten(
    books: Books, old_id: MessageId, new_id: MessageId, now: datetime
) -> None:
    """Put what a person wrote again in the place of what it replaces."""
    with books.atomic():
        old = books.outbox.get(old_id)
        new = books.outbox.get(new_id)
        if old.state is MessageState.QUEUED:
            books.outbox.save(replace(new, position=old.position))
            withdraw(books, old, WhyWithdrawn.REWRITTEN, now)


def _waiting(books: Books, message_id: MessageId) -> OutboxMessage:
    message = books.outbox.get(message_id)
    if message.state is not MessageState.QUEUED:
        raise NotWaitingError
    return message
