"""What left after a copy was made stays known in the books restored from it.

Otherwise they would propose it again, and a customer would receive it twice.
"""

import sqlite3
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from domain.basics.identifiers import DocumentId, MessageId
from domain.copies import FirmUnknownToCopyError
from domain.dunning import journal
from domain.dunning.journal import JournalEnd, JournalRecord
from storage.database import departures, erasing
from storage.database.shelf import FOLDER

_LEFT = "('sent', 'uncertain', 'sending')"
_CARRIED = "SELECT id FROM temp.carried"
# Each table, and which of its rows the present books hand over, in an order in which
# each finds what it names. « was » are the books that are replaced.
_ROWS = (
    (
        "documents",
        f"""(id IN (SELECT document_id FROM was.outbox WHERE id IN ({_CARRIED}))
        OR id IN (SELECT document_id FROM was.activities
            WHERE id IN (SELECT id FROM temp.told)))
        AND id NOT IN (SELECT id FROM main.documents)""",
    ),
    ("batches", f"id IN (SELECT batch_id FROM was.outbox WHERE id IN ({_CARRIED}))"),
    ("outbox", f"id IN ({_CARRIED})"),
    ("outbox_items", f"message_id IN ({_CARRIED})"),
    ("attempts", f"message_id IN ({_CARRIED})"),
    ("activities", "id IN (SELECT id FROM temp.told)"),
    ("activity_items", "activity_id IN (SELECT id FROM temp.told)"),
    ("level_changes", "activity_id IN (SELECT id FROM temp.told)"),
)
_CUSTOMERS = f"""id IN (SELECT customer_id FROM was.outbox WHERE id IN ({_CARRIED}))
    AND id NOT IN (SELECT id FROM main.customers)"""
# Contacts made since, whoever made them: what reached a customer counts.
_TOLD = """
    SELECT id FROM was.activities
    WHERE kind IN ('advance_notice', 'reminder', 'thank_you', 'call', 'other_contact')
    AND customer_id IN (SELECT id FROM main.customers)
    AND id NOT IN (SELECT id FROM main.activities)
    AND id NOT IN (SELECT activity_id FROM was.undone_activities)
"""


def carry(books: sqlite3.Connection, was: Path) -> int:
    """Hand over what left, or may have, from the books that are replaced.

    Everything of it counts as before: states, levels, history, journal. Returns how
    many messages.

    Raises:
        FirmUnknownToCopyError: a firm made since has sent something.
        sqlite3.DatabaseError: the books that are replaced cannot be read.
    """
    books.execute(f"ATTACH '{_uri(was)}?mode=ro' AS was")
    try:
        books.execute("BEGIN IMMEDIATE")
        try:
            count = _carry(books)
            books.execute("COMMIT")
        except BaseException:
            if books.in_transaction:
                books.execute("ROLLBACK")
            raise
    finally:
        for name in ("carried", "told"):
            books.execute(f"DROP TABLE IF EXISTS temp.{name}")
        books.execute("DETACH was")
    return count


def hold_everything(books: sqlite3.Connection) -> None:
    """Let nothing leave by itself that waited when the copy was made."""
    books.execute("UPDATE outbox SET is_released = 0 WHERE state = 'queued'")


def doubt_departures(books: sqlite3.Connection, path: Path) -> tuple[int, int]:
    """Put in doubt what left by the lines outside the books, and they do not know.

    Returns how many are now for a person to check, and how many were to customers
    that these books do not know.
    """
    doubted = unknown = 0
    for line in _latest_lines(path):
        message = line["message"]
        state = books.execute(
            f"SELECT state IN {_LEFT} FROM outbox WHERE id = ?", (message["id"],)
        ).fetchone()
        if state and state[0]:
            continue
        known = books.execute(
            "SELECT 1 FROM customers WHERE id = ?", (message["customer_id"],)
        ).fetchone()
        if known:
            with _group(books):
                _doubt(books, line, path)
            doubted += 1
        else:
            unknown += 1
    return doubted, unknown


def _carry(books: sqlite3.Connection) -> int:
    books.execute("PRAGMA defer_foreign_keys = ON")
    _refuse_unknown_firms(books)
    books.execute(
        f"CREATE TEMP TABLE carried AS SELECT id FROM was.outbox WHERE state IN {_LEFT}"
        " AND id NOT IN (SELECT id FROM main.outbox WHERE state = 'sent')"
    )
    books.execute(
        "UPDATE main.outbox SET state = 'withdrawn' WHERE dedupe IN"
        f" (SELECT dedupe FROM was.outbox WHERE id IN ({_CARRIED}))"
        f" AND id NOT IN ({_CARRIED})"
    )
    books.execute(f"DELETE FROM main.outbox_items WHERE message_id IN ({_CARRIED})")
    books.execute(f"DELETE FROM main.attempts WHERE message_id IN ({_CARRIED})")
    _hand_over(books, "customers", _CUSTOMERS)
    books.execute(f"CREATE TEMP TABLE told AS {_TOLD}")
    for table, rows in _ROWS:
        _hand_over(books, table, rows)
    _go_on_with_journal(books)
    erasing.erase_again(books)
    count: int = books.execute("SELECT count(*) FROM temp.carried").fetchone()[0]
    return count


def _refuse_unknown_firms(books: sqlite3.Connection) -> None:
    found = books.execute(
        "SELECT name FROM was.entities WHERE id NOT IN (SELECT id FROM main.entities)"
        f" AND id IN (SELECT entity_id FROM was.outbox WHERE state IN {_LEFT})"
    ).fetchone()
    if found:
        raise FirmUnknownToCopyError(entity=found[0])


