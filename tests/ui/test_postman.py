"""The app's one sender, with a real mail server on this computer."""

import asyncio
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.basics.identifiers import MessageId
from domain.dunning.outbox import DeliveryReport, MessageState
from domain.ports import SmtpAccount
from domain.usecases.account_refusals import refusal_of
from domain.usecases.configuring import save_smtp_account
from domain.usecases.delivering import withdraw_by_hand
from domain.usecases.releasing import release
from storage.database.books import SqliteBooks
from storage.mail.secrets import VARIABLE
from storage.mail.smtp import SmtpGateway
from tests.builders import ENTITY_ID
from tests.mail_server import PASSWORD, Behaviour, SmtpServer, smtp_server
from tests.ui.post_office import (
    COUNT,
    OTHER_FIRM,
    may_leave,
    postman,
    server,
    session,
    session_of,
    states,
    waiting_ids,
)
from ui.launcher import free_port
from ui.postman import Postman
from ui.session import Session

__all__ = ["postman", "server", "session"]


async def paused_sending(
    postman: Postman, message_ids: Sequence[MessageId] | None = None
) -> asyncio.Task[None]:
    """Start a sending, and pause it before its first message."""
    sending = asyncio.create_task(postman.send(ENTITY_ID, message_ids))
    while not postman.is_sending:  # noqa: ASYNC110 - nothing tells the instant
        await asyncio.sleep(0)
    postman.pause()
    return sending


async def test_what_waits_leaves_in_order_each_message_once(
    session: Session, postman: Postman, server: SmtpServer
) -> None:
    await postman.send(ENTITY_ID)

    expected = [f"c{n}@{ENTITY_ID}.example.com" for n in range(1, COUNT + 1)]
    assert [m.recipients for m in server.received] == [[e] for e in expected]
    assert await states(session) == {MessageState.SENT: COUNT}
    assert (postman.done, postman.total, postman.is_sending) == (COUNT, COUNT, False)
    assert postman.answer == ""


async def test_only_the_messages_chosen_leave(
    session: Session, postman: Postman, server: SmtpServer
) -> None:
    await postman.send(ENTITY_ID, (await waiting_ids(session))[:1])

    assert len(server.received) == postman.total == 1


async def test_a_round_sends_nothing_that_nobody_let_leave(
    postman: Postman, server: SmtpServer
) -> None:
    await postman.round()

    assert server.sessions == []


async def test_a_paused_sending_takes_no_message_until_it_goes_on(
    session: Session, postman: Postman, server: SmtpServer
) -> None:
    sending = await paused_sending(postman)
    await asyncio.sleep(0.1)

    assert (postman.is_paused, postman.is_sending) == (True, True)
    assert (postman.done, postman.total, postman.seconds_left) == (0, COUNT, None)
    assert await states(session) == {MessageState.QUEUED: COUNT}

    postman.go_on()
    await sending
    assert len(server.received) == postman.done == COUNT
    assert postman.seconds_left == 0


async def test_a_stopped_sending_leaves_the_rest_waiting_until_it_is_asked_again(
    session: Session, postman: Postman, server: SmtpServer
) -> None:
    sending = await paused_sending(postman)
    await postman.stop(ENTITY_ID)
    await sending
    await postman.round()

    assert server.received == []
    assert await states(session) == {MessageState.QUEUED: COUNT}
    assert postman.total == 0

    await postman.send(ENTITY_ID)
    assert len(server.received) == COUNT


async def test_a_second_sending_during_the_first_adds_to_its_total(
    session: Session, postman: Postman, server: SmtpServer
) -> None:
    first = await paused_sending(postman, (await waiting_ids(session))[:2])
    assert postman.total == 2

    await postman.send(ENTITY_ID)  # all that wait, those of the first among them
    await first

    assert (postman.done, postman.total) == (COUNT, COUNT)
    assert len(server.received) == COUNT
    assert await states(session) == {MessageState.SENT: COUNT}


async def test_a_message_withdrawn_meanwhile_is_skipped(
    session: Session, postman: Postman, server: SmtpServer
) -> None:
    sending = await paused_sending(postman)
    first, *_others = await waiting_ids(session)
    await session.run(withdraw_by_hand, [first], session.now())

    postman.go_on()
    await sending

    assert len(server.received) == COUNT - 1
    assert await states(session) == {
        MessageState.WITHDRAWN: 1,
        MessageState.SENT: COUNT - 1,
    }


async def test_each_firm_sends_through_its_own_server_and_one_down_stops_one_firm(
    server: SmtpServer,
) -> None:
    down = replace(server.account, port=free_port())
    session = session_of((OTHER_FIRM, down), (ENTITY_ID, server.account))
    try:
        await session.run(release, OTHER_FIRM)
        await session.postman.send(ENTITY_ID)

        assert await states(session, ENTITY_ID) == {MessageState.SENT: COUNT}
        assert await states(session, OTHER_FIRM) == {MessageState.QUEUED: COUNT}
        assert session.postman.answer
        assert await may_leave(session) == COUNT
    finally:
        session.close()


