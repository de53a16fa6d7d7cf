"""Takes files to the books as the import page does, and tells what became of each.

Runs as a process of its own, with little memory and little time: a file that brings
it down is one that would bring the app down.
"""

import json
import signal
import sqlite3
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from domain.basics.errors import DunningError, UnreadableFileError
from domain.ledger.import_report import SourceFile
from domain.ledger.mapping import problems
from domain.ledger.proposing import propose_for
from domain.usecases.importing import confirm_import, preview_import
from storage.database.books import SqliteBooks
from storage.database.opening import opened
from storage.files.reading import AccountingFiles
from tests.builders import ENTITY_ID, an_entity
from ui.translation import refusal

SECONDS = 20
MEMORY = 1_000_000_000
TODAY = date(2026, 3, 31)
FILES = AccountingFiles()


def main(names: Iterable[str]) -> None:
    """Tell one line of JSON before each file, and one after."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    connection = opened(None)
    books = SqliteBooks(connection)
    books.entities.save(an_entity())
    for name in names:
        _tell(begun=name)
        signal.alarm(SECONDS)  # ends the process, whatever it is doing
        try:
            with books.atomic():
                what, sentence = _outcome(connection, books, Path(name))
                raise _NextFile  # noqa: TRY301 - only a raise rolls back
        except _NextFile:
            signal.alarm(0)
        _tell(ended=name, what=what, sentence=sentence)


class _NextFile(Exception):  # noqa: N818 - not an error: it rolls back
    """Leave the books empty again."""


def _outcome(
    connection: sqlite3.Connection, books: SqliteBooks, file: Path
) -> tuple[str, str]:
    before = _all_of(connection)
    try:
        source = _read(file)
        preview = preview_import(books, source, ENTITY_ID, TODAY)
        if _all_of(connection) != before:
            return "wrong", "a preview wrote"
        confirm_import(books, preview, datetime.now(UTC))
    except DunningError as error:
        if _all_of(connection) != before:
            return "wrong", "a refused file left something"
        sentence = refusal(error)
        if isinstance(error, UnreadableFileError) and file.name not in sentence:
            return "wrong", f"which file is not said: {sentence}"
        return "refused", sentence.replace(file.name, "…")
    owed = sum(item.left.cents for item in books.ledger.open_items(ENTITY_ID))
    if owed != preview.movements.balance_after.cents or books.check():
        return "wrong", "the books are not what was shown"
    return "accepted", ""


def _all_of(connection: sqlite3.Connection) -> list[str]:
    return list(connection.iterdump())


def _read(file: Path) -> SourceFile:
    content = file.read_bytes()
    try:
        return FILES.read(file.name, content)
    except UnreadableFileError as unknown:
        refused = unknown
    try:
        table = FILES.table(file.name, content)
    except UnreadableFileError:
        raise refused from None
    mapping = propose_for(table).mapping
    for problem in problems(mapping):
        raise problem  # the assistant asks, and cannot go on
    return FILES.read_mapped(table, mapping, table.name)


def _tell(**facts: str) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()
