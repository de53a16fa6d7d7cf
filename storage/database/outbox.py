"""Keeps messages on their way, batches of letters, and the files made of them."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from domain.basics.identifiers import (
    BatchId,
    CustomerId,
    DocumentId,
    EntityId,
    ItemId,
    MessageId,
)
from domain.basics.sentences import N_
from domain.dunning.outbox import (
    PENDING_STATES,
    Batch,
    Delivery,
    DeliveryReport,
    MessageState,
    OutboxItem,
    OutboxMessage,
    Pile,
    WaitingCount,
)
from domain.dunning.scenario import Channel
from domain.dunning.throttle import Attempt
from storage.database.codec import utc_text
from storage.database.shelf import Shelf
from storage.database.table import Table

_IN_ORDER = "ORDER BY position, created_at, outbox.rowid"
_READY = (
    "(state = 'sending' OR state = 'queued' AND channel = 'email' AND to_review = '')"
)
_PILES = {
    Pile.TO_CHECK: "(state IN ('uncertain', 'failed')"
    " OR state = 'queued' AND channel = 'email' AND to_review <> '')",
    Pile.READY: _READY,
    Pile.DONE: "state IN ('sent', 'withdrawn')",
}
_ORDERS = {
    Pile.TO_CHECK: "ORDER BY state = 'queued', position, created_at, outbox.rowid",
    Pile.READY: "ORDER BY state = 'queued', position, created_at, outbox.rowid",
    Pile.DONE: "ORDER BY changed_at DESC, position, created_at, outbox.rowid",
}
_LEFT_PERHAPS = (Delivery.ACCEPTED.value, Delivery.UNKNOWN.value)
_UNLESS_ALREADY_THERE = "ON CONFLICT (dedupe) WHERE state <> 'withdrawn' DO NOTHING"


class SqliteOutboxStore:
    """Messages on their way, batches, and the files made of them."""

    def __init__(self, connection: sqlite3.Connection, shelf: Shelf) -> None:
        self._connection = connection
        self._shelf = shelf
        self._messages = Table(connection, "outbox", OutboxMessage, thing=N_("message"))
        self._items = Table(
            connection, "outbox_items", OutboxItem, key=("message_id", "item_id")
        )
        self._attempts = Table(connection, "attempts", Attempt, key=())
        self._batches = Table(connection, "batches", Batch, thing=N_("batch"))

    def add(self, message: OutboxMessage, items: Sequence[OutboxItem]) -> bool:
        if not self._messages.add([message], or_else=_UNLESS_ALREADY_THERE):
            return False
        self._items.add(items)
        return True

    def get(self, message_id: MessageId) -> OutboxMessage:
        return self._messages.get(message_id)

    def save(self, message: OutboxMessage) -> None:
        self._messages.save([message])

    def take(self, message_id: MessageId, now: datetime) -> bool:
        taken = self._connection.execute(
            "UPDATE outbox SET state = ?, changed_at = ? WHERE id = ? AND state = ?",
            (
                MessageState.SENDING.value,
                utc_text(now),
                message_id,
                MessageState.QUEUED.value,
            ),
        )
        return taken.rowcount == 1

    def all(
        self, entity_id: EntityId, states: Sequence[MessageState]
    ) -> list[OutboxMessage]:
        return self._messages.select(
            "WHERE entity_id = ? AND state IN (SELECT value FROM json_each(?))"
            f" {_IN_ORDER}",
            entity_id,
            json.dumps(list(states)),
        )

    def pile(
        self, entity_id: EntityId, pile: Pile, offset: int, size: int
    ) -> list[OutboxMessage]:
        # Only the rows of the page are read whole: their texts are long.
        order = _ORDERS[pile]
        return self._messages.select(
            "WHERE rowid IN (SELECT rowid FROM outbox"
            f" WHERE entity_id = ? AND {_PILES[pile]} {order} LIMIT ? OFFSET ?)"
            f" {order}",
            entity_id,
            size,
            offset,
        )

    def count_in(self, entity_id: EntityId, pile: Pile) -> int:
        (count,) = self._connection.execute(
            f"SELECT count(*) FROM outbox WHERE entity_id = ? AND {_PILES[pile]}",
            (entity_id,),
        ).fetchone()
        return int(count)

    def waiting(self, entity_id: EntityId) -> WaitingCount:
        leaving, released = self._connection.execute(
            "SELECT total(leave_at IS NULL), total(is_released) FROM outbox"
            f" WHERE entity_id = ? AND {_READY}",
            (entity_id,),
        ).fetchone()
        return WaitingCount(leaving=int(leaving), released=int(released))

    def may_leave(self, entity_id: EntityId, now: datetime) -> list[MessageId]:
        """List the e-mails that were let go and whose time has come, in order."""
        moment = utc_text(now)
        rows = self._connection.execute(
            "SELECT id FROM outbox WHERE entity_id = ? AND state = ? AND channel = ?"
            " AND is_released AND to_review = '' AND coalesce(not_before, '') <= ?"
            f" AND coalesce(leave_at, '') <= ? {_IN_ORDER}",
            (entity_id, MessageState.QUEUED, Channel.EMAIL, moment, moment),
        )
        return [MessageId(message_id) for (message_id,) in rows]

    def put_in_order(self, message_ids: Sequence[MessageId]) -> None:
        """Give waiting e-mails places below those of messages still to come."""
        places = enumerate(message_ids, start=-len(message_ids))
        self._connection.executemany(
            "UPDATE outbox SET position = ? WHERE id = ?", places
        )

    def begin_attempt(self, attempt: Attempt) -> None:
        self._attempts.add([attempt])

    def end_attempt(
        self, message_id: MessageId, report: DeliveryReport, now: datetime
    ) -> None:
        self._connection.execute(
            "UPDATE attempts SET ended_at = ?, outcome = ?, about = ?, answer = ?"
            " WHERE message_id = ? AND ended_at IS NULL",
            (
                utc_text(now),
                report.outcome.value,
                report.about.value,
                report.answer,
                message_id,
            ),
        )

    def attempts_of(self, message_id: MessageId) -> list[Attempt]:
        return self._attempts.select(
            "WHERE message_id = ? ORDER BY began_at, rowid", message_id
        )

    def last_attempts(self, account: str, count: int, since: datetime) -> list[Attempt]:
        return self._attempts.select(
            "WHERE account = ? AND began_at >= ? AND ended_at IS NOT NULL"
            " ORDER BY began_at DESC, rowid DESC LIMIT ?",
            account,
            utc_text(since),
            count,
        )

    def nth_departure(
        self, account: str, count: int, since: datetime, now: datetime
    ) -> datetime | None:
        found = self._connection.execute(
            "SELECT began_at FROM attempts WHERE account = ? AND began_at > ?"
            " AND began_at <= ? AND outcome IN (?, ?)"
            " ORDER BY began_at DESC LIMIT 1 OFFSET ?",
            (account, utc_text(since), utc_text(now), *_LEFT_PERHAPS, count - 1),
        ).fetchone()
        return datetime.fromisoformat(found[0]) if found else None

    def in_state(self, state: MessageState) -> list[OutboxMessage]:
        return self._messages.select(f"WHERE state = ? {_IN_ORDER}", state.value)

    def emails_sent_to(self, customer_id: CustomerId) -> list[OutboxMessage]:
        return self._messages.select(
            "WHERE customer_id = ? AND state = ? AND channel = ?"
            " ORDER BY changed_at, rowid",
            customer_id,
            MessageState.SENT.value,
            Channel.EMAIL.value,
        )

    def emails_sent_since(
        self, entity_id: EntityId, moment: datetime
    ) -> list[OutboxMessage]:
        return self._messages.select(
            "WHERE entity_id = ? AND state = ? AND channel = ? AND changed_at >= ?"
            " ORDER BY changed_at, rowid",
            entity_id,
            MessageState.SENT.value,
            Channel.EMAIL.value,
            utc_text(moment),
        )

    def registered(
        self, entity_id: EntityId, customer_id: CustomerId | None = None
    ) -> list[OutboxMessage]:
        return self._messages.select(
            "WHERE entity_id = ?1 AND is_registered AND state = ?2"
            " AND customer_id = coalesce(?3, customer_id)"
            " ORDER BY changed_at DESC, rowid DESC",
            entity_id,
            MessageState.SENT.value,
            customer_id,
        )

    def items_of(self, message_id: MessageId) -> list[OutboxItem]:
        return self._items.select("WHERE message_id = ? ORDER BY rowid", message_id)

    def save_items(self, items: Iterable[OutboxItem]) -> None:
        self._items.save(items)

    def pending_items(self, entity_id: EntityId) -> Mapping[ItemId, date]:
        rows = self._connection.execute(
            "SELECT item_id, prepared_on"
            " FROM outbox JOIN outbox_items ON message_id = outbox.id"
            " WHERE entity_id = ? AND state IN (SELECT value FROM json_each(?))",
            (entity_id, json.dumps(PENDING_STATES)),
        )
        return {ItemId(name): date.fromisoformat(day) for name, day in rows}

    def of_batch(self, batch_id: BatchId) -> list[OutboxMessage]:
        return self._messages.select("WHERE batch_id = ? ORDER BY rowid", batch_id)

    def letters_in(self, batch_id: BatchId, state: MessageState) -> tuple[int, bool]:
        count, registered = self._connection.execute(
            "SELECT count(*), total(is_registered) FROM outbox"
            " WHERE batch_id = ? AND state = ?",
            (batch_id, state.value),
        ).fetchone()
        return int(count), registered > 0

    def save_batch(self, batch: Batch) -> None:
        self._batches.save([batch])

    def get_batch(self, batch_id: BatchId) -> Batch:
        return self._batches.get(batch_id)

    def batches(self, entity_id: EntityId) -> list[Batch]:
        """List a firm's batches, the latest first."""
        return self._batches.select(
            "WHERE entity_id = ? ORDER BY created_at DESC, rowid DESC", entity_id
        )

    def save_document(self, name: str, mime: str, content: bytes) -> DocumentId:
        return self._shelf.save(name, mime, content)

    def document(self, document_id: DocumentId) -> bytes:
        return self._shelf.read(document_id)
