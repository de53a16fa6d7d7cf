"""Copies of what was sent: which are put in the mailbox, and when."""

from dataclasses import replace
from datetime import timedelta

from domain.basics.identifiers import EntityId
from domain.dunning.outbox import MessageState, OutboxMessage
from domain.ports import ImapAccount
from domain.usecases.copying_sent import copies_kept, copies_to_keep
from domain.usecases.mailbox import last_look, save_imap_account
from storage.database.books import SqliteBooks
from tests.builders import a_customer, a_message
from tests.journeys.stories import OUTSIDE, books_of, moment
from tests.journeys.test_mailbox import MAILBOX, TODAY, receive
from tests.storage.test_email_message import an_email

NOW = moment(TODAY)


def sent(books: SqliteBooks, entity_id: EntityId, number: int) -> OutboxMessage:
    """Put a message that left so many hours after noon in the books."""
    name = f"m{number}@example.com"
    content = OUTSIDE.mail.build(an_email(message_id=name))
    with books.atomic():
        books.customers.save_many([a_customer(entity_id=entity_id)])
        message = a_message(
            customer_id=a_customer().id,
            id=f"m{number}",
            entity_id=entity_id,
            dedupe=f"m{number}",
            state=MessageState.SENT,
            message_header_id=name,
            changed_at=NOW + timedelta(hours=number),
            document_id=books.outbox.save_document("m", "message/rfc822", content),
        )
        books.outbox.add(message, [])
    return message


def names(books: SqliteBooks, entity_id: EntityId) -> list[str]:
    wanted = copies_to_keep(books, entity_id)
    return [copy.name for copy in wanted[1]] if wanted else []


def asked(books: SqliteBooks, entity_id: EntityId) -> ImapAccount:
    account = replace(MAILBOX, copies_since=NOW.isoformat())
    save_imap_account(books, entity_id, account)
    return account


def test_nothing_is_copied_unless_asked_for() -> None:
    books, entity_id = books_of()
    save_imap_account(books, entity_id, MAILBOX)
    sent(books, entity_id, 1)

    assert copies_to_keep(books, entity_id) is None


def test_what_left_since_is_copied_once_and_the_oldest_first() -> None:
    books, entity_id = books_of()
    asked(books, entity_id)
    for number in (-1, 2, 1):
        sent(books, entity_id, number)

    assert names(books, entity_id) == ["m1@example.com", "m2@example.com"]
    copies_kept(books, entity_id, ["m1@example.com"], "")
    assert names(books, entity_id) == ["m2@example.com"]
    copies_kept(books, entity_id, ["m2@example.com"], "")
    assert copies_to_keep(books, entity_id) is None


def test_two_that_left_at_the_same_moment_are_both_copied() -> None:
    books, entity_id = books_of()
    asked(books, entity_id)
    first = sent(books, entity_id, 1)
    second = sent(books, entity_id, 2)
    with books.atomic():
        books.outbox.save(replace(second, changed_at=first.changed_at))

    copies_kept(books, entity_id, ["m1@example.com"], "")
    assert names(books, entity_id) == ["m2@example.com"]
    copies_kept(books, entity_id, ["m2@example.com"], "")
    assert names(books, entity_id) == []


def test_a_copy_that_was_refused_is_told_and_tried_again() -> None:
    books, entity_id = books_of()
    asked(books, entity_id)
    sent(books, entity_id, 1)
    receive(books, entity_id)

    copies_kept(books, entity_id, [], "Full.")

    look = last_look(books, entity_id)
    assert look
    assert look.problem == "Full."
    assert names(books, entity_id) == ["m1@example.com"]
