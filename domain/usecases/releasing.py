"""Let waiting e-mails leave, or keep them back."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from domain.basics.identifiers import EntityId, MessageId
from domain.dunning.outbox import MessageState
from domain.ports import Books
from domain.usecases.delivering import check_can_send, emails_in


def release(
    books: Books,
    entity_id: EntityId,
    message_ids: Collection[MessageId] | None = None,
    *,
    even_on: date | None = None,
    by_itself: bool = False,
    leave_at: datetime | None = None,
) -> int:
    """Let waiting e-mails leave, all or some; returns how many could not before.

    On a quiet day they leave the next day that is not, unless a person wants them
    to leave ``even_on`` that day. ``by_itself``: no person said so, and what leaves
    by itself waits whenever one is needed. ``leave_at``: not before that time. What
    is to be reviewed waits in any case.
    """
    check_can_send(books, entity_id)
    with books.atomic():
        released = [
            message
            for message in emails_in(books, entity_id, MessageState.QUEUED)
            if (message_ids is None or message.id in message_ids)
            and not message.to_review
            # What has its own time leaves then, unless it is named.
            and not (message_ids is None and message.leave_at)
            and not (
                message.is_released
                and message.not_before is None
                and message.leave_at == leave_at
                and even_on in {None, message.even_on}
                and message.by_itself == by_itself
            )
        ]
        for message in released:
            books.outbox.save(
                replace(
                    message,
                    is_released=True,
                    not_before=None,
                    even_on=even_on,
                    by_itself=by_itself,
                    leave_at=leave_at,
                )
            )
    return len(released)
