"""The outbox: hand e-mails over once, settle doubts.

Sending is three short turns, never one long one: take the next message and
remember it is on its way; try once; record what came of it. A crash between two
turns leaves the message « en doute », and only a person can release it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.basics.errors import DunningError, NotFoundError
from domain.basics.identifiers import DocumentId, EntityId, MessageId
from domain.basics.sentences import N_
from domain.dunning.journal import What, event_of
from domain.dunning.outbox import (
    Delivery,
    DeliveryReport,
    MessageState,
    OutboxMessage,
    move,
)
from domain.dunning.position import LevelCause
from domain.dunning.proof import DocumentAlteredError
from domain.dunning.scenario import Channel
from domain.dunning.server_answers import About
from domain.dunning.throttle import RETRY_MINUTES, Attempt
from domain.ports import Books, MailGateway, SmtpAccount
from domain.usecases.account_refusals import note_account
from domain.usecases.completing import complete
from domain.usecases.configuring import smtp_account
from domain.usecases.gate import Gate, gate_for, gate_of
from domain.usecases.holding_back import halts, hold_back
from domain.usecases.throttling import account_name
from domain.usecases.withdrawing import (
    WhyWithdrawn,
    put_aside_if_outdated,
    withdraw,
)

ALTERED = N_("Its file was altered or removed: withdraw it and prepare it again")
DEMO_ANSWER = N_("Demonstration: kept on this computer, nothing has left")


class NoMailAccountError(DunningError):
    """Nothing can be sent before the mail server is known."""

    message = (
        "No mail server is set for {entity}: fill in the mail account in the settings."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A message marked as on its way, and all that one attempt needs."""

    message: OutboxMessage
    content: bytes
    account: SmtpAccount | None
    """None in a demonstration, where nothing leaves."""


def can_send(books: Books, entity_id: EntityId) -> bool:
    """Tell whether a server is set; a demonstration needs none."""
    is_demo = books.entities.get(entity_id).demo
    return is_demo or smtp_account(books, entity_id) is not None


def check_can_send(books: Books, entity_id: EntityId) -> None:
    """Refuse with a reason when no server is set."""
    if not can_send(books, entity_id):
        raise NoMailAccountError(entity=books.entities.get(entity_id).name)


def emails_in(
    books: Books, entity_id: EntityId, *states: MessageState
) -> list[OutboxMessage]:
    """List a firm's e-mails that are in these states, the oldest first."""
    return [
        message
        for message in books.outbox.all(entity_id, states)
        if message.channel is Channel.EMAIL
    ]


def take_next(
    books: Books, entity_id: EntityId, today: date, now: datetime
) -> Taken | None:
    """Take the next released e-mail; those that are outdated are withdrawn."""
    with books.atomic():
        for message_id in books.outbox.may_leave(entity_id, now):
            taken = take(books, message_id, today, now)
            if taken:
                return taken
    return None


def take(
    books: Books,
    message_id: MessageId,
    today: date,
    now: datetime,
    gate: Gate | None = None,
) -> Taken | None:
    """Note an attempt, before its first byte, unless outdated or taken already.

    Nor when the day is quiet or, for what leaves by itself, when a person is needed.
    """
    with books.atomic():
        message = books.outbox.get(message_id)
        if message.state is not MessageState.QUEUED or not message.document_id:
            return None
        gate = gate or gate_for(books, message, today, now)
        if message.to_review or not gate.lets(message):
            return None
        if put_aside_if_outdated(books, message, today, now):
            return None
        content = _content(books, message, now)
        if content is None:
            return None
        account = account_for(books, message.entity_id)
        books.outbox.take(message.id, now)
        if account:
            attempt = Attempt(
                message_id=message.id, account=account_name(account), began_at=now
            )
            books.outbox.begin_attempt(attempt)
        return Taken(message=message, content=content, account=account)


def _content(books: Books, message: OutboxMessage, now: datetime) -> bytes | None:
    """Read what is to leave; a file that was altered keeps its message here."""
    try:
        return books.outbox.document(message.document_id or DocumentId(""))
    except (DocumentAlteredError, NotFoundError):
        books.outbox.save(
            replace(message, to_review=ALTERED, is_released=False, changed_at=now)
        )
        return None


def server_problem(
    mail: MailGateway, account: SmtpAccount | None
) -> DeliveryReport | None:
    """Log in once before a round; tell what is wrong, if anything.

    A wrong password would otherwise refuse every message in turn, and repeated
    logins may lock the account.
    """
    if account is None:
        return None
    report = mail.test(account)
    return None if report.outcome is Delivery.ACCEPTED else report


def account_for(books: Books, entity_id: EntityId) -> SmtpAccount | None:
    """Read the account that sends; None for a demonstration, which sends nothing."""
    if books.entities.get(entity_id).demo:
        return None
    return smtp_account(books, entity_id)


