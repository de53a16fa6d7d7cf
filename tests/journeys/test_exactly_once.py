"""Real processes, a real file, a real mail server: nothing is lost or sent twice."""

import asyncio
import json
import random
import subprocess
import time
from collections import Counter
from collections.abc import Sized
from datetime import date, timedelta

import pytest

from domain.basics.identifiers import customer_key
from domain.dunning.outbox import Delivery, DeliveryReport, MessageState
from domain.usecases.delivering import (
    Taken,
    count_released,
    record_delivery,
    recover_interrupted,
    settle_doubt,
    take_next,
)
from domain.usecases.holding_back import hold_back
from domain.usecases.importing import confirm_import, preview_import
from domain.usecases.releasing import release
from storage.database.books import SqliteBooks
from storage.outside import Outside
from tests.journeys.command import Command
from tests.journeys.sending import (
    COUNT,
    NOW,
    SEND,
    TODAY,
    Firm,
    firm,
    prepared,
    server,
)
from tests.journeys.stories import (
    a_file,
    a_line,
    bring_in,
    give_address,
)
from ui.instance import Instance
from ui.session import Session

__all__ = ["firm", "prepared", "server"]
KILLS = 12
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


def test_a_message_that_comes_back_after_a_stop_waits_like_the_others(
    firm: Firm,
) -> None:
    with firm.books() as books:
        taken = take(books, firm)
        assert taken

        assert hold_back(books, firm.entity.id) == COUNT - 1
        report = DeliveryReport(outcome=Delivery.OFFLINE)
        record_delivery(books, taken.message.id, report, TODAY, NOW)

        assert count_released(books, TODAY, NOW + timedelta(days=1)) == {}


def test_what_was_typed_between_a_preview_and_its_import_is_kept(firm: Firm) -> None:
    renamed = a_file(a_line("F1", 120_00, date(2026, 1, 10), name="Nouveau nom"))
    with firm.books() as books:
        preview = preview_import(books, renamed, firm.entity.id, TODAY)
        give_address(books, firm.entity.id, "C001")

        confirm_import(books, preview, NOW)

        customer = books.customers.get(customer_key(firm.entity.id, "C001"))
    assert (customer.name, customer.city) == ("Nouveau nom", "Lyon")
