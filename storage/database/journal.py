"""Keeps the journal of what left, and reads again all that it proves."""

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime

from domain.basics.identifiers import DocumentId
from domain.dunning.journal import (
    Fault,
    JournalEnd,
    JournalEvent,
    JournalRecord,
    What,
    following,
)
from storage.database.departures import Departures
from storage.database.shelf import Shelf

_BY_A_PERSON = (What.PRINTED, What.DECLARED)
"""What leaves on paper; an e-mail is noted before its first byte."""
CHANGES = (
    """ALTER TABLE documents ADD COLUMN is_outside INTEGER NOT NULL DEFAULT 0
        CHECK (is_outside IN (0, 1))""",
    "CREATE INDEX documents_inside ON documents (id) WHERE NOT is_outside",
    """CREATE TABLE journal (
        number INTEGER PRIMARY KEY,
        event TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE journal_end (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        count INTEGER NOT NULL, hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
        BEGIN SELECT raise(ABORT, 'the journal is only added to'); END""",
    """CREATE TRIGGER journal_is_not_shortened BEFORE DELETE ON journal
        BEGIN SELECT raise(ABORT, 'the journal is only added to'); END""",
)


def begin(connection: sqlite3.Connection) -> None:
    """Make the journal, begun by what had left before there was one."""
    for statement in CHANGES:
        connection.execute(statement)
    journal = SqliteJournalStore(connection, Shelf(connection, None))
    for row in connection.execute(
        "SELECT entity_id, customer_id, id, document_id, message_header_id, changed_at"
        " FROM outbox WHERE state = 'sent' ORDER BY changed_at, rowid"
    ).fetchall():
        at = datetime.fromisoformat(row[5])
        journal.append(
            JournalEvent(
                what=What.KNOWN,
                at=at,
                on=at.date(),
                entity_id=row[0],
                customer_id=row[1],
                message_id=row[2],
                document_id=row[3],
                header_id=row[4],
            )
        )


class SqliteJournalStore:
    """The journal; only ever added to, inside the transaction it proves."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        shelf: Shelf,
        departures: Departures | None = None,
    ) -> None:
        self._connection = connection
        self._shelf = shelf
        self._departures = departures

    def append(self, event: JournalEvent) -> None:
        if self._departures and event.what in _BY_A_PERSON:
            self._departures.note(self._connection, event.message_id, event.at)
        record = following(self.end(), event)
        self._connection.execute(
            "INSERT INTO journal (number, event, previous, hash) VALUES (?, ?, ?, ?)",
            (record.number, record.event.decode(), record.previous, record.hash),
        )
        self._connection.execute(
            "INSERT INTO journal_end (one, count, hash) VALUES (1, ?, ?)"
            " ON CONFLICT (one) DO UPDATE SET count = excluded.count,"
            " hash = excluded.hash",
            (record.number, record.hash),
        )

    def end(self) -> JournalEnd:
        row = self._connection.execute("SELECT count, hash FROM journal_end").fetchone()
        return JournalEnd(count=row[0], hash=row[1]) if row else JournalEnd()

    def records(self) -> Iterator[JournalRecord]:
        # As bytes: what was altered may be no text any more.
        for number, event, previous, own in self._connection.execute(
            "SELECT number, CAST(event AS BLOB), CAST(previous AS BLOB),"
            " CAST(hash AS BLOB) FROM journal ORDER BY number"
        ):
            yield JournalRecord(
                number=number,
                event=event,
                previous=previous.decode("utf-8", "replace"),
                hash=own.decode("utf-8", "replace"),
            )

    def documents(self) -> Mapping[DocumentId, str]:
        return self._shelf.names()

    def document_fault(self, document_id: DocumentId) -> Fault | None:
        return self._shelf.fault(document_id)

    def strays(self) -> list[str]:
        return self._shelf.strays()
