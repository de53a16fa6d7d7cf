"""Real processes, a real file, a real mail server: nothing is lost or sent twice."""

import asyncio
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sized
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from domain.basics.identifiers import customer_key
from domain.customers.activity import ActivityKind
from domain.dunning.outbox import Delivery, DeliveryReport, MessageState
from domain.usecases.configuring import (
    create_entity,
    save_entity,
    save_smtp_account,
)
from domain.usecases.delivering import (
    Taken,
    record_delivery,
    recover_interrupted,
    release,
    settle_doubt,
    take_next,
)
from domain.usecases.importing import confirm_import, preview_import
from storage.database.books import SqliteBooks, open_books
from storage.mail.secrets import VARIABLE
from storage.outside import Outside
from tests.builders import an_entity
from tests.journeys.command import Command
from tests.journeys.stories import (
    OUTSIDE,
    a_file,
    a_line,
    bring_in,
    give_address,
    give_email,
    moment,
    prepare_all,
)
from tests.mail_server import PASSWORD, Behaviour, SmtpServer, smtp_server
from ui.instance import Instance
from ui.launcher import free_port
from ui.session import Session

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 3, 31)
NOW = moment(TODAY)
COUNT = 20
KILLS = 12
CODES = [f"C{n:03}" for n in range(1, COUNT + 1)]
SEND = ("send", "--date", TODAY.isoformat())

# The command line, with something that happens around each message.
AROUND = """
import os, time
from storage.mail.smtp import SmtpGateway
from storage.outside import Outside
from ui.cli import run

class Gateway(SmtpGateway):
    count = 0
    def deliver(self, *message):
        Gateway.count += 1
        {before}
        report = super().deliver(*message)
        {after}
        return report

outside = Outside()
outside.mail = Gateway()
run(outside)
"""
VANISH = "Gateway.count == 3 and os._exit(9)"  # as at a power cut


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


@pytest.fixture
def command(firm: Firm, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(firm.folder, capsys)


def wait_for_one_more(things: Sized, process: subprocess.Popen[str]) -> None:
    before, deadline = len(things), time.monotonic() + 20
    while len(things) == before and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_killed_at_any_instant_nothing_leaves_twice_and_nothing_is_forgotten(
    firm: Firm, command: Command
) -> None:
    chance = random.Random(20260331)  # noqa: S311 - the same instants at each run
    kills = 0
    while kills < KILLS and MessageState.QUEUED in firm.states().values():
        process = firm.start("main.py")
        is_early = chance.random() < 0.3
        told = firm.server.sessions if is_early else firm.server.received
        wait_for_one_more(told, process)
        time.sleep(chance.uniform(0, 0.012))
        process.kill()
        process.communicate()
        kills += 1
        assert max(firm.arrived().values(), default=0) <= 1

    assert command(*SEND)["waiting"] == 0

    states = Counter(firm.states().values())
    assert states.keys() <= {MessageState.SENT, MessageState.UNCERTAIN}
    assert states.total() == COUNT
    assert kills > KILLS / 3
    firm.assert_exactly_once()


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [(VANISH, "pass", 2), ("pass", VANISH, 3)],
    ids=["mark", "answer"],
)
def test_a_crash_around_the_mail_servers_answer_leaves_one_doubt_and_no_second_copy(
    firm: Firm, command: Command, before: str, after: str, left: int
) -> None:
    process = firm.start("-c", AROUND.format(before=before, after=after))
    process.communicate(timeout=30)
    assert process.returncode == 9
    assert len(firm.server.received) == left

    told = command(*SEND)

    assert told["sent"] == COUNT - 3
    states = Counter(firm.states().values())
    assert states == {MessageState.SENT: COUNT - 1, MessageState.UNCERTAIN: 1}
    firm.assert_exactly_once()
    assert command(*SEND)["sent"] == 0
    firm.assert_exactly_once()


