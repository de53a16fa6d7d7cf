"""The app's one sender, within what mail hosts allow, and when they refuse."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.dunning.outbox import MessageState
from domain.dunning.throttle import SendingLimits, WhyRest, usual_limits
from domain.ports import Books
from domain.usecases.throttling import limits_of, save_limits
from tests.builders import ENTITY_ID
from tests.mail_server import SmtpServer
from tests.ui.post_office import (
    COUNT,
    may_leave,
    postman,
    server,
    session,
    states,
    waiting_ids,
)
from ui.postman import Postman
from ui.session import Session

BLOCKED = "550 5.7.501 Access denied, account blocked for spam"
NO_REASON = "554 Transaction failed"


__all__ = ["postman", "server", "session"]


class Clock:
    """The session's clock, moved by hand."""

    def __init__(self, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = datetime.now(UTC)
        monkeypatch.setattr(session, "now", lambda: self.now)

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock(session: Session, monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(session, monkeypatch)


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
async def test_a_blocked_account_stops_the_sending_and_keeps_the_rest_waiting(
    session: Session, postman: Postman, server: SmtpServer, stage: str
) -> None:
    server.says, server.says_after = {stage: BLOCKED}, 1

    await postman.send(ENTITY_ID)
    await postman.round()  # nothing leaves by itself from now on

    assert await states(session) == {
        MessageState.SENT: 1,
        MessageState.QUEUED: COUNT - 1,
    }
    assert (postman.answer, postman.is_halted) == (BLOCKED, True)
    assert await may_leave(session) == 0

    server.says = {}
    await postman.send(ENTITY_ID)
    assert await states(session) == {MessageState.SENT: COUNT}
    assert len(server.received) == COUNT


async def test_three_refusals_alike_in_a_row_stop_the_sending_and_fail_nobody(
    session: Session, postman: Postman, server: SmtpServer
) -> None:
    server.says = {"DATA": NO_REASON}

    await postman.send(ENTITY_ID)

    assert await states(session) == {MessageState.QUEUED: COUNT}
    assert (postman.answer, postman.is_halted) == (NO_REASON, True)
    assert await may_leave(session) == 0


async def test_addresses_that_do_not_exist_stop_nobody_however_many(
    session: Session, postman: Postman, server: SmtpServer
) -> None:
    server.says = {"RCPT": "550 5.1.1 User unknown"}

    await postman.send(ENTITY_ID)

    assert await states(session) == {MessageState.FAILED: COUNT}
    assert not postman.is_halted


async def test_a_server_that_asks_to_wait_is_left_alone_then_sent_to_in_order(
    session: Session, postman: Postman, server: SmtpServer, clock: Clock
) -> None:
    server.says = {"MAIL": "450 Mail send limit exceeded"}
    await postman.send(ENTITY_ID)
    calls = len(server.sessions)

    assert await states(session) == {MessageState.QUEUED: COUNT}
    assert postman.rest
    assert postman.rest.why is WhyRest.SERVER
    clock.passes(seconds=30)
    await postman.round()
    assert len(server.sessions) == calls

    server.says = {}
    clock.passes(seconds=35)
    await postman.round()
    expected = [f"c{n}@{ENTITY_ID}.example.com" for n in range(1, COUNT + 1)]
    assert [m.recipients for m in server.received] == [[e] for e in expected]
    assert postman.rest is None


async def test_a_person_who_asks_again_does_not_wait_for_the_servers_pause(
    session: Session, postman: Postman, server: SmtpServer, clock: Clock
) -> None:
    server.says = {"MAIL": "421 4.7.0 Busy"}
    await postman.send(ENTITY_ID)
    server.says = {}
    clock.passes(seconds=1)

    await postman.send(ENTITY_ID)

    assert await states(session) == {MessageState.SENT: COUNT}


async def test_greylisting_puts_off_one_recipient_and_the_others_leave(
    session: Session, postman: Postman, server: SmtpServer, clock: Clock
) -> None:
    server.says, server.says_after = {"RCPT": "450 4.7.1 Greylisted"}, COUNT - 1

    await postman.send(ENTITY_ID)
    assert await states(session) == {
        MessageState.SENT: COUNT - 1,
        MessageState.QUEUED: 1,
    }

    server.says = {}
    clock.passes(minutes=2)
    await postman.round()
    assert await states(session) == {MessageState.SENT: COUNT}


@pytest.mark.parametrize(
    ("limits", "why", "period"),
    [
        (SendingLimits(per_hour=3), WhyRest.HOUR, timedelta(hours=1)),
        (SendingLimits(per_day=3), WhyRest.DAY, timedelta(days=1)),
    ],
)
async def test_beyond_a_limit_the_rest_waits_until_enough_time_has_passed(
    session: Session,
    postman: Postman,
    server: SmtpServer,
    clock: Clock,
    limits: SendingLimits,
    why: WhyRest,
    period: timedelta,
) -> None:
    await session.run(save_limits, ENTITY_ID, limits)
    first = clock.now

    await postman.send(ENTITY_ID)

    assert len(server.received) == 3
    assert postman.rest
    assert (postman.rest.why, postman.rest.until) == (why, first + period)
    clock.passes(seconds=(period - timedelta(minutes=1)).total_seconds())
    await postman.round()
    assert len(server.received) == 3

    clock.passes(minutes=2)  # as when a laptop slept through it
    await postman.round()
    assert len(server.received) == COUNT


async def test_another_start_of_the_app_counts_what_left_before(
    session: Session, postman: Postman, server: SmtpServer, clock: Clock
) -> None:
    await session.run(save_limits, ENTITY_ID, SendingLimits(per_hour=1))
    await postman.send(ENTITY_ID, (await waiting_ids(session))[:1])
    clock.passes(minutes=10)

    await Postman(session).send(ENTITY_ID)

    assert len(server.received) == 1


async def test_a_clock_set_back_keeps_no_message_waiting_for_a_day_to_come(
    session: Session, postman: Postman, server: SmtpServer, clock: Clock
) -> None:
    await session.run(save_limits, ENTITY_ID, SendingLimits(per_day=2))
    await postman.send(ENTITY_ID, (await waiting_ids(session))[:2])
    clock.passes(days=-3)

    await postman.send(ENTITY_ID)

    assert len(server.received) == COUNT


async def test_messages_follow_each_other_at_the_pace_chosen(
    session: Session,
    postman: Postman,
    server: SmtpServer,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    naps: list[float] = []

    async def nap(_leaving: object, seconds: float) -> None:
        naps.append(seconds)
        clock.passes(seconds=seconds)
        raise TimeoutError

    await session.run(save_limits, ENTITY_ID, SendingLimits(per_minute=60))
    monkeypatch.setitem(type(postman)._rests.__globals__, "wait_for", nap)
    leaving = postman._leaving
    monkeypatch.setattr(leaving, "wait", lambda: None)

    await postman.send(ENTITY_ID)

    assert len(server.received) == COUNT
    assert naps == [1.0] * COUNT  # the last one before it sees that nothing is left


@pytest.mark.parametrize(
    ("host", "limits"),
    [
        ("smtp.gmail.com", SendingLimits(per_minute=20, per_hour=200, per_day=500)),
        ("SMTP.office365.com", SendingLimits(per_minute=30, per_day=10_000)),
        ("mail.example.com", SendingLimits(per_minute=20, per_hour=200, per_day=500)),
        ("127.0.0.1", SendingLimits()),
        ("localhost", SendingLimits()),
        ("::1", SendingLimits()),
    ],
)
def test_a_host_that_nobody_set_limits_for_has_its_own(
    host: str, limits: SendingLimits
) -> None:
    assert usual_limits(host) == limits


async def test_limits_may_be_chosen_and_given_up_again(session: Session) -> None:
    chosen = SendingLimits(per_hour=7)

    def choose(books: Books) -> tuple[SendingLimits, SendingLimits]:
        save_limits(books, ENTITY_ID, chosen)
        first = limits_of(books, ENTITY_ID)
        save_limits(books, ENTITY_ID, None)
        return first, limits_of(books, ENTITY_ID)

    assert await session.run(choose) == (chosen, SendingLimits())
