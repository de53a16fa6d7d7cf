"""What has left, by e-mail or on paper, counts: in the history and on each item."""

from dataclasses import replace
from datetime import date, datetime

from domain.basics.identifiers import ActivityId, new_id
from domain.customers.activity import Activity, ActivityItem, ActivityKind
from domain.dunning.journal import What, event_of
from domain.dunning.outbox import MessageState, OutboxMessage, move
from domain.dunning.position import LevelCause, LevelChange
from domain.dunning.posting import name_in_history
from domain.dunning.scenario import StepKind
from domain.ports import Books
from domain.usecases.levels_reached import levels_reached

_ACTIVITY_KINDS = {
    StepKind.ADVANCE_NOTICE: ActivityKind.ADVANCE_NOTICE,
    StepKind.REMINDER: ActivityKind.REMINDER,
    StepKind.THANK_YOU: ActivityKind.THANK_YOU,
}


def complete(
    books: Books,
    message: OutboxMessage,
    cause: LevelCause,
    today: date,
    now: datetime,
    *,
    proof: What,
) -> OutboxMessage:
    """Mark as sent, add to journal and history, and move the items' levels.

    Inside a transaction: all of it counts, or nothing does.
    """
    done = replace(message, state=move(message.state, MessageState.SENT))
    books.outbox.save(done)
    books.journal.append(event_of(done, proof, today, now))
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
    history = books.activities.level_history_of(message.customer_id)
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
