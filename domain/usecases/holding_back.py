"""Keep waiting e-mails back: a person said stop, or the server refused the sender."""

from dataclasses import replace
from datetime import timedelta

from domain.basics.identifiers import EntityId
from domain.dunning.outbox import (
    Delivery,
    DeliveryReport,
    MessageState,
    OutboxMessage,
    move,
)
from domain.dunning.scenario import Channel
from domain.dunning.server_answers import About, says_the_same
from domain.dunning.throttle import Attempt
from domain.ports import Books

# A server seldom says that it has blocked an account: it refuses every message alike.
_ALIKE = 3
_RECENTLY = timedelta(hours=1)


def hold_back(books: Books, entity_id: EntityId) -> int:
    """Stop the sending: what has not left waits until somebody says so again.

    The message on its way goes through; if it comes back, it waits too.
    """
    states = [MessageState.QUEUED, MessageState.SENDING]
    with books.atomic():
        held = [
            message
            for message in books.outbox.all(entity_id, states)
            if message.is_released and message.channel is Channel.EMAIL
        ]
        for message in held:
            books.outbox.save(
                replace(message, is_released=False, not_before=None, leave_at=None)
            )
    return sum(message.state is MessageState.QUEUED for message in held)


def halts(books: Books, message: OutboxMessage, report: DeliveryReport) -> bool:
    """Tell whether a refusal would meet every other message too.

    Either the server says so, or it refused three different messages in a row with
    the same words; those refused before the third then wait with the rest, for
    nothing was wrong with them.
    """
    if report.outcome is not Delivery.REFUSED or report.about is About.RECIPIENT:
        return False
    alike = _refused_alike(books, message, report)
    is_halted = report.about is About.ALL or len(alike) >= _ALIKE - 1
    if is_halted:
        for attempt in alike:
            _put_back(books, attempt)
    return is_halted


def _refused_alike(
    books: Books, message: OutboxMessage, report: DeliveryReport
) -> list[Attempt]:
    """List the refusals just before this one that say the same of other messages."""
    mine = books.outbox.attempts_of(message.id)
    if not mine:
        return []
    since = mine[-1].began_at - _RECENTLY
    alike: list[Attempt] = []
    for attempt in books.outbox.last_attempts(mine[-1].account, _ALIKE - 1, since):
        if (
            attempt.outcome is not Delivery.REFUSED
            or attempt.about is About.RECIPIENT
            or attempt.message_id == message.id
            or not says_the_same(attempt.answer, report.answer)
        ):
            break
        alike.append(attempt)
    return alike


def _put_back(books: Books, attempt: Attempt) -> None:
    refused = books.outbox.get(attempt.message_id)
    if refused.state is MessageState.FAILED:
        state = move(refused.state, MessageState.QUEUED)
        books.outbox.save(replace(refused, state=state, is_released=False))
