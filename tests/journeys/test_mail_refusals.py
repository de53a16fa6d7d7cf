"""What the mail server answers, and what the command line makes of it."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from domain.dunning.outbox import MessageState
from domain.usecases.configuring import (
    save_entity,
    save_smtp_account,
)
from storage.mail.secrets import VARIABLE
from tests.journeys.command import Command
from tests.journeys.sending import COUNT, SEND, Firm, address_of, firm, prepared, server
from tests.mail_server import PASSWORD, Behaviour, smtp_server
from ui.launcher import free_port

__all__ = ["firm", "prepared", "server"]


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
