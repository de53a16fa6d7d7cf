"""Whatever goes wrong with the server or the disk: nothing lost, nothing twice."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from domain.basics.errors import BooksNotWrittenError
from domain.dunning.outbox import MessageState
from domain.ports import Books
from domain.usecases.delivering import settle_doubt, try_again
from domain.usecases.outbox import show_outbox
from storage.database.books import SqliteBooks
from storage.mail.answers import Answer
from storage.mail.line import Line
from storage.mail.smtp import SmtpGateway
from tests.builders import ENTITY_ID, TODAY
from tests.mail_server import Behaviour, SmtpServer, smtp_server
from tests.ui.post_office import COUNT, server, session_of, states
from ui.session import Session

__all__ = ["server"]


@pytest.fixture
def session(server: SmtpServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    monkeypatch.setattr(Line, "verdict_timeout", 0.3)
    opened = session_of((ENTITY_ID, server.account))
    opened.outside.mail = SmtpGateway(timeout=0.5)  # type: ignore[misc]
    yield opened
    opened.close()


def arrived(server: SmtpServer) -> Counter[str]:
    return Counter(m.recipients[0] for m in server.received)


async def put_right(
    session: Session, server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Do what a person does once the trouble is over, then send what is left."""
    server.behaviour, server.says = Behaviour.ACCEPT, {}
    later = datetime.now(UTC) + timedelta(hours=2)
    monkeypatch.setattr(session, "now", lambda: later)
    seen = arrived(server)

    def settle(books: Books) -> None:
        for row in show_outbox(books, ENTITY_ID).to_check.rows:
            message = row.message
            if message.state is MessageState.FAILED:
                try_again(books, message.id, later)
            else:
                left = message.recipient in seen
                settle_doubt(books, message.id, TODAY, later, it_left=left)

    await session.run(settle)
    await session.postman.send(ENTITY_ID)
    assert await states(session) == {MessageState.SENT: COUNT}
    assert arrived(server).total() == len(arrived(server)) == COUNT


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("MAIL", "550 5.1.8 Access denied, bad outbound sender"),
        ("MAIL", "451 4.3.2 Please try again later"),
        ("RCPT", "550 5.1.1 User unknown"),
        ("RCPT", "450 4.7.1 Greylisted, try again in 300 seconds"),
        ("DATA", "554 5.7.1 Message refused: policy"),
        ("DATA", "452 4.3.1 Insufficient system storage"),
    ],
)
async def test_a_server_that_refuses_at_any_stage_loses_and_doubles_nothing(
    session: Session,
    server: SmtpServer,
    monkeypatch: pytest.MonkeyPatch,
    stage: str,
    words: str,
) -> None:
    server.says, server.says_after = {stage: words}, 1

    await session.postman.send(ENTITY_ID)

    assert len(server.received) == 1
    assert MessageState.UNCERTAIN not in await states(session)
    await put_right(session, server, monkeypatch)


@pytest.mark.parametrize(
    ("behaviour", "doubts"),
    [
        (Behaviour.SILENT, 0),
        (Behaviour.DROP_BEFORE_DATA, 0),
        (Behaviour.DROP_DURING_DATA, None),
        (Behaviour.DROP_AFTER_DATA, COUNT),
        (Behaviour.SILENT_AFTER_DATA, COUNT),
        (Behaviour.NONSENSE_AFTER_DATA, COUNT),
        (Behaviour.REFUSE_LOGIN, 0),
    ],
)
async def test_a_server_that_stalls_or_hangs_up_leaves_doubts_that_are_shown(
    session: Session,
    server: SmtpServer,
    monkeypatch: pytest.MonkeyPatch,
    behaviour: Behaviour,
    doubts: int | None,
) -> None:
    server.behaviour = behaviour

    await session.postman.send(ENTITY_ID)
    await session.postman.round()

    assert max(arrived(server).values(), default=0) <= 1
    if doubts is not None:
        shown = (await session.run(show_outbox, ENTITY_ID)).to_check.rows
        assert [r.message.state for r in shown] == [MessageState.UNCERTAIN] * doubts
    await put_right(session, server, monkeypatch)


async def test_a_server_that_does_not_prove_who_it_is_gets_nothing() -> None:
    with smtp_server(security="ssl") as server:
        session = session_of((ENTITY_ID, server.account))
        try:
            await session.postman.send(ENTITY_ID)

            assert session.postman.answer == Answer.CERTIFICATE
            assert await states(session) == {MessageState.QUEUED: COUNT}
            assert server.received == []
        finally:
            session.close()


async def test_a_full_disk_stops_the_sending_and_nothing_leaves_twice(
    session: Session, server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_up(books: SqliteBooks) -> None:
        """Leave no room for one more attempt."""
        db = books._connection
        [(pages,)] = db.execute("PRAGMA page_count")
        db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(sqlite3.OperationalError, match="full"):
            for _ in range(10_000):
                db.execute(
                    "INSERT INTO attempts SELECT id, 'autre@127.0.0.1',"
                    " '2026-01-01T09:00:00+00:00', '2026-01-01T09:00:00+00:00',"
                    " 'accepted', 'message', '' FROM outbox LIMIT 1"
                )

    def make_room(books: SqliteBooks) -> None:
        books._connection.execute("PRAGMA max_page_count = 1000000")

    await session.run(fill_up)  # type: ignore[arg-type]
    with pytest.raises(BooksNotWrittenError, match="disk is full"):
        await session.postman.send(ENTITY_ID)
    assert len(server.received) <= 1  # what cannot be noted stops the sending

    await session.run(make_room)  # type: ignore[arg-type]
    await session.postman.round()
    await put_right(session, server, monkeypatch)
