from datetime import timedelta

import pytest

from domain.basics.listing import Among, Days, ListPage, ListQuery
from domain.basics.money import Money
from domain.customers.activity import ActivityKind
from domain.customers.activity_line import SendingLine, SendingState
from domain.dunning.outbox import MessageState
from domain.dunning.scenario import Channel, StepKind
from storage.database.books import SqliteBooks
from tests.builders import (
    ENTITY_ID,
    NOW,
    TODAY,
    a_message,
    an_activity,
    books_of_one_firm,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def books() -> SqliteBooks:
    return books_of_one_firm()


def read(books: SqliteBooks, **query: object) -> ListPage[SendingLine]:
    asked = ListQuery(**query)  # type: ignore[arg-type]
    return books.lists.sendings(ENTITY_ID, asked)


def states(page: ListPage[SendingLine]) -> list[SendingState]:
    return [line.state for line in page.lines]


def test_a_message_that_waits_is_created_and_not_sent(books: SqliteBooks) -> None:
    message = a_message(sender="relances@atelier.example.com")
    books.outbox.add(message, [])

    (line,) = read(books).lines

    assert (line.state, line.message_id) == (SendingState.CREATED, message.id)
    assert (line.created_at, line.sent_on, line.sent_at) == (NOW, None, None)
    assert line.sender == "relances@atelier.example.com"


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.UNCERTAIN])
def test_what_only_a_person_can_settle_is_to_check(
    books: SqliteBooks, state: MessageState
) -> None:
    books.outbox.add(a_message(state=state), [])

    assert states(read(books)) == [SendingState.TO_CHECK]


def test_a_sent_message_stands_once_with_both_its_moments(books: SqliteBooks) -> None:
    document = books.outbox.save_document("R1.eml", "message/rfc822", b"Bonjour")
    books.outbox.add(
        a_message(state=MessageState.SENT, document_id=document, changed_at=NOW + HOUR),
        [],
    )
    activity = an_activity(
        days_ago=0, recorded_at=NOW + HOUR, document_id=document, amount=Money(120_00)
    )
    books.activities.record(activity)

    page = read(books)

    (line,) = page.lines
    assert (line.state, line.activity_id) == (SendingState.SENT, activity.id)
    assert (line.created_at, line.sent_at) == (NOW, NOW + HOUR)
    assert page.totals == {"amount": (Money(120_00),)}


def test_a_withdrawn_message_and_a_note_are_no_activity_of_the_list(
    books: SqliteBooks,
) -> None:
    books.outbox.add(a_message(state=MessageState.WITHDRAWN), [])
    books.activities.record(an_activity(kind=ActivityKind.NOTE))

    assert read(books).count == 0


def test_only_the_day_is_known_of_what_another_tool_sent(books: SqliteBooks) -> None:
    books.activities.record(an_activity(kind=ActivityKind.PAST_REMINDER))

    (line,) = read(books).lines

    assert (line.sent_on, line.sent_at) == (TODAY - timedelta(days=8), None)


def test_messages_are_narrowed_by_type_media_and_day(books: SqliteBooks) -> None:
    books.activities.record(an_activity(days_ago=2, channel=Channel.LETTER))
    books.activities.record(an_activity(days_ago=30, channel=Channel.LETTER))
    books.activities.record(an_activity(days_ago=2))
    books.outbox.add(a_message(kind=StepKind.ADVANCE_NOTICE, level=0), [])

    page = read(
        books,
        filters={
            "kind": Among(("reminder",)),
            "channel": Among(("letter",)),
            "day": Days(first=TODAY - timedelta(days=7)),
        },
    )

    assert [line.sent_on for line in page.lines] == [TODAY - timedelta(days=2)]


def test_the_latest_comes_first_whether_it_left_or_waits(books: SqliteBooks) -> None:
    books.activities.record(an_activity(days_ago=3))
    books.outbox.add(a_message(), [])
    books.activities.record(an_activity(days_ago=1))

    page = read(books, sort="sent", descending=True)

    assert states(page) == [
        SendingState.CREATED,
        SendingState.SENT,
        SendingState.SENT,
    ]
    assert page.lines[1].sent_on == TODAY - timedelta(days=1)