def _hand_over(books: sqlite3.Connection, table: str, rows: str) -> None:
    """Copy rows by the names of their columns: each file made them in its own order."""
    columns = [
        name for name in _columns(books, "was", table)
        if name in set(_columns(books, "main", table))
    ]  # fmt: skip
    # A profile made since is not there: the customer follows the usual one.
    wanted = [
        "CASE WHEN profile_id IN (SELECT id FROM main.profiles) THEN profile_id END"
        if (table, name) == ("customers", "profile_id")
        else f'"{name}"'
        for name in columns
    ]
    names = ", ".join(f'"{name}"' for name in columns)
    books.execute(
        f"INSERT OR REPLACE INTO main.{table} ({names})"
        f" SELECT {', '.join(wanted)} FROM was.{table} WHERE {rows}"
    )


def _columns(books: sqlite3.Connection, schema: str, table: str) -> list[str]:
    found = books.execute(f"PRAGMA {schema}.table_info({table})")
    return [row[1] for row in found]


def _go_on_with_journal(books: sqlite3.Connection) -> None:
    """Add the records made since, each chained to the one before it."""
    known = {row[0] for row in books.execute("SELECT event FROM main.journal")}
    row = books.execute("SELECT count, hash FROM main.journal_end").fetchone()
    end = JournalEnd(count=row[0], hash=row[1]) if row else JournalEnd()
    events = books.execute("SELECT event FROM was.journal ORDER BY number").fetchall()
    for (event,) in events:
        if event not in known:
            end = _add_record(books, end, event)
    books.execute(
        "INSERT OR REPLACE INTO main.journal_end (one, count, hash) VALUES (1, ?, ?)",
        (end.count, end.hash),
    )


def _add_record(books: sqlite3.Connection, end: JournalEnd, event: str) -> JournalEnd:
    number, text = end.count + 1, event.encode()
    record = JournalRecord(
        number=number,
        event=text,
        previous=end.hash,
        hash=journal.link(number, end.hash, journal.seal(text)),
    )
    books.execute(
        "INSERT INTO main.journal (number, event, previous, hash) VALUES (?, ?, ?, ?)",
        (number, event, record.previous, record.hash),
    )
    return JournalEnd(count=number, hash=record.hash)


def _latest_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Read the last line of each message: it may have been tried several times."""
    latest = {line["message"].get("id"): line for line in departures.read(path)}
    yield from latest.values()


def _doubt(books: sqlite3.Connection, line: dict[str, Any], path: Path) -> None:
    message, at = dict(line["message"]), line["at"]
    words = _words(path.parent / FOLDER, message.get("document_id"))
    if words is None:
        message["document_id"] = None
    elif words["file"]:
        books.execute(
            "INSERT OR IGNORE INTO documents"
            " (id, name, mime, is_compressed, content, is_outside)"
            " VALUES (?, ?, ?, 0, x'', 1)",
            (message["document_id"], words["file"], words["mime"]),
        )
    known = {row[0] for row in books.execute("SELECT id FROM batches")}
    if message.get("batch_id") not in known:
        message["batch_id"] = None
    message |= {
        "state": "uncertain", "changed_at": at, "body": "", "copies": "", "sender": "",
        "answer": "", "subject": words["subject"] if words else "",
        "recipient": words["to"] if words else "",
    }  # fmt: skip
    books.execute(
        "UPDATE outbox SET state = 'withdrawn' WHERE dedupe = ? AND id <> ?",
        (message["dedupe"], message["id"]),
    )
    books.execute("DELETE FROM outbox_items WHERE message_id = ?", (message["id"],))
    columns = [name for name in _columns(books, "main", "outbox") if name in message]
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" for _ in columns)
    books.execute(
        f"INSERT OR REPLACE INTO outbox ({names}) VALUES ({marks})",
        [message[name] for name in columns],
    )
    books.executemany(
        "INSERT INTO outbox_items (message_id, item_id, left_cents, currency, level)"
        " VALUES (?, ?, ?, ?, ?)",
        [(MessageId(message["id"]), *item) for item in line["items"]],
    )


def _words(folder: Path, document_id: DocumentId | None) -> dict[str, str] | None:
    """Read whom an e-mail was to, and its subject, in its file beside the books."""
    if not document_id:
        return None
    place = folder / document_id[:2] / document_id[2:4]
    file = next(iter(place.glob(f"{document_id}*")), None)
    if file is None:
        return None
    if file.suffix != ".eml":
        mime = {".pdf": "application/pdf"}.get(file.suffix, "application/octet-stream")
        return {"file": file.name, "mime": mime, "subject": "", "to": ""}
    head = message_from_bytes(file.read_bytes(), policy=policy.default)
    to = "\n".join(a.addr_spec for a in getattr(head["to"], "addresses", ()))
    return {
        "file": file.name,
        "mime": "message/rfc822",
        "subject": str(head["subject"] or ""),
        "to": to,
    }


def _uri(path: Path) -> str:
    return path.absolute().as_uri().replace("'", "''")


class _group:  # noqa: N801 - reads as a word of the language
    """All of it, or nothing."""

    def __init__(self, books: sqlite3.Connection) -> None:
        self._books = books

    def __enter__(self) -> None:
        self._books.execute("BEGIN IMMEDIATE")
        self._books.execute("PRAGMA defer_foreign_keys = ON")

    def __exit__(self, kind: object, *_rest: object) -> None:
        self._books.execute("ROLLBACK" if kind else "COMMIT")
