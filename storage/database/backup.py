"""A copy of a file of books, made while it is used, and checked."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from domain.basics.file_problems import FileNotWrittenError, why
from storage.database import inspection


def write_copy(
    connection: sqlite3.Connection,
    path: Path,
    complete: Callable[[sqlite3.Connection], None] | None = None,
    *,
    is_thorough: bool = False,
) -> None:
    """Copy the books to a file, which appears only once complete and checked.

    Copying the file itself would lose what is still in its journal. ``complete`` adds
    to the copy what stands outside the books. A thorough check compares each index
    with its table, which takes five times longer.

    Raises:
        BooksUnreadableError: the books, and so their copy, are damaged.
        FileNotWrittenError: the disk is full, or the folder cannot be written to.
        RuntimeError: a group is being written; SQLite would wait for its end.
    """
    if connection.in_transaction:
        message = "Books are copied between two groups of changes, not inside one."
        raise RuntimeError(message)
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        _write(connection, part, complete)
        with closing(sqlite3.connect(part)) as copy:
            if inspection.faults(copy, is_thorough=is_thorough):
                raise inspection.unreadable(path, inspection.DAMAGED)
        _flush(part)
        part.replace(path)
    except OSError as problem:
        raise FileNotWrittenError(file=str(path), reason=why(problem)) from problem
    except sqlite3.OperationalError as problem:
        reason = inspection.why_not_written(problem)
        raise FileNotWrittenError(file=str(path), reason=reason) from problem
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _write(
    connection: sqlite3.Connection,
    part: Path,
    complete: Callable[[sqlite3.Connection], None] | None,
) -> None:
    with closing(sqlite3.connect(part)) as copy:
        connection.backup(copy)
        if complete:
            complete(copy)
            copy.commit()
        copy.execute("PRAGMA journal_mode = DELETE")


def _flush(path: Path) -> None:
    """Wait until the file is on the disk itself."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
