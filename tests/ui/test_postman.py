"""The app's one sender, with a real mail server on this computer."""

import asyncio
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.basics.identifiers import EntityId, MessageId, customer_key
from domain.dunning.outbox import Delivery, DeliveryReport, MessageState
from domain.ports import Books, SmtpAccount
from domain.usecases.configuring import create_entity, save_smtp_account
from domain.usecases.delivering import (
    count_released,
    hold_back,
    record_delivery,
    release,
    take_next,
    withdraw_by_hand,
)
from storage.mail.smtp import SmtpGateway
from tests.builders import ENTITY_ID, TODAY, a_message, an_entity, an_outbox_item
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in
from tests.mail_server import Behaviour, SmtpServer, smtp_server
from tests.ui.window import BooksInMemory
from ui.launcher import free_port
from ui.postman import Postman
from ui.session import Session

OTHER_FIRM = EntityId("menuiserie")
COUNT = 4


def a_firm_with_emails(
    books: Books, account: SmtpAccount, entity_id: EntityId = ENTITY_ID
) -> None:
    """Add a firm, and an e-mail ready for each of its customers."""
    entity = an_entity(id=entity_id, name=f"Firme {entity_id}")
    create_entity(books, entity, OUTSIDE.documents.starting_texts())
    codes = [f"C{n}" for n in range(1, COUNT + 1)]
    lines = [a_line(f"F{c}", 120_00, TODAY - timedelta(60), code=c) for c in codes]
    bring_in(books, entity_id, a_file(*lines), TODAY)  # type: ignore[arg-type]
    save_smtp_account(books, entity_id, account)
    with books.atomic():
        for code, item in zip(codes, books.ledger.items(entity_id), strict=True):
            content = f"Subject: Rappel {entity_id} {code}\r\n\r\nBonjour\r\n".encode()
            message = a_message(
                entity_id=entity_id,
                customer_id=customer_key(entity_id, code),
                recipient=f"{code.lower()}@{entity_id}.example.com",
                document_id=books.outbox.save_document("m", "message/rfc822", content),
            )
            books.outbox.add(message, [an_outbox_item(message, item_id=item.id)])


def session_of(*firms: tuple[EntityId, SmtpAccount]) -> Session:
    def fill(books: Books) -> None:
        for entity_id, account in firms:
            a_firm_with_emails(books, account, entity_id)

    return Session(BooksInMemory(fill), "", today=lambda: TODAY)


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with smtp_server() as running:
        yield running


@pytest.fixture
def session(server: SmtpServer) -> Iterator[Session]:
    opened = session_of((ENTITY_ID, server.account))
    yield opened
    opened.close()


@pytest.fixture
def postman(session: Session) -> Postman:
    return session.postman


async def states(session: Session, firm: EntityId = ENTITY_ID) -> Counter[MessageState]:
    def read(books: Books) -> Counter[MessageState]:
        return Counter(m.state for m in books.outbox.all(firm, list(MessageState)))

    return await session.run(read)


async def waiting_ids(session: Session) -> Sequence[MessageId]:
    def read(books: Books) -> list[MessageId]:
        return [m.id for m in books.outbox.all(ENTITY_ID, [MessageState.QUEUED])]

    return await session.run(read)


async def may_leave(session: Session) -> int:
    return sum((await session.run(count_released, session.now())).values())


async def until_sending(postman: Postman) -> None:
    """Wait until a paused sending stands before its first message."""
    while not (postman.is_sending and postman.total):
        await asyncio.sleep(0)
    await asyncio.sleep(0.05)


def arrived(server: SmtpServer) -> Counter[str]:
    return Counter(m.recipients[0] for m in server.received)


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
    postman: Postman, server: SmtpServer
) -> None:
    postman.send_soon(ENTITY_ID)
    postman.pause()
    while not postman.is_sending:
        await asyncio.sleep(0)
    postman.pause()  # sending anew had ended the first pause
    await asyncio.sleep(0.1)
    before = len(server.received)
    await asyncio.sleep(0.1)

    assert postman.is_paused
    assert len(server.received) == before < COUNT
    assert postman.done == before

    postman.go_on()
    await postman.send(ENTITY_ID)
    assert len(server.received) == COUNT
