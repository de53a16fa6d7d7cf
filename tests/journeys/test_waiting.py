"""What a person does with e-mails that wait: order, time, review, another program."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.basics.identifiers import EntityId, customer_key
from domain.basics.money import Money
from domain.dunning.outbox import MessageState, OutboxMessage
from domain.dunning.scenario import Channel
from domain.usecases.configuring import save_smtp_account
from domain.usecases.delivering import emails_in, take_next
from domain.usecases.outbox import show_outbox
from domain.usecases.releasing import release
from domain.usecases.waiting import (
    NotWaitingError,
    Place,
    put,
    rewritten,
    send_as_is,
    sent_elsewhere,
)
from domain.usecases.withdrawing import TO_REVIEW, WhyWithdrawn
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
from tests.mail_server import smtp_server
from ui.components.rewriting import with_table

TODAY = date(2026, 3, 31)
NOW = moment(TODAY)
CODES = ("C001", "C002", "C003")


def invoices(paid: int = 0) -> list[object]:
    """Write the firm's file; the first customer paid some cents."""
    day = date(2026, 1, 10)
    lines = [a_line(f"F{c}", 120_00, day, code=c, name=c) for c in CODES]
    if paid:
        lines.append(a_line("FC001", -paid, TODAY, code="C001", name="C001"))
    return lines  # type: ignore[return-value]


@pytest.fixture
def ready() -> Iterator[tuple[SqliteBooks, EntityId]]:
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(*invoices()), TODAY)  # type: ignore[arg-type]
    for code in CODES:
        give_email(books, entity_id, f"{code.lower()}@client.example.com", code)
    assert prepare_all(books, entity_id, TODAY).email_count == len(CODES)
    with smtp_server() as server:
        save_smtp_account(books, entity_id, server.account)
        yield books, entity_id
    books.close()


def order(books: SqliteBooks, entity_id: EntityId) -> list[str]:
    waiting = emails_in(books, entity_id, MessageState.QUEUED)
    return [m.recipient[:4].upper() for m in waiting]


def message_to(books: SqliteBooks, entity_id: EntityId, code: str) -> OutboxMessage:
    [found] = [
        m
        for m in books.outbox.all(entity_id, list(MessageState))
        if m.customer_id == customer_key(entity_id, code)
    ]
    return found


@pytest.mark.parametrize(
    ("code", "place", "expected"),
    [
        ("C003", Place.FIRST, ["C003", "C001", "C002"]),
        ("C003", Place.EARLIER, ["C001", "C003", "C002"]),
        ("C001", Place.EARLIER, ["C001", "C002", "C003"]),
        ("C001", Place.LATER, ["C002", "C001", "C003"]),
        ("C001", Place.LAST, ["C002", "C003", "C001"]),
    ],
)
def test_waiting_emails_leave_in_the_order_a_person_gave_them(
    ready: tuple[SqliteBooks, EntityId], code: str, place: Place, expected: list[str]
) -> None:
    books, entity_id = ready
    put(books, entity_id, message_to(books, entity_id, code).id, place)

    assert order(books, entity_id) == expected
    release(books, entity_id)
    left = []
    while taken := take_next(books, entity_id, TODAY, NOW):
        left.append(taken.message.recipient[:4].upper())
    assert left == expected


def test_an_email_with_a_time_leaves_then_and_not_with_the_others(
    ready: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = ready
    later, tomorrow = message_to(books, entity_id, "C001"), NOW + timedelta(days=1)
    release(books, entity_id, [later.id], leave_at=tomorrow)

    assert release(books, entity_id) == 2
    for _ in range(2):
        taken = take_next(books, entity_id, TODAY, NOW)
        assert taken
        assert taken.message.id != later.id
    assert take_next(books, entity_id, TODAY, NOW) is None
    taken = take_next(books, entity_id, TODAY + timedelta(days=1), tomorrow)
    assert taken
    assert taken.message.id == later.id


def written(books: SqliteBooks, entity_id: EntityId) -> OutboxMessage:
    message = replace(message_to(books, entity_id, "C001"), written_by_hand=True)
    books.outbox.save(message)
    return message


def test_what_a_person_wrote_comes_back_for_review_when_part_is_paid(
    ready: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = ready
    message = written(books, entity_id)
    release(books, entity_id)
    paid = a_file(*invoices(paid=50_00))  # type: ignore[arg-type]
    bring_in(books, entity_id, paid, TODAY)

    view = show_outbox(books, entity_id)
    [row] = view.to_check.rows
    assert (row.message.id, row.message.to_review) == (message.id, TO_REVIEW)
    assert release(books, entity_id, [message.id]) == 0

    send_as_is(books, message.id, TODAY, NOW)
    release(books, entity_id, [message.id])
    taken = take_next(books, entity_id, TODAY, NOW)
    assert taken
    assert taken.message.id == message.id
    [line] = books.outbox.items_of(message.id)
    assert line.left == Money(70_00)


def test_what_a_person_wrote_is_withdrawn_when_all_is_paid(
    ready: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = ready
    message = written(books, entity_id)
    paid = a_file(*invoices(paid=120_00))  # type: ignore[arg-type]
    bring_in(books, entity_id, paid, TODAY)

    known = books.outbox.get(message.id)
    assert (known.state, known.answer) == (MessageState.WITHDRAWN, WhyWithdrawn.PAID)


def test_an_email_sent_from_another_program_completes_its_step_once(
    ready: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = ready
    message = message_to(books, entity_id, "C002")

    sent_elsewhere(books, message.id, TODAY, NOW)

    assert books.outbox.get(message.id).state is MessageState.SENT
    activities = books.activities.all(entity_id)
    assert [a.recipients for a in activities] == [message.recipient]
    with pytest.raises(NotWaitingError):
        sent_elsewhere(books, message.id, TODAY, NOW)


def test_what_is_written_again_takes_the_place_of_what_it_replaces(
    ready: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = ready
    old, new = (message_to(books, entity_id, code) for code in ("C001", "C003"))
    put(books, entity_id, old.id, Place.FIRST)

    rewritten(books, old.id, new.id, NOW)

    assert order(books, entity_id)[0] == "C003"
    known = books.outbox.get(old.id)
    assert (known.state, known.answer) == (
        MessageState.WITHDRAWN,
        WhyWithdrawn.REWRITTEN,
    )
    assert new.channel is Channel.EMAIL


def test_the_table_of_a_message_is_found_again_where_it_stood() -> None:
    text = "Bonjour,\n\nVoici :\n\n- F1 du 10/01/2026\n\nMerci.\n\nÀ bientôt"

    found = with_table("Bonjour,\n\nVoici :\n\nMerci.\n\nÀ bientôt", text)

    assert found == "Bonjour,\n\nVoici :\n\n%tableau_comptable%\n\nMerci.\n\nÀ bientôt"
    assert (
        with_table("Bonjour,\n\nMerci.", "Bonjour,\n\nMerci.") == "Bonjour,\n\nMerci."
    )
