"""Connects to a file of books, and brings it up to date."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from storage.database import backup, inspection
from storage.database.migrations import SCHEMA
from storage.database.views.remembering import RememberingConnection
from storage.shared_places import is_on_network

_CACHE_KIB = 8 * 1024
_PATIENCE = 60.0
"""Seconds that a change waits for another connection, which may be importing."""


def opened(path: Path | None) -> sqlite3.Connection:
    """Connect to a file, or to memory, with the schema of this version.

    A file that was made by an older version is copied before it is changed.

    Raises:
        BooksUnreadableError: the file is damaged, something else, or too recent.
    """
    if path is None:
        return _prepared(_connect(":memory:"), None)
    is_new = not path.exists() or _was_never_filled(path)
    if not is_new:
        inspection.inspect(path)
    with inspection.readable(path):
        connection = _connect(str(path))
    try:
        mode = "DELETE" if is_on_network(path.parent) else "WAL"
        return _prepared(connection, None if is_new else path, mode)
    except BaseException:
        connection.close()
        raise


def _was_never_filled(path: Path) -> bool:
    """Whether making the books was cut short; an emptied file has copies."""
    return path.stat().st_size == 0 and not backup.dated_copies(path)


def _connect(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        name, timeout=_PATIENCE, isolation_level=None, factory=RememberingConnection
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return connection


def _prepared(
    connection: sqlite3.Connection, to_copy: Path | None, mode: str = "WAL"
) -> sqlite3.Connection:
    """Apply the steps still to come, all or none."""
    db = Database(connection, execute_plugins=False)
    if SCHEMA.pending(db):
        if to_copy:
            backup.keep_dated_copy(connection, to_copy, datetime.now(tz=UTC))
        with db.atomic():
            SCHEMA.apply(db)
    # WAL shares memory between programs, which a drive of another computer cannot:
    # https://www.sqlite.org/wal.html, section 1.
    connection.execute(f"PRAGMA journal_mode = {mode}")
    # A reminder noted as sent must survive a power cut.
    connection.execute("PRAGMA synchronous = FULL")
    return connection