async def test_a_window_and_a_command_that_send_together_send_each_message_once(
    firm: Firm,
) -> None:
    instance = Instance(firm.folder)
    assert instance.claim()
    window = Session(Outside(), str(firm.folder), today=lambda: TODAY)
    unhurried = AROUND.format(before="time.sleep(0.1)", after="pass")
    process = firm.start("-c", unhurried)
    try:
        await asyncio.to_thread(wait_for_one_more, firm.server.received, process)
        await window.postman.send(firm.entity.id)
    finally:
        told, errors = await asyncio.to_thread(process.communicate)
        window.close()
        instance.leave()

    assert process.returncode == 0, errors
    by_command, by_window = json.loads(told)["sent"], window.postman.done
    assert by_command + by_window == COUNT
    assert min(by_command, by_window) > 0
    firm.assert_exactly_once()


def test_a_command_leaves_alone_the_message_that_an_open_window_is_sending(
    firm: Firm, command: Command
) -> None:
    window = Instance(firm.folder)
    assert window.claim()
    with firm.books() as books:
        assert take(books, firm)
    try:
        assert command(*SEND)["sent"] == COUNT - 1
        assert Counter(firm.states().values())[MessageState.SENDING] == 1
    finally:
        window.leave()

    command("status")  # no window any more: nobody is sending that message

    assert Counter(firm.states().values())[MessageState.UNCERTAIN] == 1


def take(books: SqliteBooks, firm: Firm) -> Taken | None:
    release(books, firm.entity.id)
    return take_next(books, firm.entity.id, TODAY, NOW)


def test_a_command_changes_nothing_to_what_a_window_lets_leave(
    firm: Firm, command: Command
) -> None:
    def released() -> int:
        with firm.books() as books:
            waiting = books.outbox.all(firm.entity.id, [MessageState.QUEUED])
            return sum(message.is_released for message in waiting)

    assert command(*SEND, "--max", "2")["sent"] == 2
    assert released() == 0

    with firm.books() as books:
        release(books, firm.entity.id)
    assert command(*SEND, "--max", "2")["sent"] == 2
    assert released() == COUNT - 4


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Delivery.ACCEPTED, MessageState.SENT),
        (Delivery.REFUSED, MessageState.FAILED),
        (Delivery.OFFLINE, MessageState.QUEUED),
        (Delivery.UNKNOWN, MessageState.UNCERTAIN),
    ],
)
def test_an_answer_that_comes_after_the_doubt_ends_it(
    firm: Firm, outcome: Delivery, state: MessageState
) -> None:
    with firm.books() as books:
        taken = take(books, firm)
        assert taken
        recover_interrupted(books, NOW)  # another start of the app

        report = DeliveryReport(outcome=outcome)
        record_delivery(books, taken.message.id, report, TODAY, NOW)

    assert firm.states()[taken.message.recipient] is state
    assert firm.sent().total() == (outcome is Delivery.ACCEPTED)


def test_an_answer_that_comes_after_a_person_decided_adds_nothing(firm: Firm) -> None:
    with firm.books() as books:
        taken = take(books, firm)
        assert taken
        recover_interrupted(books, NOW)
        settle_doubt(books, taken.message.id, TODAY, NOW, it_left=True)

        report = DeliveryReport(outcome=Delivery.ACCEPTED)
        record_delivery(books, taken.message.id, report, TODAY, NOW)

    assert firm.sent() == {taken.message.recipient: 1}


def test_a_message_on_its_way_is_recorded_though_an_import_took_its_invoice_away(
    firm: Firm,
) -> None:
    other = a_line("F9", 10_00, date(2026, 1, 10), code="C999")
    with firm.books() as books:
        taken = take(books, firm)
        assert taken
        bring_in(books, firm.entity.id, a_file(other), TODAY)

        report = DeliveryReport(outcome=Delivery.ACCEPTED)
        record_delivery(books, taken.message.id, report, TODAY, NOW)
        assert books.check() == []

    states = firm.states()
    assert states.pop(taken.message.recipient) is MessageState.SENT
    assert set(states.values()) == {MessageState.WITHDRAWN}
    assert firm.sent() == {taken.message.recipient: 1}


