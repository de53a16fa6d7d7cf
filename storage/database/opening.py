"""Connects to a file of books, and brings it up to date."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from domain.copies import CopyReason
from storage.database import copies, inspection
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
    is_new = _is_new(path)
    if not is_new:
        inspection.inspect(path)
    with inspection.readable(path):
        connection = _connect(str(path))
    try:
        mode = "DELETE" if is_on_network(path.parent) else "WAL"
        return _prepared(connection, None if is_new else path, mode)
    except BaseException as problem:
        connection.close()
        if isinstance(problem, sqlite3.OperationalError):
            reason = inspection.why_not_written(problem)
            if reason != str(problem):
                raise inspection.unreadable(path, reason) from problem
        raise


def _is_new(path: Path) -> bool:
    """Whether books are to be made; those emptied or gone by accident have copies."""
    if path.exists() and path.stat().st_size:
        return False
    if not copies.listed(path):
        return True
    raise inspection.unreadable(
        path, inspection.DAMAGED if path.exists() else inspection.MISSING
    )


def make_empty(path: Path) -> None:
    """Make books that hold nothing, although copies of others are kept there."""
    _prepared(_connect(str(path)), None).close()


def bring_up_to_date(path: Path) -> sqlite3.Connection:
    """Connect to a file of our own making, with the schema of this version."""
    connection = _connect(str(path))
    return _prepared(connection, None, "DELETE")


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
            moment = datetime.now(tz=UTC)
            copies.keep(connection, to_copy, CopyReason.UPDATE, moment)
        with db.atomic():
            SCHEMA.apply(db)
    # WAL shares memory between programs, which a drive of another computer cannot:
    # https://www.sqlite.org/wal.html, section 1.
    connection.execute(f"PRAGMA journal_mode = {mode}")
    # A reminder noted as sent must survive a power cut.
    connection.execute("PRAGMA synchronous = FULL")
    return connection
