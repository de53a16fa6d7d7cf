"""Keeps messages on their way, batches of letters, and the files made of them."""

import json
import sqlite3
import zlib
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from domain.basics.errors import NotFoundError
from domain.basics.identifiers import BatchId, DocumentId, EntityId, ItemId, MessageId
from domain.basics.sentences import N_
from domain.dunning.outbox import (
    PENDING_STATES,
    Batch,
    MessageState,
    OutboxItem,
    OutboxMessage,
)
from storage.database.codec import utc_text
from storage.database.table import Table

_OLDEST_FIRST = "ORDER BY created_at, rowid"
_UNLESS_ALREADY_THERE = "ON CONFLICT (dedupe) WHERE state <> 'withdrawn' DO NOTHING"


class SqliteOutboxStore:
    """Messages on their way, batches, and the files made of them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._messages = Table(connection, "outbox", OutboxMessage, thing=N_("message"))
        self._items = Table(
            connection, "outbox_items", OutboxItem, key=("message_id", "item_id")
        )
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
            f" {_OLDEST_FIRST}",
            entity_id,
            json.dumps(list(states)),
        )

    def in_state(self, state: MessageState) -> list[OutboxMessage]:
        return self._messages.select(f"WHERE state = ? {_OLDEST_FIRST}", state.value)

    def items_of(self, message_id: MessageId) -> list[OutboxItem]:
        return self._items.select("WHERE message_id = ? ORDER BY rowid", message_id)

    def pending_items(self, entity_id: EntityId) -> frozenset[ItemId]:
        rows = self._connection.execute(
            "SELECT item_id FROM outbox JOIN outbox_items ON message_id = outbox.id"
            " WHERE entity_id = ? AND state IN (SELECT value FROM json_each(?))",
            (entity_id, json.dumps(PENDING_STATES)),
        )
        return frozenset(ItemId(item_id) for (item_id,) in rows)

    def of_batch(self, batch_id: BatchId) -> list[OutboxMessage]:
        return self._messages.select("WHERE batch_id = ? ORDER BY rowid", batch_id)

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
        """Keep a file once, however often it is saved, named by its content."""
        document_id = DocumentId(sha256(content).hexdigest())
        squeezed = zlib.compress(content)
        is_compressed = len(squeezed) < len(content)
        kept = squeezed if is_compressed else content
        self._connection.execute(
            "INSERT INTO documents (id, name, mime, is_compressed, content)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            (document_id, name, mime, int(is_compressed), kept),
        )
        return document_id

    def document(self, document_id: DocumentId) -> bytes:
        row = self._connection.execute(
            "SELECT is_compressed, content FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        if row is None:
            raise NotFoundError(thing=N_("document"), name=document_id)
        is_compressed, content = row
        return zlib.decompress(content) if is_compressed else bytes(content)
