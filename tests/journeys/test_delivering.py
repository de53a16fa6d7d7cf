"""Messages leave once, or say why not."""

from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from domain.basics.identifiers import EntityId, customer_key
from domain.basics.money import Money
from domain.customers.activity import ActivityKind
from domain.dunning.outbox import Delivery, DeliveryReport, MessageState, OutboxMessage
from domain.dunning.position import LevelCause, position_from
from domain.ports import SmtpAccount
from domain.usecases.acting import show_today
from domain.usecases.agreeing import place_hold, record_promise
from domain.usecases.configuring import save_smtp_account
from domain.usecases.delivering import (
    NoMailAccountError,
    record_delivery,
    recover_interrupted,
    settle_doubt,
    take_next,
    try_again,
    withdraw_by_hand,
)
from domain.usecases.printed_batches import cancel_batch, confirm_printed
from domain.usecases.releasing import release
from domain.usecases.withdrawing import WhyWithdrawn
from storage.database.books import SqliteBooks
from tests.builders import a_level_change, an_entity
from tests.invoices import a_pdf
from tests.journeys.stories import (
    OUTSIDE,
    a_file,
    a_line,
    books_of,
    bring_in,
    give_address,
    give_email,
    moment,
    prepare_all,
)

JAN = date(2026, 1, 10)
TODAY = date(2026, 3, 31)
NOW = moment(TODAY)
INVOICE = a_line("F1", 120_00, JAN)
ACCOUNT = SmtpAccount(
    host="127.0.0.1",
    port=25,
    security="none",
    user="",
    sender_name="Atelier",
    sender_address="compta@atelier.example.com",
)


@pytest.fixture
def by_email() -> tuple[SqliteBooks, EntityId]:
    """Books with one e-mail prepared."""
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(INVOICE), TODAY)
    give_email(books, entity_id, "client@example.com")
    save_smtp_account(books, entity_id, ACCOUNT)
    assert prepare_all(books, entity_id, TODAY).email_count == 1
    return books, entity_id


@pytest.fixture
def by_letter() -> tuple[SqliteBooks, EntityId]:
    """Books with one letter prepared."""
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(INVOICE), TODAY)
    give_address(books, entity_id)
    assert prepare_all(books, entity_id, TODAY).letter_count == 1
    return books, entity_id


def only_message(books: SqliteBooks, entity_id: EntityId) -> OutboxMessage:
    (message,) = books.outbox.all(entity_id, list(MessageState))
    return message


def level(books: SqliteBooks, entity_id: EntityId) -> int:
    (item,) = books.ledger.items(entity_id)
    history = books.activities.level_history(entity_id)
    return position_from(history.get(item.id, [])).level


def proposed(books: SqliteBooks, entity_id: EntityId, day: date) -> int:
    view = show_today(books, entity_id, OUTSIDE.mail.check_address, day)
    return sum(len(bucket.rows) for bucket in view.buckets)


def attempt(
    books: SqliteBooks, entity_id: EntityId, outcome: Delivery
) -> OutboxMessage:
    release(books, entity_id)
    taken = take_next(books, entity_id, TODAY, NOW)
    assert taken
    report = DeliveryReport(outcome=outcome, answer="250 ok")
    return record_delivery(books, taken.message.id, report, TODAY, NOW)


