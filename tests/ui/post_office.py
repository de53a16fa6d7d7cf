"""A firm with e-mails that wait, its window, and a mail server on this computer."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest

from domain.basics.identifiers import EntityId, MessageId, customer_key
from domain.dunning.outbox import MessageState
from domain.ports import Books, SmtpAccount
from domain.usecases.configuring import create_entity, save_smtp_account
from domain.usecases.delivering import count_released
from tests.builders import ENTITY_ID, TODAY, a_message, an_entity, an_outbox_item
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in
from tests.mail_server import SmtpServer, smtp_server
from tests.ui.window import BooksInMemory
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
    bring_in(books, entity_id, a_file(*lines), TODAY)
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
    return sum((await session.run(count_released, TODAY, session.now())).values())
