"""Between two messages: what came of the one, and the next, in one transaction.

Confirmed by the disk once instead of twice. Both rules still hold: an attempt is
recorded before its first byte, and at most one message is ever in doubt.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.basics.identifiers import MessageId
from domain.dunning.outbox import Delivery, DeliveryReport, MessageState
from domain.ports import Books, SmtpAccount
from domain.usecases.delivering import Taken, record_delivery, take_next
from domain.usecases.throttling import rest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What came of a message, and what follows it."""

    is_back: bool = False
    """It waits again: the server asked so, or could not be reached."""
    is_over: bool = False
    """Nothing else would leave either."""
    taken: Taken | None = None
    """The next one, marked as on its way."""


def pass_on(
    books: Books,
    message_id: MessageId,
    report: DeliveryReport,
    today: date,
    now: datetime,
    *,
    account: SmtpAccount | None,
    asked_at: datetime | None = None,
    is_going_on: bool = True,
) -> Turn:
    """Record what came of an attempt; take the next message, where one may leave.

    ``asked_at`` is when a person last said « envoyer ». Unless ``is_going_on``,
    nothing more is taken.
    """
    with books.atomic():
        recorded = record_delivery(books, message_id, report, today, now)
        is_back = recorded.state is MessageState.QUEUED
        turn = Turn(
            is_back=is_back,
            is_over=report.outcome is Delivery.OFFLINE
            or (is_back and report.outcome is Delivery.REFUSED),
        )
        entity_id = recorded.entity_id
        if turn.is_over or not is_going_on:
            return turn
        if account and rest_of(books, entity_id, account, now, asked_at):
            return turn
        return replace(turn, taken=take_next(books, entity_id, today, now))