def test_an_accepted_email_completes_its_step_and_enters_the_history(
    by_email: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = by_email

    assert attempt(books, entity_id, Delivery.ACCEPTED).state is MessageState.SENT

    assert level(books, entity_id) == 1
    customer = customer_key(entity_id, "C001")
    (activity,) = books.activities.of(customer)
    assert activity.kind is ActivityKind.REMINDER
    assert activity.recipients == "client@example.com"
    assert activity.amount == Money(120_00)
    assert activity.document_id
    assert b"client@example.com" in books.outbox.document(activity.document_id)


def test_a_prepared_email_does_not_leave_before_somebody_says_so(
    by_email: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = by_email

    assert take_next(books, entity_id, TODAY, NOW) is None


def test_an_email_prepared_is_not_proposed_again_and_counts_for_nothing(
    by_email: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = by_email

    assert proposed(books, entity_id, TODAY) == 0
    assert level(books, entity_id) == 0


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Delivery.OFFLINE, MessageState.QUEUED),
        (Delivery.LATER, MessageState.QUEUED),
        (Delivery.REFUSED, MessageState.FAILED),
        (Delivery.UNKNOWN, MessageState.UNCERTAIN),
    ],
)
def test_what_was_not_accepted_completes_nothing(
    by_email: tuple[SqliteBooks, EntityId], outcome: Delivery, state: MessageState
) -> None:
    books, entity_id = by_email

    assert attempt(books, entity_id, outcome).state is state

    assert level(books, entity_id) == 0
    assert books.activities.of(customer_key(entity_id, "C001")) == []


