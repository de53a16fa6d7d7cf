import sqlite3
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from random import Random

import pytest

from domain.basics.errors import NotFoundError
from domain.basics.identifiers import BatchId, DocumentId, EntityId, ItemId, MessageId
from domain.dunning.outbox import PENDING_STATES, BatchState, MessageState
from storage.database.books import SqliteBooks
from tests.builders import (
    ENTITY_ID,
    NOW,
    TODAY,
    a_batch,
    a_message,
    an_entity,
    an_outbox_item,
    books_of_one_firm,
)


@pytest.fixture
def books() -> SqliteBooks:
    return books_of_one_firm()


def test_a_message_comes_back_with_its_items(books: SqliteBooks) -> None:
    document_id = books.outbox.save_document("m.eml", "message/rfc822", b"From: x")
    message = a_message(
        document_id=document_id,
        deadline_on=TODAY,
        not_before=NOW + timedelta(minutes=5),
    )
    items = [
        an_outbox_item(message, item_id="B"),
        an_outbox_item(message, item_id="A", cents=-3),
    ]

    assert books.outbox.add(message, items)

    assert books.outbox.get(message.id) == message
    assert books.outbox.items_of(message.id) == items


def test_an_unknown_message_is_not_found(books: SqliteBooks) -> None:
    with pytest.raises(NotFoundError, match="message"):
        books.outbox.get(MessageId("nothing"))


@pytest.mark.parametrize("state", sorted(set(MessageState) - {MessageState.WITHDRAWN}))
def test_the_same_message_is_not_prepared_twice(
    books: SqliteBooks, state: MessageState
) -> None:
    first = a_message(dedupe="C001 R1 2026-03-31", state=state)
    again = a_message(dedupe="C001 R1 2026-03-31")
    books.outbox.add(first, [an_outbox_item(first)])

    added = books.outbox.add(again, [an_outbox_item(again)])

    assert not added
    assert books.outbox.all(ENTITY_ID, list(MessageState)) == [first]
    assert books.outbox.items_of(again.id) == []


def test_a_withdrawn_message_may_be_prepared_again(books: SqliteBooks) -> None:
    first = a_message(dedupe="C001 R1")
    books.outbox.add(first, [])
    books.outbox.save(replace(first, state=MessageState.WITHDRAWN))

    assert books.outbox.add(a_message(dedupe="C001 R1"), [])
    assert not books.outbox.add(a_message(dedupe="C001 R1"), [])


def test_a_message_with_the_id_of_another_is_a_mistake(books: SqliteBooks) -> None:
    message = a_message()
    books.outbox.add(message, [])

    with pytest.raises(sqlite3.IntegrityError):
        books.outbox.add(replace(message, dedupe="else"), [])


def test_a_message_is_taken_once(books: SqliteBooks) -> None:
    message = a_message()
    books.outbox.add(message, [])
    later = NOW + timedelta(minutes=1)

    taken = [books.outbox.take(message.id, later) for _ in range(2)]

    assert taken == [True, False]
    assert books.outbox.get(message.id) == replace(
        message, state=MessageState.SENDING, changed_at=later
    )


@pytest.mark.parametrize("state", sorted(set(MessageState) - {MessageState.QUEUED}))
def test_only_a_queued_message_is_taken(
    books: SqliteBooks, state: MessageState
) -> None:
    message = a_message(state=state)
    books.outbox.add(message, [])

    assert not books.outbox.take(message.id, NOW)
    assert not books.outbox.take(MessageId("nothing"), NOW)
    assert books.outbox.get(message.id) == message


def test_messages_are_listed_by_state_oldest_first(books: SqliteBooks) -> None:
    new = a_message(created_at=NOW)
    old = a_message(created_at=NOW - timedelta(days=1))
    sent = a_message(state=MessageState.SENT)
    for message in (new, sent, old):
        books.outbox.add(message, [])

    assert books.outbox.in_state(MessageState.QUEUED) == [old, new]
    assert books.outbox.all(ENTITY_ID, [MessageState.SENT]) == [sent]
    assert books.outbox.all(ENTITY_ID, []) == []
    assert books.outbox.all(EntityId("other"), list(MessageState)) == []


def test_items_wait_while_their_message_is_not_settled(books: SqliteBooks) -> None:
    books.entities.save(an_entity(id="other"))
    for state in MessageState:
        message = a_message(state=state)
        books.outbox.add(message, [an_outbox_item(message, item_id=state)])
    theirs = a_message(entity_id="other")
    books.outbox.add(theirs, [an_outbox_item(theirs, item_id="theirs")])

    assert books.outbox.pending_items(ENTITY_ID) == {
        ItemId(state): a_message().prepared_on for state in PENDING_STATES
    }


def test_a_batch_keeps_its_letters_in_order(books: SqliteBooks) -> None:
    old = a_batch(created_at=NOW - timedelta(days=1))
    batch = a_batch()
    books.outbox.save_batch(old)
    books.outbox.save_batch(batch)
    letters = [a_message(batch_id=batch.id) for _ in range(3)]
    for letter in letters:
        books.outbox.add(letter, [])

    confirmed = replace(batch, state=BatchState.CONFIRMED, confirmed_on=TODAY)
    books.outbox.save_batch(confirmed)

    assert books.outbox.get_batch(batch.id) == confirmed
    assert books.outbox.batches(ENTITY_ID) == [confirmed, old]
    assert books.outbox.of_batch(batch.id) == letters
    with pytest.raises(NotFoundError):
        books.outbox.get_batch(BatchId("nothing"))


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7 " * 10_000, Random(1).randbytes(5_000), b"\x00"],  # noqa: S311
    ids=["empty", "repeated", "random", "tiny"],
)
def test_a_file_comes_back_byte_for_byte(books: SqliteBooks, content: bytes) -> None:
    document_id = books.outbox.save_document("a.pdf", "application/pdf", content)

    assert document_id == sha256(content).hexdigest()
    assert books.outbox.document(document_id) == content


def test_a_file_takes_the_room_it_needs_once(books: SqliteBooks) -> None:
    content = b"%PDF-1.7 " * 10_000
    for name in ("a.pdf", "b.pdf"):
        books.outbox.save_document(name, "application/pdf", content)

    sizes = books._connection.execute("SELECT length(content) FROM documents")

    ((size,),) = sizes.fetchall()
    assert size < len(content) / 100


def test_a_file_that_does_not_shrink_is_kept_as_it_is(books: SqliteBooks) -> None:
    content = Random(2).randbytes(5_000)  # noqa: S311
    books.outbox.save_document("photo.jpg", "image/jpeg", content)

    kept = books._connection.execute("SELECT content FROM documents")

    assert kept.fetchall() == [(content,)]


def test_an_unknown_file_is_not_found(books: SqliteBooks) -> None:
    with pytest.raises(NotFoundError):
        books.outbox.document(DocumentId("nothing"))
