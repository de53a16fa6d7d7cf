"""Keeps what came back from customers by e-mail."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from domain.basics.identifiers import EntityId
from domain.basics.sentences import N_
from domain.dunning.incoming import Incoming
from domain.dunning.outbox import MessageState, OutboxMessage
from storage.database.codec import utc_text
from storage.database.table import Table

CHANGES = """
CREATE TABLE incoming (
    id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    customer_id TEXT NOT NULL REFERENCES customers,
    outbox_id TEXT REFERENCES outbox,
    activity_id TEXT NOT NULL REFERENCES activities,
    kind TEXT NOT NULL,
    is_final FLAG,
    sender TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL,
    failed_address TEXT NOT NULL, says TEXT NOT NULL,
    back_on DAY,
    received_at MOMENT NOT NULL, recorded_at MOMENT NOT NULL,
    hold_id TEXT NOT NULL,
    settled_at MOMENT
) STRICT;

CREATE INDEX incoming_of ON incoming (entity_id, received_at);

CREATE INDEX messages_by_name ON outbox (message_header_id)
    WHERE message_header_id <> '';

ALTER TABLE contacts ADD COLUMN failed_email TEXT
"""
_LEFT = (MessageState.SENT, MessageState.UNCERTAIN)
_LATEST_FIRST = "ORDER BY received_at DESC, rowid DESC"


class SqliteIncomingStore:
    """What came back; the same message is kept once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._incoming = Table(connection, "incoming", Incoming, thing=N_("message"))
        self._outbox = Table(connection, "outbox", OutboxMessage, thing=N_("message"))

    def add(self, incoming: Incoming) -> bool:
        """Keep what came; False when it was kept already."""
        return self._incoming.add([incoming], or_else="ON CONFLICT DO NOTHING") == 1

    def has(self, name: str) -> bool:
        return bool(self._incoming.select("WHERE id = ?", name))

    def get(self, name: str) -> Incoming:
        return self._incoming.get(name)

    def save(self, incoming: Incoming) -> None:
        self._incoming.save([incoming])

    def all(self, entity_id: EntityId) -> list[Incoming]:
        return self._incoming.select(f"WHERE entity_id = ? {_LATEST_FIRST}", entity_id)

    def open(self, entity_id: EntityId) -> list[Incoming]:
        return self._incoming.select(
            f"WHERE entity_id = ? AND settled_at IS NULL {_LATEST_FIRST}", entity_id
        )

    def sent_as(
        self, entity_id: EntityId, header_ids: Sequence[str]
    ) -> list[OutboxMessage]:
        return self._outbox.select(
            "WHERE entity_id = ? AND message_header_id <> '' AND message_header_id IN"
            " (SELECT value FROM json_each(?)) AND state IN"
            " (SELECT value FROM json_each(?)) ORDER BY changed_at DESC, rowid DESC",
            entity_id,
            json.dumps(list(header_ids)),
            json.dumps(_LEFT),
        )

    def sent_to(
        self, entity_id: EntityId, address: str, since: datetime
    ) -> list[OutboxMessage]:
        return self._outbox.select(
            "WHERE entity_id = ? AND channel = 'email' AND changed_at >= ?"
            " AND instr(char(10) || lower(recipient) || char(10),"
            " char(10) || lower(?) || char(10)) AND state IN"
            " (SELECT value FROM json_each(?)) ORDER BY changed_at DESC, rowid DESC",
            entity_id,
            utc_text(since),
            address,
            json.dumps(_LEFT),
        )
