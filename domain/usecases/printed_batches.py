"""Batches of letters: confirmed once a person saw them on paper, or dropped."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from domain.basics.errors import DunningError
from domain.basics.identifiers import BatchId, MessageId, new_id
from domain.dunning.journal import What
from domain.dunning.outbox import Batch, BatchState, MessageState, OutboxMessage
from domain.dunning.position import LevelCause
from domain.dunning.registered import PostalEvent, PostalNews
from domain.ports import Books
from domain.usecases.completing import complete
from domain.usecases.registered import note_news
from domain.usecases.withdrawing import WhyWithdrawn, withdraw


class BatchNotWaitingError(DunningError):
    """The batch was confirmed or cancelled already."""

    message = "This batch is not waiting for confirmation any more."


def confirm_printed(
    books: Books,
    batch_id: BatchId,
    today: date,
    now: datetime,
    *,
    spoilt: Collection[MessageId] = (),
    posted_on: date | None = None,
) -> int:
    """Count the letters of a batch as sent: a person saw them on paper.

    ``spoilt`` letters jammed: they wait in a batch of their own to be printed again.
    ``posted_on`` is the day registered letters were handed to the post, if known.
    """
    with books.atomic():
        batch = _waiting_batch(books, batch_id)
        waiting = [
            letter
            for letter in books.outbox.of_batch(batch_id)
            if letter.state is MessageState.QUEUED
        ]
        letters = [letter for letter in waiting if letter.id not in spoilt]
        if waiting and not letters:
            return 0
        for letter in letters:
            complete(
                books,
                replace(letter, changed_at=now),
                LevelCause.PRINTED,
                today,
                now,
                proof=What.PRINTED,
            )
        if posted_on:
            posted = PostalNews(event=PostalEvent.POSTED, on=posted_on)
            note_news(books, [letter.id for letter in letters], posted, today, now)
        again = [letter for letter in waiting if letter.id in spoilt]
        if again:
            _set_apart(books, batch, again)
        books.outbox.save_batch(
            replace(
                batch,
                state=BatchState.CONFIRMED,
                confirmed_on=today,
                letter_count=batch.letter_count - len(again),
            )
        )
    return len(letters)


def _set_apart(books: Books, batch: Batch, letters: Sequence[OutboxMessage]) -> None:
    """Put letters to be printed again in a batch of their own."""
    apart = replace(
        batch, id=BatchId(new_id()), letter_count=len(letters), page_count=0
    )
    books.outbox.save_batch(apart)
    for letter in letters:
        books.outbox.save(replace(letter, batch_id=apart.id))


def cancel_batch(books: Books, batch_id: BatchId, now: datetime) -> None:
    """Drop a batch that was not posted; its items will be proposed again."""
    with books.atomic():
        batch = _waiting_batch(books, batch_id)
        for letter in books.outbox.of_batch(batch_id):
            if letter.state is MessageState.QUEUED:
                withdraw(books, letter, WhyWithdrawn.BY_HAND, now)
        books.outbox.save_batch(replace(batch, state=BatchState.CANCELLED))


def _waiting_batch(books: Books, batch_id: BatchId) -> Batch:
    batch = books.outbox.get_batch(batch_id)
    if batch.state is not BatchState.PREPARED:
        raise BatchNotWaitingError
    return batch