def test_a_recipient_that_the_server_refuses_keeps_nobody_else_waiting(
    firm: Firm, command: Command
) -> None:
    firm.server.behaviour = Behaviour.REFUSE_RECIPIENT
    firm.server.refused = {address_of("C007")}

    told = command(*SEND)

    assert (told["sent"], told["failed"], told["waiting"]) == (COUNT - 1, 1, 0)
    assert firm.states()[address_of("C007")] is MessageState.FAILED
    firm.assert_exactly_once()


def test_a_wrong_password_is_told_and_no_message_is_tried(
    prepared: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with smtp_server(user="compta") as server:
        firm = Firm(copytree(prepared, tmp_path / "books"), server)
        command = Command(firm.folder, capsys)
        monkeypatch.setenv(VARIABLE, "faux")

        said = command.refused(*SEND)

        assert "Aucun e-mail n'est parti" in said
        assert "535" in said
        assert len(server.logins) <= 2  # two ways to say the same password
        assert set(firm.states().values()) == {MessageState.QUEUED}

        monkeypatch.setenv(VARIABLE, PASSWORD)
        assert command(*SEND)["sent"] == COUNT
        firm.assert_exactly_once()


def test_a_server_that_is_down_is_told_and_the_messages_wait_for_the_next_command(
    firm: Firm, command: Command
) -> None:
    up = firm.server.account
    with firm.books() as books:
        save_smtp_account(books, firm.entity.id, replace(up, port=free_port()))

    assert f"{COUNT}" in command.refused(*SEND)
    assert set(firm.states().values()) == {MessageState.QUEUED}

    with firm.books() as books:
        save_smtp_account(books, firm.entity.id, up)
    assert command(*SEND)["sent"] == COUNT


def test_a_server_that_puts_everything_off_is_told_with_its_own_words(
    firm: Firm, command: Command
) -> None:
    firm.server.behaviour = Behaviour.TEMPORARILY_UNAVAILABLE

    assert "451" in command.refused(*SEND)

    firm.server.behaviour = Behaviour.ACCEPT
    assert command(*SEND)["sent"] == COUNT
    firm.assert_exactly_once()


def test_a_server_that_takes_a_message_then_hangs_up_leaves_a_doubt_never_resent(
    firm: Firm, command: Command
) -> None:
    firm.server.behaviour = Behaviour.DROP_AFTER_DATA
    assert command(*SEND, "--max", "2")["uncertain"] == 2

    firm.server.behaviour = Behaviour.ACCEPT
    assert command(*SEND)["sent"] == COUNT - 2

    assert Counter(firm.states().values())[MessageState.UNCERTAIN] == 2
    assert set(firm.arrived().values()) == {1}
    firm.assert_exactly_once()


def test_nothing_to_send_does_not_even_call_the_server(
    firm: Firm, command: Command
) -> None:
    command(*SEND)
    calls = len(firm.server.sessions)

    assert command(*SEND)["sent"] == 0

    assert len(firm.server.sessions) == calls


def test_a_demonstration_never_calls_a_server_even_where_one_is_set(
    firm: Firm, command: Command
) -> None:
    with firm.books() as books:
        save_entity(books, replace(firm.entity, demo=True))

    assert command(*SEND)["sent"] == COUNT

    assert firm.server.sessions == []
    assert set(firm.states().values()) == {MessageState.SENT}


def test_what_was_typed_between_a_preview_and_its_import_is_kept(firm: Firm) -> None:
    renamed = a_file(a_line("F1", 120_00, date(2026, 1, 10), name="Nouveau nom"))
    with firm.books() as books:
        preview = preview_import(books, renamed, firm.entity.id, TODAY)
        give_address(books, firm.entity.id, "C001")

        confirm_import(books, preview, NOW)

        customer = books.customers.get(customer_key(firm.entity.id, "C001"))
    assert (customer.name, customer.city) == ("Nouveau nom", "Lyon")