def count_released(books: Books, today: date, now: datetime) -> dict[EntityId, int]:
    """Count the e-mails of each firm that may leave now, where there are any."""
    counts = {}
    for entity in books.entities.all():
        ids = books.outbox.may_leave(entity.id, now)
        gate = gate_of(books, entity.id, today, now) if ids else Gate(today=today)
        counts[entity.id] = sum(gate.lets(books.outbox.get(name)) for name in ids)
    return {entity_id: count for entity_id, count in counts.items() if count}


def is_free(message: OutboxMessage, now: datetime) -> bool:
    """Tell whether a waiting message needs no review, and its own time has come."""
    return not message.to_review and not (message.leave_at and message.leave_at > now)


def deliver(mail: MailGateway, taken: Taken) -> DeliveryReport:
    """Make one attempt; touches no books. A demonstration only pretends."""
    if taken.account is None:
        return DeliveryReport(outcome=Delivery.ACCEPTED, answer=DEMO_ANSWER)
    message = taken.message
    addresses = [*message.recipient.splitlines(), *message.copies.splitlines()]
    return mail.deliver(taken.account, taken.content, addresses)


def record_delivery(
    books: Books,
    message_id: MessageId,
    report: DeliveryReport,
    today: date,
    now: datetime,
) -> OutboxMessage:
    """Keep what came of an attempt; an accepted message completes its step.

    Another start of the app may have doubted the message meanwhile: the answer
    ends that doubt, unless a person did before. A refusal that is about the sender
    or its account comes back as « queued »: nothing more leaves until a person acts.
    """
    with books.atomic():
        known = books.outbox.get(message_id)
        if known.state not in {MessageState.SENDING, MessageState.UNCERTAIN}:
            return known
        is_for_all = halts(books, known, report)
        books.outbox.end_attempt(message_id, report, now)
        message = replace(
            known, state=MessageState.SENDING, answer=report.answer, changed_at=now
        )
        if report.outcome is Delivery.ACCEPTED:
            return complete(
                books, message, LevelCause.SENT, today, now, proof=What.SENT
            )
        if report.outcome in {Delivery.OFFLINE, Delivery.LATER}:
            message = _wait(message, report, now)
        elif is_for_all:
            message = replace(
                message,
                state=move(message.state, MessageState.QUEUED),
                is_released=False,
            )
        elif report.outcome is Delivery.REFUSED:
            message = replace(message, state=move(message.state, MessageState.FAILED))
            books.journal.append(event_of(message, What.REFUSED, today, now))
        else:
            message = replace(
                message, state=move(message.state, MessageState.UNCERTAIN)
            )
            books.journal.append(event_of(message, What.UNCERTAIN, today, now))
        books.outbox.save(message)
        if is_for_all:
            hold_back(books, known.entity_id)
            note_account(books, known.entity_id, report, now)
        return message


def _wait(
    message: OutboxMessage, report: DeliveryReport, now: datetime
) -> OutboxMessage:
    """Put a message back; it keeps its turn where the cause is not its own."""
    tries = message.attempts + 1
    is_first = report.outcome is Delivery.OFFLINE and tries == 1
    is_for_all = report.outcome is Delivery.LATER and report.about is About.ALL
    minutes = RETRY_MINUTES[min(tries, len(RETRY_MINUTES)) - 1]
    return replace(
        message,
        state=move(message.state, MessageState.QUEUED),
        attempts=tries,
        not_before=None if is_first or is_for_all else now + timedelta(minutes=minutes),
    )


def recover_interrupted(books: Books, now: datetime) -> int:
    """At start: what was on its way when the app stopped is in doubt."""
    with books.atomic():
        interrupted = books.outbox.in_state(MessageState.SENDING)
        for message in interrupted:
            state = move(message.state, MessageState.UNCERTAIN)
            books.outbox.save(replace(message, state=state, changed_at=now))
            day = now.astimezone().date()
            books.journal.append(event_of(message, What.UNCERTAIN, day, now))
    return len(interrupted)


def settle_doubt(
    books: Books, message_id: MessageId, today: date, now: datetime, *, it_left: bool
) -> None:
    """Let a person say whether a message in doubt left, or must go again."""
    with books.atomic():
        message = replace(books.outbox.get(message_id), changed_at=now)
        if it_left:
            complete(books, message, LevelCause.SENT, today, now, proof=What.DECLARED)
        else:
            books.journal.append(event_of(message, What.AGAIN, today, now))
            books.outbox.save(
                replace(
                    message,
                    state=move(message.state, MessageState.QUEUED),
                    not_before=None,
                )
            )


def try_again(books: Books, message_id: MessageId, now: datetime) -> None:
    """Put a refused message back in the queue, free to leave."""
    with books.atomic():
        message = books.outbox.get(message_id)
        books.outbox.save(
            replace(
                message,
                state=move(message.state, MessageState.QUEUED),
                is_released=True,
                not_before=None,
                changed_at=now,
            )
        )


def withdraw_by_hand(
    books: Books, message_ids: Sequence[MessageId], now: datetime
) -> None:
    """Take messages back; their items will be proposed again."""
    with books.atomic():
        for message_id in message_ids:
            message = books.outbox.get(message_id)
            withdraw(books, message, WhyWithdrawn.BY_HAND, now)
