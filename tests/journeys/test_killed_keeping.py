"""Imports, sends, migrations, copies and restorations killed at random instants.

A few kills are part of the suite. For hundreds:
``RELANCE_KEEPING_KILLS=500 pytest tests/journeys/test_killed_keeping.py -s``.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from storage.database.books import open_books
from storage.database.restoring import FileCopies
from tests.journeys.command import a_fec, a_fec_line
from tests.journeys.killed_keeper import COPY, FILE, OPERATIONS
from tests.journeys.sending import CODES, ROOT, Firm, prepared
from tests.mail_server import smtp_server

__all__ = ["prepared"]
KILLS = int(os.environ.get("RELANCE_KEEPING_KILLS", "12"))
EACH = -(-KILLS // len(OPERATIONS))
LONG = 60_000.0

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="No fork here.")

Sums = tuple[object, ...]


@dataclass(kw_only=True)
class Keeper:
    """A process that works as often as asked, and says how each work ended."""

    process: subprocess.Popen[str]

    def work(
        self, operation: str, folder: Path, milliseconds: float
    ) -> tuple[float, int]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{operation}\t{folder}\t{milliseconds}\n")
        self.process.stdin.flush()
        lived, ended_by = self.process.stdout.readline().split("\t")
        return float(lived), int(ended_by)


@pytest.fixture(scope="module")
def keeper() -> Iterator[Keeper]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST", "NICEGUI"))
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.killed_keeper"],
        cwd=ROOT,
        env={**inherited, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Keeper(process=process)
        assert process.stdin
        process.stdin.close()


@pytest.fixture(scope="module")
def start(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Books with a copy of another state, and a file that would change the balance."""
    folder = copytree(prepared, tmp_path_factory.mktemp("start") / "books")
    lines = [
        a_fec_line(f"G{n}", "100,00", code=CODES[n % len(CODES)], day="20260115")
        for n in range(600)
    ]
    a_fec(folder, *lines[:5], name=FILE)
    with closing(open_books(folder / "relance.db")) as books:
        books.backup(str(folder / COPY))
        books._connection.execute("UPDATE entries SET debit_cents = debit_cents + 7")
        books._connection.execute(
            "UPDATE items SET invoiced_cents = invoiced_cents + 7"
        )
    a_fec(folder, *lines, name=FILE)
    return folder


def sums(file: Path) -> Sums:
    """Check the pages, and add up all that counts: entries, items, what was sent."""
    with closing(sqlite3.connect(file)) as books:
        assert books.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert books.execute("PRAGMA foreign_key_check").fetchall() == []
        found = [
            books.execute(asked).fetchone()
            for asked in (
                "SELECT count(*), sum(debit_cents), sum(credit_cents) FROM entries",
                "SELECT count(*), sum(invoiced_cents), sum(settled_cents) FROM items",
                "SELECT count(*) FROM imports",
                "SELECT count(*) FROM _sqlite_migrations",
            )
        ]
        entries, items = found[0], found[1]
        assert entries[1] - entries[2] == items[1] - items[2]
        return tuple(found)


def broken(folder: Path) -> None:
    """Leave of the books what a failing disk may: their size."""
    file = folder / "relance.db"
    file.write_bytes(bytes(file.stat().st_size))


def nothing(_folder: Path) -> None:
    """Leave the books as they are."""


@pytest.mark.parametrize("operation", ["import", "migration", "backup", "restore"])
def test_killed_at_any_instant_the_books_are_those_of_before_or_after(
    operation: str, keeper: Keeper, start: Path, tmp_path: Path
) -> None:
    former = sums(start / COPY)

    def check(folder: Path, states: set[Sums]) -> None:
        assert sums(folder / "relance.db") in states
        assert sums(folder / COPY) in {former, *states}
        for copy in (folder / "backups").glob("*.db"):
            sums(copy)

    told = killed_again_and_again(operation, keeper, start, tmp_path, nothing, check)
    print(f"\n{operation}: {told}")  # noqa: T201 - for whoever asks for hundreds


def test_a_killed_rescue_loses_neither_the_damaged_file_nor_the_copy(
    keeper: Keeper, start: Path, tmp_path: Path
) -> None:
    former = sums(start / COPY)

    def check(folder: Path, _states: set[Sums]) -> None:
        file = folder / "relance.db"
        size = (start / "relance.db").stat().st_size
        remains = [file, *folder.glob("relance-damaged-*.db")]
        assert bytes(size) in [f.read_bytes() for f in remains if f.exists()]
        if not file.exists() or not any(file.read_bytes()[:16]):
            now = datetime.now(UTC)
            FileCopies(file).restore(str(folder / COPY), now)
        assert sums(file) == former
        assert bytes(size) in [
            f.read_bytes() for f in folder.glob("relance-damaged-*.db")
        ]

    told = killed_again_and_again("rescue", keeper, start, tmp_path, broken, check)
    print(f"\nrescue: {told}")  # noqa: T201


def killed_again_and_again(
    operation: str,
    keeper: Keeper,
    start: Path,
    tmp_path: Path,
    prepare: Callable[[Path], None],
    check: Callable[[Path, set[Sums]], None],
) -> str:
    """Let it work once to its end, then kill it at instants of that time."""
    whole = copytree(start, tmp_path / "whole")
    prepare(whole)
    duration, ended_by = keeper.work(operation, whole, LONG)
    assert ended_by == 0
    states = {sums(start / "relance.db"), sums(whole / "relance.db")}
    chance = random.Random(operation)  # noqa: S311 - not a secret
    killed = after = 0
    for turn in range(EACH):
        folder = copytree(start, tmp_path / str(turn))
        prepare(folder)
        _lived, by = keeper.work(operation, folder, chance.uniform(0.02, 1) * duration)
        killed += by == signal.SIGKILL
        check(folder, states)
        after += sums(folder / "relance.db") == sums(whole / "relance.db")
        rmtree(folder)
    return f"{killed} killed of {EACH}, {after} found after, {duration:.0f} ms each"


def test_sending_killed_at_any_instant_sends_nothing_twice(
    keeper: Keeper, start: Path, tmp_path: Path
) -> None:
    chance = random.Random("send")  # noqa: S311
    killed = turns = 0
    while turns < EACH:
        with smtp_server() as server:
            firm = Firm(copytree(start, tmp_path / str(turns)), server)
            before = sums(firm.folder / "relance.db")
            for _ in range(min(10, EACH - turns)):
                turns += 1
                _lived, by = keeper.work("send", firm.folder, chance.uniform(20, 400))
                killed += by == signal.SIGKILL
                assert sums(firm.folder / "relance.db") == before
                assert max(firm.arrived().values(), default=0) <= 1
            _lived, by = keeper.work("send", firm.folder, LONG)
            assert by == 0
            firm.assert_exactly_once()
    print(f"\nsend: {killed} killed of {turns}")  # noqa: T201