async def test_without_a_connection_messages_wait_and_a_later_round_sends_them(
    session: Session, postman: Postman, server: SmtpServer
) -> None:
    down = replace(server.account, port=free_port())
    await session.run(save_smtp_account, ENTITY_ID, down)
    await postman.send(ENTITY_ID)
    assert postman.answer
    assert await states(session) == {MessageState.QUEUED: COUNT}

    await session.run(save_smtp_account, ENTITY_ID, server.account)
    await postman.round()

    assert postman.answer == ""
    assert await states(session) == {MessageState.SENT: COUNT}


async def test_a_message_that_twice_loses_the_connection_keeps_no_other_waiting(
    session: Session,
    postman: Postman,
    server: SmtpServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server.behaviour = Behaviour.DROP_BEFORE_DATA
    await postman.send(ENTITY_ID)
    assert postman.answer
    assert (postman.done, await may_leave(session)) == (0, COUNT)
    await postman.round()
    assert (postman.done, await may_leave(session)) == (0, COUNT - 1)

    server.behaviour = Behaviour.ACCEPT
    await postman.round()
    assert len(server.received) == COUNT - 1

    later = datetime.now(UTC) + timedelta(minutes=6)
    monkeypatch.setattr(session, "now", lambda: later)
    await postman.round()
    assert await states(session) == {MessageState.SENT: COUNT}
    assert len(server.received) == COUNT


async def test_a_wrong_password_is_tried_once_and_holds_everything_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLE, "faux")
    with smtp_server(user="compta") as server:
        session = session_of((ENTITY_ID, server.account))
        try:
            await session.postman.send(ENTITY_ID)
            logins = len(server.logins)
            await session.postman.round()

            assert session.postman.answer.startswith("535")
            assert await states(session) == {MessageState.QUEUED: COUNT}
            assert 0 < len(server.logins) == logins
            refusal = await session.run(refusal_of, ENTITY_ID)
            assert refusal
            assert refusal.answer == session.postman.answer

            monkeypatch.setenv(VARIABLE, PASSWORD)
            await session.postman.send(ENTITY_ID)
            assert len(server.received) == COUNT
            assert await session.run(refusal_of, ENTITY_ID) is None
        finally:
            session.close()


class WatchedGateway(SmtpGateway):
    """The real gateway, held at its first message until the test lets it go on."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = threading.Event()
        self.may_go_on = threading.Event()

    def deliver(
        self, account: SmtpAccount, message: bytes, recipients: Sequence[str]
    ) -> DeliveryReport:
        self.reached.set()
        assert self.may_go_on.wait(10)
        return super().deliver(account, message, recipients)


async def test_leaving_the_app_records_the_message_on_its_way_and_takes_no_other(
    session: Session, postman: Postman, server: SmtpServer
) -> None:
    gateway = WatchedGateway()
    session.outside.mail = gateway  # type: ignore[misc]
    sending = asyncio.create_task(postman.send(ENTITY_ID))
    await asyncio.to_thread(gateway.reached.wait, 10)

    leaving = asyncio.create_task(postman.leave())
    await asyncio.sleep(0.05)
    assert not leaving.done()
    gateway.may_go_on.set()
    await leaving

    assert sending.done()
    assert await states(session) == {
        MessageState.SENT: 1,
        MessageState.QUEUED: COUNT - 1,
    }
    assert len(server.received) == 1


async def test_a_paused_sending_does_not_keep_the_app_from_leaving(
    session: Session, postman: Postman
) -> None:
    sending = await paused_sending(postman)

    await asyncio.wait_for(postman.leave(), 5)

    assert sending.done()
    assert await states(session) == {MessageState.QUEUED: COUNT}


async def test_what_could_not_be_recorded_is_recorded_at_the_next_round(
    session: Session, postman: Postman, server: SmtpServer
) -> None:
    def fill_the_disk(books: SqliteBooks) -> None:
        books._connection.execute(
            "CREATE TRIGGER full BEFORE UPDATE ON outbox WHEN NEW.state = 'sent'"
            " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )

    def make_room(books: SqliteBooks) -> None:
        books._connection.execute("DROP TRIGGER full")

    await session.run(fill_the_disk)  # type: ignore[arg-type]
    with pytest.raises(sqlite3.DatabaseError):
        await postman.send(ENTITY_ID)
    assert (await states(session))[MessageState.SENDING] == 1

    await session.run(make_room)  # type: ignore[arg-type]
    await postman.round()

    assert await states(session) == {MessageState.SENT: COUNT}
    assert len(server.received) == COUNT


async def test_a_bug_while_handing_over_leaves_a_doubt_and_not_a_second_copy(
    session: Session, postman: Postman, server: SmtpServer
) -> None:
    class Broken(SmtpGateway):
        def deliver(self, *message: Any) -> DeliveryReport:  # noqa: ANN401
            super().deliver(*message)
            raise ZeroDivisionError

    session.outside.mail = Broken()  # type: ignore[misc]
    with pytest.raises(ZeroDivisionError):
        await postman.send(ENTITY_ID)

    session.outside.mail = SmtpGateway()  # type: ignore[misc]
    await postman.round()

    assert await states(session) == {
        MessageState.UNCERTAIN: 1,
        MessageState.SENT: COUNT - 1,
    }
    assert len(server.received) == COUNT