def test_offline_waits_longer_after_each_failure(
    by_email: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = by_email
    waits = []
    now = NOW
    release(books, entity_id)
    report = DeliveryReport(outcome=Delivery.OFFLINE)
    taken = take_next(books, entity_id, TODAY, now)
    assert taken
    first = record_delivery(books, taken.message.id, report, TODAY, now)
    assert first.not_before is None  # a network that went away: it keeps its turn
    for _ in range(5):
        taken = take_next(books, entity_id, TODAY, now)
        assert taken
        message = record_delivery(books, taken.message.id, report, TODAY, now)
        assert message.not_before
        waits.append((message.not_before - now) // timedelta(minutes=1))
        assert take_next(books, entity_id, TODAY, now) is None
        now = message.not_before

    assert waits == [5, 10, 20, 30, 30]


def test_a_crash_in_the_middle_leaves_a_doubt_that_nothing_resends(
    by_email: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = by_email
    release(books, entity_id)
    assert take_next(books, entity_id, TODAY, NOW)

    assert recover_interrupted(books, NOW) == 1  # the app starts again

    assert only_message(books, entity_id).state is MessageState.UNCERTAIN
    assert release(books, entity_id) == 0
    assert take_next(books, entity_id, TODAY, NOW) is None


@pytest.mark.parametrize("it_left", [True, False])
def test_a_doubt_is_settled_by_a_person(
    by_email: tuple[SqliteBooks, EntityId], it_left: bool
) -> None:
    books, entity_id = by_email
    message = attempt(books, entity_id, Delivery.UNKNOWN)

    settle_doubt(books, message.id, TODAY, NOW, it_left=it_left)

    expected = MessageState.SENT if it_left else MessageState.QUEUED
    assert only_message(books, entity_id).state is expected
    assert level(books, entity_id) == int(it_left)


def test_a_refused_email_can_be_tried_again(
    by_email: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = by_email
    message = attempt(books, entity_id, Delivery.REFUSED)

    try_again(books, message.id, NOW)

    assert take_next(books, entity_id, TODAY, NOW)


def test_what_was_paid_meanwhile_is_withdrawn_before_sending(
    by_email: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = by_email
    payment = a_line("B1", -120_00, TODAY, journal="BQ")
    bring_in(books, entity_id, a_file(INVOICE, payment), TODAY)

    message = only_message(books, entity_id)
    assert message.state is MessageState.WITHDRAWN
    assert message.answer == WhyWithdrawn.PAID


def test_a_part_payment_sends_the_message_back_to_be_proposed_anew(
    by_email: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = by_email
    payment = a_line("B1", -20_00, TODAY, journal="BQ")
    bring_in(books, entity_id, a_file(INVOICE, payment), TODAY)

    assert only_message(books, entity_id).answer == WhyWithdrawn.CHANGED
    assert proposed(books, entity_id, TODAY) == 1


def blockers() -> Iterator[object]:
    yield pytest.param(
        lambda books, customer: place_hold(books, customer, "", None, TODAY, NOW),
        WhyWithdrawn.STOPPED,
        id="stop",
    )
    yield pytest.param(
        lambda books, customer: record_promise(
            books, customer, Money(120_00), TODAY, TODAY, NOW
        ),
        WhyWithdrawn.PROMISED,
        id="promise",
    )


@pytest.mark.parametrize(("decide", "why"), list(blockers()))
def test_what_was_decided_meanwhile_withdraws_the_message(
    by_email: tuple[SqliteBooks, EntityId], decide: object, why: WhyWithdrawn
) -> None:
    books, entity_id = by_email
    release(books, entity_id)
    decide(books, customer_key(entity_id, "C001"))  # type: ignore[operator]

    assert take_next(books, entity_id, TODAY, NOW) is None
    assert only_message(books, entity_id).answer == why


def test_a_letter_counts_once_confirmed_printed(
    by_letter: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = by_letter
    (batch,) = books.outbox.batches(entity_id)
    assert level(books, entity_id) == 0

    assert confirm_printed(books, batch.id, TODAY, NOW) == 1

    assert level(books, entity_id) == 1
    assert proposed(books, entity_id, TODAY) == 0


def test_a_cancelled_batch_proposes_its_items_again(
    by_letter: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = by_letter
    (batch,) = books.outbox.batches(entity_id)

    cancel_batch(books, batch.id, NOW)

    assert level(books, entity_id) == 0
    assert proposed(books, entity_id, TODAY) == 1


def test_an_email_withdrawn_by_hand_is_proposed_again(
    by_email: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = by_email

    withdraw_by_hand(books, [only_message(books, entity_id).id], NOW)

    assert proposed(books, entity_id, TODAY) == 1


def test_nothing_is_sent_before_a_mail_server_is_set() -> None:
    books, entity_id = books_of()

    with pytest.raises(NoMailAccountError):
        release(books, entity_id)


def test_the_second_reminder_waits_for_the_deadline_of_the_first(
    by_email: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = by_email
    attempt(books, entity_id, Delivery.ACCEPTED)

    assert proposed(books, entity_id, TODAY + timedelta(days=7)) == 0
    assert proposed(books, entity_id, TODAY + timedelta(days=8)) == 1


def test_an_email_encloses_its_letter_and_the_invoices_found_in_the_folder(
    tmp_path: Path,
) -> None:
    (tmp_path / "F1-2026.pdf").write_bytes(a_pdf())
    books, entity_id = books_of(an_entity(invoices_folder=str(tmp_path)))
    line = a_line("F1-2026", 120_00, JAN)
    bring_in(books, entity_id, a_file(line), TODAY)
    give_email(books, entity_id, "client@example.com")
    prepare_all(books, entity_id, TODAY)

    prepared = only_message(books, entity_id)
    assert prepared.document_id
    content = books.outbox.document(prepared.document_id)
    message = message_from_bytes(content, policy=default)
    names = [part.get_filename() for part in message.iter_attachments()]
    assert names == ["C001-20260331-R1.pdf", "F1-2026.pdf"]
    assert message["Message-ID"] == f"<{prepared.message_header_id}>"


def test_a_letter_confirmed_late_does_not_lower_a_level_raised_by_hand(
    by_letter: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = by_letter
    (item,) = books.ledger.items(entity_id)
    by_hand = a_level_change(
        entity_id=entity_id,
        customer_id=item.customer_id,
        item_id=item.id,
        level=3,
        reached_on=TODAY,
        recorded_at=moment(TODAY, hour=11),
        cause=LevelCause.BY_HAND,
    )
    books.activities.record_levels([by_hand])
    (batch,) = books.outbox.batches(entity_id)

    confirm_printed(books, batch.id, TODAY, moment(TODAY, hour=12))

    assert level(books, entity_id) == 3
