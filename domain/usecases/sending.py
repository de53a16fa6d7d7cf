"""Send all that waits in one go, for the command line."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from domain.basics.identifiers import EntityId, MessageId
from domain.dunning.outbox import Delivery, MessageState
from domain.ports import Books, MailGateway
from domain.usecases.delivering import (
    account_for,
    deliver,
    emails_in,
    record_delivery,
    server_problem,
    take,
)
from domain.usecases.gate import gate_of_person


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
) -> RoundReport:
    """Send the waiting e-mails, on the books' own thread.

    For the command line; screens take the same three turns without blocking. What
    does not leave waits for the next command, and no window sends it by itself.
    On a quiet day nothing leaves, unless a person wants it ``even_today``. With
    ``by_itself``, only what automatic steps made leaves, while no person is needed.
    """
    waiting = [
        message
        for message in emails_in(books, entity_id, MessageState.QUEUED)
        if message.by_itself or not by_itself
    ]
    gate = (
        None
        if by_itself
        else gate_of_person(books, entity_id, today, even_today=even_today)
    )
    problem = server_problem(mail, account_for(books, entity_id)) if waiting else None
    stopped, put_off = problem.answer if problem else "", ""
    tally: Counter[MessageState] = Counter()
    sent: list[MessageId] = []
    for message in waiting:
        if stopped or tally.total() == limit:
            break
        taken = take(books, message.id, today, clock(), gate)
        if taken is None:
            continue
        report = deliver(mail, taken)
        state = record_delivery(books, message.id, report, today, clock()).state
        tally[state] += 1
        if state is MessageState.SENT:
            sent.append(message.id)
        if report.outcome is Delivery.OFFLINE:
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
