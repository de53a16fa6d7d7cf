"""A firm with e-mails ready to leave, in a real file, and its mail server."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from domain.customers.activity import ActivityKind
from domain.dunning.outbox import MessageState
from domain.usecases.configuring import (
    create_entity,
    save_smtp_account,
)
from storage.database.books import SqliteBooks, open_books
from tests.builders import an_entity
from tests.journeys.stories import (
    OUTSIDE,
    a_file,
    a_line,
    bring_in,
    give_email,
    moment,
    prepare_all,
)
from tests.mail_server import SmtpServer, smtp_server

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 3, 31)
NOW = moment(TODAY)
COUNT = 20
CODES = [f"C{n:03}" for n in range(1, COUNT + 1)]
SEND = ("send", "--date", TODAY.isoformat())


class Firm:
    """A firm with an e-mail ready for each of its customers, in a real file."""

    def __init__(self, folder: Path, server: SmtpServer) -> None:
        self.folder = folder
        self.server = server
        with self.books() as books:
            [self.entity] = books.entities.all()
            save_smtp_account(books, self.entity.id, server.account)

    def books(self) -> "Books":
        return Books(self.folder)

    def states(self) -> dict[str, MessageState]:
        with self.books() as books:
            messages = books.outbox.all(self.entity.id, list(MessageState))
            return {message.recipient: message.state for message in messages}

    def sent(self) -> Counter[str]:
        """Count what the history says of each address."""
        with self.books() as books:
            return Counter(
                activity.recipients
                for activity in books.activities.all(self.entity.id)
                if activity.kind is ActivityKind.REMINDER
            )

    def arrived(self) -> Counter[str]:
        """Count what the server took for each address."""
        return Counter(
            address
            for message in self.server.received
            for address in message.recipients
        )

    def start(self, *command: str) -> subprocess.Popen[str]:
        """Start sending in a process of its own."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTEST", "NICEGUI"))
        }
        return subprocess.Popen(
            [sys.executable, *command, *SEND, "--data", str(self.folder), "--json"],
            cwd=ROOT,
            env={**inherited, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def assert_exactly_once(self) -> None:
        """Compare the books, the history and the server's own count."""
        arrived, sent = self.arrived(), self.sent()
        for address, state in self.states().items():
            if state is MessageState.SENT:
                assert (arrived[address], sent[address]) == (1, 1), address
            elif state is MessageState.UNCERTAIN:
                assert (arrived[address] <= 1, sent[address]) == (True, 0), address
            else:
                assert (arrived[address], sent[address]) == (0, 0), address
        with self.books() as books:
            assert books.check() == []


class Books:
    """The books of a folder, closed at the end of a block."""

    def __init__(self, folder: Path) -> None:
        self._books = open_books(folder / "relance.db")

    def __enter__(self) -> SqliteBooks:
        return self._books

    def __exit__(self, *_error: object) -> None:
        self._books.close()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    with Books(folder) as books:
        starting_texts = OUTSIDE.documents.starting_texts()
        entity_id = create_entity(books, an_entity(), starting_texts).id
        lines = [
            a_line(f"F{code}", 120_00, date(2026, 1, 10), code=code, name=code)
            for code in CODES
        ]
        bring_in(books, entity_id, a_file(*lines), TODAY)
        for code in CODES:
            give_email(books, entity_id, address_of(code), code)
        assert prepare_all(books, entity_id, TODAY).email_count == COUNT
    return folder


def address_of(code: str) -> str:
    return f"{code.lower()}@client.example.com"


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with smtp_server() as running:
        yield running


@pytest.fixture
def firm(prepared: Path, server: SmtpServer, tmp_path: Path) -> Firm:
    return Firm(copytree(prepared, tmp_path / "books"), server)
