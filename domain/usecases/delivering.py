"""The outbox: hand e-mails over once, confirm letters, settle doubts.

Sending is three short turns, never one long one: take the next message and
remember it is on its way; try once; record what came of it. A crash between two
turns leaves the message « en doute », and only a person can release it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.basics.errors import DunningError
from domain.basics.identifiers import ActivityId, BatchId, EntityId, MessageId, new_id
from domain.basics.sentences import N_
from domain.customers.activity import Activity, ActivityItem, ActivityKind
from domain.dunning.outbox import (
    Batch,
    BatchState,
    Delivery,
    DeliveryReport,
    MessageState,
    OutboxMessage,
    move,
)
from domain.dunning.position import LevelCause, LevelChange
from domain.dunning.posting import name_in_history
from domain.dunning.scenario import Channel, StepKind
from domain.ports import Books, MailGateway, SmtpAccount
from domain.usecases.configuring import smtp_account
from domain.usecases.gate import Gate, gate_of
from domain.usecases.levels_reached import levels_reached
from domain.usecases.withdrawing import WhyWithdrawn, why_outdated, withdraw

DEMO_ANSWER = N_("Demonstration: kept on this computer, nothing has left")

# Minutes before the next try, after each failure to reach the server.
_RETRY_MINUTES = (1, 5, 10, 20, 30)

_ACTIVITY_KINDS = {
    StepKind.ADVANCE_NOTICE: ActivityKind.ADVANCE_NOTICE,
    StepKind.REMINDER: ActivityKind.REMINDER,
    StepKind.THANK_YOU: ActivityKind.THANK_YOU,
}


class NoMailAccountError(DunningError):
    """Nothing can be sent before the mail server is known."""

    message = (
        "No mail server is set for {entity}: fill in the mail account in the settings."
    )


class BatchNotWaitingError(DunningError):
    """The batch was confirmed or cancelled already."""

    message = "This batch is not waiting for confirmation any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A message marked as on its way, and all that one attempt needs."""

    message: OutboxMessage
    content: bytes
    account: SmtpAccount | None
    """None in a demonstration, where nothing leaves."""


def check_can_send(books: Books, entity_id: EntityId) -> None:
    """Refuse with a reason when no server is set."""
    entity = books.entities.get(entity_id)
    if not entity.demo and smtp_account(books, entity_id) is None:
        raise NoMailAccountError(entity=entity.name)


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
    """Take the oldest released e-mail; those that are outdated are withdrawn."""
    gate = gate_of(books, entity_id, today, now)
    with books.atomic():
        for message in emails_in(books, entity_id, MessageState.QUEUED):
            if _may_leave(message, now) and gate.lets(message):
                taken = take(books, message.id, today, now)
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
    """Mark a message as on its way, unless it is outdated or was taken already.

    Nor when the day is quiet or, for what leaves by itself, when a person is needed.
    """
    with books.atomic():
        message = books.outbox.get(message_id)
        if message.state is not MessageState.QUEUED or not message.document_id:
            return None
        gate = gate or gate_of(books, message.entity_id, today, now)
        if not gate.lets(message):
            return None
        why = why_outdated(books, message, today)
        if why:
            withdraw(books, message, why, now)
            return None
        books.outbox.take(message.id, now)
        return Taken(
            message=message,
            content=books.outbox.document(message.document_id),
            account=account_for(books, message.entity_id),
        )


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
        gate = gate_of(books, entity.id, today, now)
        counts[entity.id] = sum(
            _may_leave(message, now) and gate.lets(message)
            for message in emails_in(books, entity.id, MessageState.QUEUED)
        )
    return {entity_id: count for entity_id, count in counts.items() if count}


