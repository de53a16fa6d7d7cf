"""Import a large ledger from end to end in a process of its own, and time it.

Run as ``python -m tests.benchmarks.large_import FOLDER``, the folder holding
``first.txt`` and ``newer.txt``; prints one JSON object of seconds and MiB.
"""

import json
import resource
import sqlite3
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from domain.ledger.entity import Entity
from domain.ports import Books
from domain.usecases.accepting import accept_import
from domain.usecases.configuring import create_entity, new_entity
from domain.usecases.importing import preview_import, undo_last_import
from storage.database.books import open_books
from storage.outside import Outside

TODAY = date(2026, 12, 31)
NOW = datetime(2026, 12, 31, 12, tzinfo=UTC)
CPU = ", CPU"
_MEBI = 1024


class Clock:
    """What each thing took, in the order it was done."""

    def __init__(self) -> None:
        self.figures: dict[str, float] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        start, start_busy = time.perf_counter(), time.process_time()
        yield
        self.figures[name] = round(time.perf_counter() - start, 2)
        self.figures[f"{name}{CPU}"] = round(time.process_time() - start_busy, 2)

    def note_peak(self, name: str) -> None:
        """Note the most memory the process ever took."""
        kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        self.figures[name] = round(kib / _MEBI)


def main(folder: Path) -> None:
    """Import, import again, import a newer file, take it back; then the limit."""
    clock = Clock()
    outside = Outside()
    with closing(open_books(folder / "relance.db")) as books:
        entity = new_entity("Négoce Exemple")
        create_entity(books, entity, outside.documents.starting_texts())
        clock.note_peak("peak before")
        for name, file in (
            ("first", "first.txt"),
            ("again", "first.txt"),
            ("newer", "newer.txt"),
        ):
            _import(clock, name, books, entity, folder / file)
            clock.note_peak(f"{name}: peak")
        with clock("undo"):
            undo_last_import(books, entity.id, TODAY, NOW)
        clock.note_peak("undo: peak")
    _time_the_limit(clock, folder)
    sys.stdout.write(json.dumps(clock.figures))


def _import(clock: Clock, name: str, books: Books, entity: Entity, path: Path) -> None:
    with clock(f"{name}: in all"):
        with clock(f"{name}: read"):
            source = Outside().files.read(path.name, path.read_bytes())
        with clock(f"{name}: preview"):
            preview = preview_import(books, source, entity.id, TODAY)
        with clock(f"{name}: accept"):
            record = accept_import(books, preview, NOW)
    clock.figures[f"{name}: lines"] = source.lines_read
    clock.figures[f"{name}: entries"] = record.entries
    clock.figures[f"{name}: new"] = record.new


def _time_the_limit(clock: Clock, folder: Path) -> None:
    """Time the least that must be done, with the rows that the app made.

    The limit: the bytes of the whole file, and the customers' entries. More than it:
    the other rows that the app keeps, then every line of the file as it is.
    """
    with closing(sqlite3.connect(folder / "relance.db")) as books:
        rows = {
            table: books.execute(f"SELECT * FROM {table}").fetchall()
            for table in ("entries", "items", "allocations", "import_changes")
        }
    target = folder / "limit.db"
    open_books(target).close()
    with clock("limit"):
        (folder / "first.txt").read_bytes()
        _insert(target, {"entries": rows.pop("entries")})
    with clock("limit, other rows"):
        _insert(target, rows)
    lines = (folder / "first.txt").read_bytes().split(b"\r\n")[1:-1]
    every_line = [line.split(b"\t") for line in lines]
    with closing(sqlite3.connect(target)) as books:
        columns = ", ".join(f"c{number}" for number in range(18))
        books.execute(f"CREATE TABLE every_line ({columns})")
    with clock("limit, every line"):
        (folder / "first.txt").read_bytes()
        _insert(target, {"every_line": every_line})


def _insert(target: Path, rows: Mapping[str, Sequence[Sequence[object]]]) -> None:
    with closing(sqlite3.connect(target)) as books:
        for table, values in rows.items():
            marks = ", ".join("?" * len(values[0]))
            books.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
        books.commit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
