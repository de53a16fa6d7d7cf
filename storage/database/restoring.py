"""Puts a copy in the place of the books: entirely, or not at all.

The copy is made ready in a file of its own: brought up to date, told what was sent
since, checked. Only then does it take the place of the books, by one transaction of
SQLite where they can be written to, else by moving them aside. Whatever is killed in
between, the books are those of before or those of after.
"""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from domain.basics.errors import BooksUnreadableError
from domain.basics.file_problems import FileNotWrittenError, why
from domain.copies import (
    BooksInUseError,
    CopiesPlace,
    CopyPreview,
    CopyReason,
    KeptCopy,
    Restored,
)
from storage.database import (
    backup,
    carrying,
    comparing,
    copies,
    inspection,
    opening,
)

_PATIENCE = 5.0
"""Seconds that a restoration waits for another program to end its writing."""
_PIECES = ("", "-wal", "-shm", "-journal")


class FileCopies:
    """The copies of one file of books."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> list[KeptCopy]:
        return copies.listed(self._path)

    def place(self) -> CopiesPlace:
        return copies.place(self._path)

    def choose(self, folder: str) -> None:
        copies.choose(self._path, folder)

    def preview(self, file: str) -> CopyPreview:
        return comparing.preview(self._path, Path(file))

    def restore(self, file: str, now: datetime) -> Restored:
        return restore(self._path, Path(file), now)

    def start_empty(self, now: datetime) -> str:
        aside = set_aside(self._path, now)
        opening.make_empty(self._path)
        return str(aside or "")


def restore(path: Path, copy: Path, now: datetime) -> Restored:
    """Put a copy in the place of the books, which are kept as they were.

    Raises:
        BooksUnreadableError: the copy is damaged, something else, or too recent.
        BooksInUseError: another program is writing to the books.
        FileNotWrittenError: there is no room for the copy; the books are untouched.
        FirmUnknownToCopyError: what a firm made since has sent would be forgotten.
    """
    inspection.inspect(copy)
    ready = path.with_name(f"{path.name}.restored")
    _remove(ready)
    try:
        with inspection.readable(copy), closing(inspection.read_only(copy)) as source:
            backup.write_copy(source, ready)
        is_sound = _is_sound(path)
        stamp = _stamp(path) if is_sound else None
        kept_sent, doubted, unknown = _complete(ready, path, is_sound=is_sound)
        copies.bring_documents_back(path)
        if is_sound:
            aside: Path | None = _replace_content(path, ready, now, stamp)
        else:
            aside = set_aside(path, now)
            ready.replace(path)
    except OSError as problem:
        raise FileNotWrittenError(file=str(path), reason=why(problem)) from problem
    finally:
        _remove(ready)
    return Restored(
        set_aside=str(aside or ""),
        kept_sent=kept_sent,
        doubted=doubted,
        unknown=unknown,
    )


def set_aside(path: Path, now: datetime) -> Path | None:
    """Move books that cannot be opened to a name of their own; nothing is deleted.

    The file itself goes last: until then it is found damaged again, not gone.
    """
    moved = [piece for piece in _PIECES if Path(f"{path}{piece}").exists()]
    if not moved:
        return None
    base = f"{path.stem}-damaged-{copies.stamp(now)}"
    aside, turn = path.with_name(f"{base}{path.suffix}"), 1
    while aside.exists():
        turn += 1
        aside = path.with_name(f"{base}-{turn}{path.suffix}")
    try:
        for piece in sorted(moved, reverse=True):
            Path(f"{path}{piece}").replace(f"{aside}{piece}")
    except OSError as problem:
        raise FileNotWrittenError(file=str(aside), reason=why(problem)) from problem
    return aside


def _is_sound(path: Path) -> bool:
    """Bring the books up to date, so that they can be compared; False if they fail."""
    if not path.exists():
        return False
    try:
        opening.opened(path).close()
    except BooksUnreadableError as problem:
        if problem.details["reason"] == inspection.IN_USE:
            raise BooksInUseError from problem
        return False
    return True


def _complete(ready: Path, path: Path, *, is_sound: bool) -> tuple[int, int, int]:
    """Bring the copy up to date, and tell it what left since it was made."""
    opening.bring_up_to_date(ready).close()
    books = sqlite3.connect(ready.absolute().as_uri(), uri=True, isolation_level=None)
    kept_sent = doubted = unknown = 0
    with closing(books), inspection.readable(ready):
        books.execute("PRAGMA foreign_keys = ON")
        try:
            if path.exists():
                kept_sent = carrying.carry(books, path)
        except sqlite3.DatabaseError:
            if is_sound:
                raise
        if not is_sound:
            doubted, unknown = carrying.doubt_departures(books, path)
        carrying.hold_everything(books)
        if inspection.faults(books, is_thorough=True):
            raise inspection.unreadable(ready, inspection.DAMAGED)
    with ready.open("rb+") as file:
        os.fsync(file.fileno())
    return kept_sent, doubted, unknown


def _replace_content(
    path: Path, ready: Path, now: datetime, stamp: tuple[int, ...] | None
) -> Path:
    """Keep the books as they are, then write the copy over them, in one transaction."""
    live = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    with closing(live):
        aside = copies.keep(live, path, CopyReason.RESTORE, now)
        try:
            live.execute("PRAGMA synchronous = FULL")
            live.execute("BEGIN IMMEDIATE")
            live.execute("ROLLBACK")
            if _stamp(path) != stamp:
                raise BooksInUseError  # written to meanwhile: it would be lost
            with closing(inspection.read_only(ready)) as source:
                source.backup(live)
        except sqlite3.OperationalError as problem:
            reason = inspection.why_not_written(problem)
            if reason == inspection.IN_USE:
                raise BooksInUseError from problem
            raise FileNotWrittenError(file=str(path), reason=reason) from problem
    return aside


def _stamp(path: Path) -> tuple[int, ...]:
    """Tell the state of the file and of its journal: a writing changes one of them."""
    found: list[int] = []
    for piece in ("", "-wal"):
        with suppress(OSError):
            state = Path(f"{path}{piece}").stat()
            # An emptied journal comes and goes with each connection.
            found += [state.st_size, state.st_mtime_ns] if state.st_size else []
    return tuple(found)


def _remove(ready: Path) -> None:
    for piece in _PIECES:
        with suppress(OSError):
            Path(f"{ready}{piece}").unlink()
