"""One file of books: its stores, and the transaction that binds them."""

import sqlite3
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from domain.basics.errors import BooksNotWrittenError
from domain.copies import CopyReason
from storage.database import backup, checks, copies, inspection
from storage.database.activities import SqliteActivityStore
from storage.database.agreements import SqliteAgreementStore
from storage.database.calls import SqliteCallStore
from storage.database.customers import SqliteCustomerStore
from storage.database.departures import Departures
from storage.database.entities import SqliteEntityStore
from storage.database.figures import SqliteFigureStore
from storage.database.imports import SqliteImportStore
from storage.database.incoming import SqliteIncomingStore
from storage.database.invoice_files import SqliteInvoiceFileStore
from storage.database.journal import SqliteJournalStore
from storage.database.ledger import SqliteLedgerStore
from storage.database.lists import SqliteListStore
from storage.database.opening import opened
from storage.database.outbox import SqliteOutboxStore
from storage.database.personal import SqlitePersonalStore
from storage.database.rates import SqliteRateStore
from storage.database.scenarios import SqliteScenarioStore
from storage.database.settings import SqliteSettingStore
from storage.database.shelf import FOLDER, Shelf
from storage.database.views.remembering import RememberingConnection

T = TypeVar("T")


def open_books(path: Path | None = None) -> "SqliteBooks":
    """Open a file of books, made or brought up to date if need be.

    Without a path the books are in memory, with the real schema.

    Raises:
        BooksUnreadableError: the file is damaged, something else, or too recent.
    """
    return SqliteBooks(opened(path), path)


class SqliteBooks:
    """The stores of one file, all on one connection, used from one thread."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path | None = None
    ) -> None:
        self._connection = connection
        self._path = path
        self._shelf = Shelf(connection, path.parent / FOLDER if path else None)
        self._entities = SqliteEntityStore(connection)
        self._customers = SqliteCustomerStore(connection)
        self._ledger = SqliteLedgerStore(connection)
        self._agreements = SqliteAgreementStore(connection)
        self._scenarios = SqliteScenarioStore(connection)
        self._activities = SqliteActivityStore(connection)
        self._calls = SqliteCallStore(connection)
        departures = Departures(path)
        self._outbox = SqliteOutboxStore(connection, self._shelf, departures)
        self._journal = SqliteJournalStore(connection, self._shelf, departures)
        self._incoming = SqliteIncomingStore(connection)
        self._imports = SqliteImportStore(connection)
        self._invoice_files = SqliteInvoiceFileStore(connection)
        self._lists = SqliteListStore(connection)
        self._personal = SqlitePersonalStore(connection, self._shelf)
        self._rates = SqliteRateStore(connection)
        self._settings = SqliteSettingStore(connection)
        self._figures = SqliteFigureStore(connection)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Keep everything done inside, or nothing; blocks may be nested.

        The write lock is taken at once: a block that read first and asked for it
        later would fail when another connection wrote meanwhile.
        """
        if self._connection.in_transaction:
            begin, keep = "SAVEPOINT nested", "RELEASE nested"
            forget = ["ROLLBACK TO nested", "RELEASE nested"]
        else:
            begin, keep, forget = "BEGIN IMMEDIATE", "COMMIT", ["ROLLBACK"]
        with _told():
            self._connection.execute(begin)
            try:
                yield
                self._connection.execute(keep)
            except BaseException:
                # Some failures, such as a full disk, end the transaction themselves.
                if self._connection.in_transaction:
                    for statement in forget:
                        self._connection.execute(statement)
                raise

    @property
    def entities(self) -> SqliteEntityStore:
        return self._entities

    @property
    def customers(self) -> SqliteCustomerStore:
        return self._customers

    @property
    def ledger(self) -> SqliteLedgerStore:
        return self._ledger

    @property
    def agreements(self) -> SqliteAgreementStore:
        return self._agreements

    @property
    def scenarios(self) -> SqliteScenarioStore:
        return self._scenarios

    @property
    def activities(self) -> SqliteActivityStore:
        return self._activities

    @property
    def calls(self) -> SqliteCallStore:
        return self._calls

    @property
    def outbox(self) -> SqliteOutboxStore:
        return self._outbox

    @property
    def journal(self) -> SqliteJournalStore:
        return self._journal

    @property
    def incoming(self) -> SqliteIncomingStore:
        return self._incoming

    @property
    def imports(self) -> SqliteImportStore:
        return self._imports

    @property
    def invoice_files(self) -> SqliteInvoiceFileStore:
        return self._invoice_files

    @property
    def lists(self) -> SqliteListStore:
        return self._lists

    @property
    def personal(self) -> SqlitePersonalStore:
        return self._personal

    @property
    def rates(self) -> SqliteRateStore:
        return self._rates

    @property
    def settings(self) -> SqliteSettingStore:
        return self._settings

    @property
    def figures(self) -> SqliteFigureStore:
        return self._figures

    def remembered(self, question: Hashable, find: Callable[[], T]) -> T:
        """Find an answer, unless it was found and nothing was written since."""
        if isinstance(self._connection, RememberingConnection):
            return self._connection.remembered(question, find)
        return find()

    def check(self) -> list[str]:
        """Say in sentences what is wrong with the books; nothing when all is well."""
        return checks.faults(self._connection, self._shelf)

    def backup(self, file: str) -> None:
        """Copy the books into one file, with what was sent, even while in use."""
        backup.write_copy(self._connection, Path(file), self._shelf.bring_in)

    def take_documents_out(self) -> None:
        """Move files that an older version, or a copy, keeps inside the books."""
        self._shelf.take_out()
        self._shelf.forget()

    def keep_copy(self, reason: CopyReason = CopyReason.IMPORT) -> None:
        """Keep a dated copy beside the books; those in memory have no beside."""
        if self._path:
            copies.keep(self._connection, self._path, reason, datetime.now(tz=UTC))

    def keep_daily_copy(self) -> bool:
        """Keep one copy a day; books without a firm hold nothing yet."""
        moment = datetime.now(tz=UTC)
        if (
            not self._path
            or not self._entities.all()
            or not copies.is_due(self._path, moment.astimezone().date())
        ):
            return False
        copies.keep(
            self._connection, self._path, CopyReason.START, moment, is_thorough=True
        )
        return True

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()


@contextmanager
def _told() -> Iterator[None]:
    """Say why the disk takes nothing; a mistake in a statement stays one."""
    try:
        yield
    except sqlite3.OperationalError as problem:
        reason = inspection.why_not_written(problem)
        if reason == str(problem):
            raise
        raise BooksNotWrittenError(reason=reason) from problem
