"""Imports, sends, migrates, copies or restores in a process killed after a while.

Run as a program: it reads « operation folder milliseconds » a line, forks, lets the
child work, kills it when that time has passed, and tells how long it lived, in
milliseconds, and by which signal it ended, 0 for none. Forking spares the start.
"""

import os
import select
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database, Migrations

from storage.database import inspection, migrations, opening
from storage.database.books import open_books
from storage.database.restoring import FileCopies
from storage.outside import Outside
from ui import cli

TODAY = "2026-03-31"
FILE = "123456789FEC20261231.txt"
COPY = "copy.db"


def main() -> None:
    """Answer each line by what became of one operation."""
    for line in sys.stdin:
        operation, folder, milliseconds = line.rstrip("\n").split("\t")
        began = time.monotonic()
        ends, works = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(ends)
            _work(operation, Path(folder))
        os.close(works)
        # The pipe is closed by the child's end: no waiting for what has ended.
        select.select([ends], [], [], float(milliseconds) / 1000)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.close(ends)
        lived = (time.monotonic() - began) * 1000
        print(f"{lived}\t{os.WTERMSIG(status)}", flush=True)  # noqa: T201


def _work(operation: str, folder: Path) -> None:
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    OPERATIONS[operation](folder)
    os._exit(0)


def _command(folder: Path, *arguments: str) -> None:
    told = ["--data", str(folder), "--date", TODAY, "--json"]
    code = cli.main(Outside(), [*arguments, *told])
    if code:
        os._exit(code)


def _import(folder: Path) -> None:
    _command(folder, "import", str(folder / FILE), "--yes-other-firm", "--yes-older")


def _send(folder: Path) -> None:
    _command(folder, "send")


def _migrate(folder: Path) -> None:
    for module in (opening, inspection):
        module.SCHEMA = next_version()  # type: ignore[attr-defined]
    open_books(folder / "relance.db").close()


def _back_up(folder: Path) -> None:
    books = open_books(folder / "relance.db")
    books.backup(str(folder / COPY))
    books.keep_copy()


def _restore(folder: Path) -> None:
    FileCopies(folder / "relance.db").restore(str(folder / COPY), datetime.now(UTC))


OPERATIONS = {
    "import": _import,
    "send": _send,
    "migration": _migrate,
    "backup": _back_up,
    "restore": _restore,
    "rescue": _restore,
}


def next_version() -> Migrations:
    """Make tomorrow's schema: a step more, which changes every entry and item."""
    steps = Migrations("relance")
    for step in migrations.SCHEMA.pending(Database(memory=True)):
        steps(name=step.name)(step.fn)

    @steps(name="98_double")
    def _double(db: Database) -> None:
        db.conn.execute("ALTER TABLE settings ADD COLUMN loud INTEGER")
        db.conn.execute("UPDATE entries SET debit_cents = debit_cents * 2")
        db.conn.execute("UPDATE items SET invoiced_cents = invoiced_cents * 2")

    return steps


if __name__ == "__main__":
    main()
