"""Reminders of the same debts are one conversation in the customer's mail program."""

from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from domain.basics.identifiers import EntityId
from domain.dunning.outbox import Delivery, DeliveryReport, MessageState
from domain.usecases.configuring import save_smtp_account
from domain.usecases.delivering import record_delivery, take_next
from domain.usecases.releasing import release
from storage.database.books import SqliteBooks
from tests.journeys.stories import (
    a_file,
    a_line,
    books_of,
    bring_in,
    give_email,
    moment,
    prepare_all,
)
from tests.journeys.test_delivering import ACCOUNT

FIRST = date(2026, 3, 31)
SECOND = FIRST + timedelta(days=15)
THIRD = SECOND + timedelta(days=15)
OPEN = a_line("F1", 120_00, date(2026, 1, 10))


@pytest.fixture
def books() -> tuple[SqliteBooks, EntityId]:
    """Books with one debt, whose customer reads e-mails."""
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(OPEN), FIRST)
    give_email(books, entity_id, "client@example.com")
    save_smtp_account(books, entity_id, ACCOUNT)
    return books, entity_id


def sent_on(books: SqliteBooks, entity_id: EntityId, day: date) -> EmailMessage:
    """Send what is due on a day; returns the only e-mail, as it left."""
    assert prepare_all(books, entity_id, day).email_count == 1
    release(books, entity_id)
    taken = take_next(books, entity_id, day, moment(day))
    assert taken
    accepted = DeliveryReport(outcome=Delivery.ACCEPTED)
    record_delivery(books, taken.message.id, accepted, day, moment(day))
    message = message_from_bytes(taken.content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_each_reminder_of_the_same_debts_answers_the_one_before(
    books: tuple[SqliteBooks, EntityId],
) -> None:
    first = sent_on(*books, FIRST)
    second = sent_on(*books, SECOND)
    third = sent_on(*books, THIRD)

    ids = [first["Message-ID"], second["Message-ID"], third["Message-ID"]]
    assert first["In-Reply-To"] is None
    assert second["In-Reply-To"] == ids[0]
    assert third["In-Reply-To"] == ids[1]
    assert third["References"].split() == ids[:2]
    assert second["Subject"] == third["Subject"] == f"Re: {first['Subject']}"


def test_a_reminder_that_goes_on_still_says_which_it_is(
    books: tuple[SqliteBooks, EntityId],
) -> None:
    sent_on(*books, FIRST)
    second = sent_on(*books, SECOND)

    for form in ("plain", "html"):
        body = second.get_body((form,))
        assert body is not None
        assert "Deuxième relance" in body.get_content()
    kept = books[0].outbox.all(books[1], [MessageState.SENT])
    assert [one.subject[:4] == "Re: " for one in kept] == [False, True]


def test_more_to_pay_begins_another_conversation(
    books: tuple[SqliteBooks, EntityId],
) -> None:
    sent_on(*books, FIRST)
    more = a_file(OPEN, a_line("F2", 50_00, date(2026, 1, 12)), name="autre.txt")
    bring_in(*books, more, SECOND)

    second = sent_on(*books, SECOND)

    assert second["In-Reply-To"] is None
    assert not second["Subject"].startswith("Re:")


def test_another_person_reads_the_beginning_of_a_conversation(
    books: tuple[SqliteBooks, EntityId],
) -> None:
    sent_on(*books, FIRST)
    with books[0].atomic():
        contacts = books[0].customers.contacts(books[1])
        books[0].customers.remove_contacts([contact.id for contact in contacts])
    give_email(*books, "autre@example.com")

    second = sent_on(*books, SECOND)

    assert second["To"] == "autre@example.com"
    assert second["References"] is None
