"""Looks at a file of books before it is written to."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from domain.basics.errors import BooksUnreadableError
from domain.basics.sentences import N_
from storage.database.migrations import SCHEMA

DAMAGED = N_("the file is damaged, or it is not a file of books.")
NEWER = N_("the file was made by a newer version of Relance.")
UNAVAILABLE = N_("the file cannot be read, or another program is using it.")


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
        reason = DAMAGED if _is_damage(problem) else UNAVAILABLE
        raise unreadable(path, reason) from problem


def read_only(path: Path) -> sqlite3.Connection:
    """Connect to a file without being able to change it."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)


def quick_faults(connection: sqlite3.Connection) -> list[str]:
    """Ask SQLite what is wrong with the pages of a file; nothing when all is well."""
    try:
        found = [str(text) for (text,) in connection.execute("PRAGMA quick_check")]
    except sqlite3.DatabaseError as problem:
        if _is_damage(problem):
            return [str(problem)]
        raise
    return [text for text in found if text != "ok"]


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


def _is_damage(problem: sqlite3.DatabaseError) -> bool:
    name = getattr(problem, "sqlite_errorname", "")
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))