def _may_leave(message: OutboxMessage, now: datetime) -> bool:
    return message.is_released and not (message.not_before and message.not_before > now)


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
    ends that doubt, unless a person did before.
    """
    with books.atomic():
        known = books.outbox.get(message_id)
        if known.state not in {MessageState.SENDING, MessageState.UNCERTAIN}:
            return known
        message = replace(
            known, state=MessageState.SENDING, answer=report.answer, changed_at=now
        )
        if report.outcome is Delivery.ACCEPTED:
            return _complete(books, message, LevelCause.SENT, today, now)
        if report.outcome in {Delivery.OFFLINE, Delivery.LATER}:
            message = _wait(message, now)
        elif report.outcome is Delivery.REFUSED:
            message = replace(message, state=move(message.state, MessageState.FAILED))
        else:
            message = replace(
                message, state=move(message.state, MessageState.UNCERTAIN)
            )
        books.outbox.save(message)
        return message


def _wait(message: OutboxMessage, now: datetime) -> OutboxMessage:
    tries = message.attempts + 1
    minutes = _RETRY_MINUTES[min(tries, len(_RETRY_MINUTES)) - 1]
    return replace(
        message,
        state=move(message.state, MessageState.QUEUED),
        attempts=tries,
        not_before=now + timedelta(minutes=minutes),
    )


def recover_interrupted(books: Books, now: datetime) -> int:
    """At start: what was on its way when the app stopped is in doubt."""
    with books.atomic():
        interrupted = books.outbox.in_state(MessageState.SENDING)
        for message in interrupted:
            books.outbox.save(
                replace(
                    message,
                    state=move(message.state, MessageState.UNCERTAIN),
                    changed_at=now,
                )
            )
    return len(interrupted)


def settle_doubt(
    books: Books, message_id: MessageId, today: date, now: datetime, *, it_left: bool
) -> None:
    """Let a person say whether a message in doubt left, or must go again."""
    with books.atomic():
        message = replace(books.outbox.get(message_id), changed_at=now)
        if it_left:
            _complete(books, message, LevelCause.SENT, today, now)
        else:
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


def confirm_printed(
    books: Books,
    batch_id: BatchId,
    today: date,
    now: datetime,
    *,
    spoilt: Collection[MessageId] = (),
) -> int:
    """Count the letters of a batch as sent: a person saw them on paper.

    ``spoilt`` letters jammed: they wait in a batch of their own to be printed again.
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
            _complete(
                books, replace(letter, changed_at=now), LevelCause.PRINTED, today, now
            )
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


def _complete(
    books: Books,
    message: OutboxMessage,
    cause: LevelCause,
    today: date,
    now: datetime,
) -> OutboxMessage:
    """Mark as sent, add to the history and move the items' levels, together."""
    done = replace(message, state=move(message.state, MessageState.SENT))
    books.outbox.save(done)
    activity_id = ActivityId(new_id())
    lines = books.outbox.items_of(message.id)
    books.activities.record(
        Activity(
            id=activity_id,
            entity_id=message.entity_id,
            customer_id=message.customer_id,
            kind=_ACTIVITY_KINDS[message.kind],
            happened_on=today,
            recorded_at=now,
            level=message.level,
            channel=message.channel,
            subject=name_in_history(message),
            body=message.body,
            recipients=message.recipient,
            copies=message.copies,
            sender=message.sender,
            amount=message.total,
            document_id=message.document_id,
        ),
        [
            ActivityItem(activity_id=activity_id, item_id=line.item_id, left=line.left)
            for line in lines
        ],
    )
    history = books.activities.level_history(message.entity_id)
    books.activities.record_levels(
        LevelChange(
            entity_id=message.entity_id,
            customer_id=message.customer_id,
            item_id=reached.item_id,
            kind=reached.kind,
            level=reached.level,
            reached_on=today,
            deadline_on=message.deadline_on if message.counts else None,
            cause=cause if message.counts else LevelCause.BY_HAND,
            activity_id=activity_id,
            recorded_at=now,
        )
        for reached in levels_reached(message, lines, history)
    )
    return done
