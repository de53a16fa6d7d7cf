"""Copies of a file of books: made while it is used, checked, and put back."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from storage.database import inspection

COPIES_KEPT = 10
_FOLDER = "backups"


def write_copy(
    connection: sqlite3.Connection,
    path: Path,
    complete: Callable[[sqlite3.Connection], None] | None = None,
) -> None:
    """Copy the books to a file, which appears only once complete and checked.

    Copying the file itself would lose what is still in its journal. ``complete`` adds
    to the copy what stands outside the books.

    Raises:
        BooksUnreadableError: the books, and so their copy, are damaged.
        RuntimeError: a group is being written; SQLite would wait for its end.
    """
    if connection.in_transaction:
        message = "Books are copied between two groups of changes, not inside one."
        raise RuntimeError(message)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as copy:
            connection.backup(copy)
            if complete:
                complete(copy)
                copy.commit()
            copy.execute("PRAGMA journal_mode = DELETE")
            if inspection.quick_faults(copy):
                raise inspection.unreadable(path, inspection.DAMAGED)
        _flush(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def keep_dated_copy(
    connection: sqlite3.Connection, path: Path, moment: datetime
) -> Path:
    """Add a dated copy beside the books, and let the oldest ones go."""
    folder = path.parent / _FOLDER
    folder.mkdir(exist_ok=True)
    copy = folder / f"{path.stem}-{_stamp(moment)}{path.suffix}"
    write_copy(connection, copy)
    for old in dated_copies(path)[COPIES_KEPT:]:
        old.unlink()
    return copy


def dated_copies(path: Path) -> list[Path]:
    """List the copies kept beside a file of books, the latest first."""
    pattern = f"{path.stem}-[0-9]*{path.suffix}"
    return sorted((path.parent / _FOLDER).glob(pattern), reverse=True)


def restore(path: Path, copy: Path, moment: datetime) -> Path | None:
    """Put a copy in the place of the books, which must be closed.

    Returns:
        Where the books that were there have been moved, journal included.

    Raises:
        BooksUnreadableError: the copy is damaged, something else, or too recent.
    """
    inspection.inspect(copy)
    ready = path.with_name(f"{path.name}.restored")
    with closing(inspection.read_only(copy)) as connection:
        write_copy(connection, ready)
    aside = path.with_name(f"{path.stem}-replaced-{_stamp(moment)}{path.suffix}")
    was_there = path.exists()
    for ending in ("", "-wal", "-shm"):
        if (piece := Path(f"{path}{ending}")).exists():
            piece.replace(f"{aside}{ending}")
    ready.replace(path)
    return aside if was_there else None


def _stamp(moment: datetime) -> str:
    """Write a moment in local time, as the user looks for it."""
    return f"{moment.astimezone():%Y-%m-%d-%H%M%S}"


def _flush(path: Path) -> None:
    """Wait until the file is on the disk itself."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
