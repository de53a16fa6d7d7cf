"""Send all that waits in one go, for the command line."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.basics.identifiers import EntityId, MessageId
from domain.dunning.outbox import Delivery, MessageState
from domain.dunning.server_answers import About
from domain.dunning.throttle import Rest
from domain.ports import Books, MailGateway, SmtpAccount
from domain.usecases.account_refusals import note_account
from domain.usecases.delivering import (
    account_for,
    deliver,
    emails_in,
    is_free,
    record_delivery,
    server_problem,
    take,
)
from domain.usecases.gate import gate_of_person
from domain.usecases.throttling import rest_of

_HALTED = (MessageState.QUEUED, Delivery.REFUSED)
"""Where a refusal of the sender or its account leaves a message."""
_LONGEST_PAUSE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundReport:
    """What one round of sending did."""

    sent_ids: tuple[MessageId, ...] = ()
    """In the order in which they left."""
    failed: int = 0
    uncertain: int = 0
    waiting: int = 0
    stopped_because: str = ""
    """Why e-mails that should have left still wait, in the server's words."""

    @property
    def sent(self) -> int:
        """How many e-mails the server took."""
        return len(self.sent_ids)

    @property
    def nothing_left(self) -> bool:
        """Whether e-mails should have left, and the server took none of them."""
        return bool(self.stopped_because) and not (
            self.sent or self.failed or self.uncertain
        )


def send_waiting(
    books: Books,
    mail: MailGateway,
    entity_id: EntityId,
    today: date,
    clock: Callable[[], datetime],
    limit: int | None = None,
    *,
    even_today: bool = False,
    by_itself: bool = False,
    pause: Callable[[float], None] = time.sleep,
) -> RoundReport:
    """Send the waiting e-mails, on the books' own thread.

    For the command line; screens take the same three turns without blocking. What
    does not leave waits for the next command, and no window sends it by itself.
    On a quiet day nothing leaves, unless a person wants it ``even_today``. With
    ``by_itself``, only what automatic steps made leaves, while no person is needed.
    ``pause`` waits between two messages, as the limits ask; a long wait ends the round.
    """
    waiting = [
        message
        for message in emails_in(books, entity_id, MessageState.QUEUED)
        if (message.by_itself or not by_itself) and is_free(message, clock())
    ]
    gate = (
        None
        if by_itself
        else gate_of_person(books, entity_id, today, even_today=even_today)
    )
    account = account_for(books, entity_id)
    problem = server_problem(mail, account) if waiting else None
    if waiting:
        note_account(books, entity_id, problem, clock())
    stopped, put_off = problem.answer if problem else "", ""
    tally: Counter[MessageState] = Counter()
    sent: list[MessageId] = []
    for message in waiting:
        if stopped or tally.total() == limit:
            break
        rest = account and _rest(books, entity_id, account, clock, pause)
        if rest:
            stopped = rest.why
            break
        taken = take(books, message.id, today, clock(), gate)
        if taken is None:
            continue
        report = deliver(mail, taken)
        state = record_delivery(books, message.id, report, today, clock()).state
        tally[state] += 1
        if state is MessageState.SENT:
            sent.append(message.id)
        is_for_all = report.outcome is Delivery.OFFLINE or (
            state is MessageState.QUEUED and report.about is About.ALL
        )
        if is_for_all or (state, report.outcome) == _HALTED:
            stopped = report.answer
        elif report.outcome is Delivery.LATER:
            put_off = report.answer
    mail.close()
    return RoundReport(
        sent_ids=tuple(sent),
        failed=tally[MessageState.FAILED],
        uncertain=tally[MessageState.UNCERTAIN],
        waiting=len(emails_in(books, entity_id, MessageState.QUEUED)),
        stopped_because=stopped or put_off,
    )


def _rest(
    books: Books,
    entity_id: EntityId,
    account: SmtpAccount,
    clock: Callable[[], datetime],
    pause: Callable[[float], None],
) -> Rest | None:
    """Wait for the next message's turn; tell what for, when that takes long."""
    asked_at = now = clock()
    while rest := rest_of(books, entity_id, account, now, asked_at):
        if rest.until - now > _LONGEST_PAUSE:
            return rest
        pause((rest.until - now).total_seconds())
        now = max(clock(), rest.until)
    return None
