"""Looks at a file of books before it is written to."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from domain.basics.errors import BooksUnreadableError
from domain.basics.file_problems import DISK_FULL
from domain.basics.sentences import N_
from storage.database.migrations import SCHEMA

DAMAGED = N_("the file is damaged, or it is not a file of books.")
NEWER = N_("the file was made by a newer version of Relance.")
UNAVAILABLE = N_("the file cannot be read, or another program is using it.")
MISSING = N_("the file has gone, while copies of it are kept.")
IN_USE = N_("another program is writing to the books, and does not end.")
READ_ONLY = N_("the folder or the file of the books can only be read.")
REFUSED = N_("the disk refuses to write; it may be full, or disconnected.")
QUICK_SECONDS = 5.0
"""How long a start may spend reading the whole file; « check » takes its time."""
_STEPS = 20_000
"""Of SQLite's machine, between two looks at the clock."""


def inspect(path: Path) -> None:
    """Refuse a file that this version should not write to.

    The file is opened for reading only: a damaged one stays as it is.

    Raises:
        BooksUnreadableError: it is damaged, something else, or too recent.
    """
    with readable(path), closing(read_only(path)) as connection:
        if quick_faults(connection):
            raise unreadable(path, DAMAGED)
        _check_steps(path, Database(connection, execute_plugins=False))


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn SQLite's refusals into ours."""
    try:
        yield
    except sqlite3.DatabaseError as problem:
        raise unreadable(path, _why_not_read(problem)) from problem


def read_only(path: Path) -> sqlite3.Connection:
    """Connect to a file without being able to change it."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)


def quick_faults(connection: sqlite3.Connection) -> list[str]:
    """Ask what is wrong with the pages of a file, as far as a few seconds go."""
    limit = time.monotonic() + QUICK_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > limit, _STEPS)
    try:
        return faults(connection, is_thorough=False)
    except sqlite3.OperationalError as problem:
        if problem.sqlite_errorname == "SQLITE_INTERRUPT":
            return []
        raise
    finally:
        connection.set_progress_handler(None, 0)


def faults(connection: sqlite3.Connection, *, is_thorough: bool) -> list[str]:
    """Ask SQLite what is wrong with a file; nothing when all is well."""
    check = "integrity_check" if is_thorough else "quick_check"
    try:
        found = [str(text) for (text,) in connection.execute(f"PRAGMA {check}")]
    except sqlite3.DatabaseError as problem:
        if _is_damage(problem):
            return [str(problem)]
        raise
    return [text for text in found if text != "ok"]


def why_not_written(problem: sqlite3.OperationalError) -> str:
    """Say why SQLite could not write, in the user's words."""
    name = getattr(problem, "sqlite_errorname", "")
    if name.startswith("SQLITE_FULL"):
        return DISK_FULL
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return IN_USE
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return READ_ONLY
    return REFUSED if name.startswith("SQLITE_IOERR") else str(problem)


def unreadable(path: Path, reason: str) -> BooksUnreadableError:
    """Make the refusal that names the folder of the books."""
    return BooksUnreadableError(folder=str(path.parent), reason=reason)


def _check_steps(path: Path, db: Database) -> None:
    applied = {step.name for step in SCHEMA.applied(db)}
    # To an empty database, every step this version knows is still to come.
    known = {step.name for step in SCHEMA.pending(Database(memory=True))}
    if not applied:
        raise unreadable(path, DAMAGED)
    if applied - known:
        raise unreadable(path, NEWER)


def _why_not_read(problem: sqlite3.DatabaseError) -> str:
    if _is_damage(problem):
        return DAMAGED
    name = getattr(problem, "sqlite_errorname", "")
    if name.startswith(("SQLITE_IOERR_SHM", "SQLITE_FULL")):
        return REFUSED  # even reading makes a small file beside the books
    return IN_USE if name.startswith("SQLITE_BUSY") else UNAVAILABLE


def _is_damage(problem: sqlite3.DatabaseError) -> bool:
    name = getattr(problem, "sqlite_errorname", "")
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))
