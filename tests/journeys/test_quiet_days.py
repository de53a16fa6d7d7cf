"""Days on which nobody is written to, and what leaves after days off."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.basics.identifiers import EntityId
from domain.dunning.courtesy import Courtesy, QuietPeriod
from domain.dunning.outbox import Delivery, DeliveryReport, MessageState
from domain.dunning.planned import Reason
from domain.ports import SmtpAccount
from domain.usecases.acting import show_today
from domain.usecases.configuring import save_smtp_account
from domain.usecases.courtesy import PeriodBackwardsError, courtesy_of, save_courtesy
from domain.usecases.delivering import count_released, record_delivery, take_next
from domain.usecases.releasing import release
from storage.database.books import SqliteBooks
from tests.journeys.stories import (
    OUTSIDE,
    a_file,
    a_line,
    books_of,
    bring_in,
    give_email,
    moment,
    prepare_all,
)

JAN = date(2026, 1, 10)
TODAY = date(2026, 3, 31)
NOW = moment(TODAY)
INVOICE = a_line("F1", 120_00, JAN)


@pytest.fixture
def by_email() -> tuple[SqliteBooks, EntityId]:
    """Books with one e-mail prepared."""
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(INVOICE), TODAY)
    give_email(books, entity_id, "client@example.com")
    save_smtp_account(
        books,
        entity_id,
        SmtpAccount(
            host="smtp.example.com",
            port=465,
            security="ssl",
            user="",
            sender_name="",
            sender_address="compta@example.com",
        ),
    )
    assert prepare_all(books, entity_id, TODAY).email_count == 1
    return books, entity_id


def test_nothing_leaves_the_outbox_on_a_quiet_day_unless_a_person_says_so(
    by_email: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = by_email
    sunday = date(2026, 4, 12)
    release(books, entity_id)

    assert count_released(books, sunday, NOW) == {}
    assert take_next(books, entity_id, sunday, NOW) is None
    assert len(books.outbox.all(entity_id, [MessageState.QUEUED])) == 1

    assert release(books, entity_id, even_on=sunday) == 1
    assert count_released(books, sunday, NOW) == {entity_id: 1}
    assert take_next(books, entity_id, sunday, NOW)


def test_what_waited_for_the_end_of_a_quiet_period_leaves_the_day_after(
    by_email: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = by_email
    period = QuietPeriod(first_on=TODAY, last_on=TODAY, reason="Inventaire")
    save_courtesy(books, entity_id, Courtesy(periods=(period,)))
    release(books, entity_id)

    assert take_next(books, entity_id, TODAY, NOW) is None
    assert take_next(books, entity_id, TODAY + timedelta(days=1), NOW)


def test_saying_so_on_a_sunday_says_nothing_of_the_next_one(
    by_email: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = by_email
    release(books, entity_id, even_on=date(2026, 4, 12))

    assert take_next(books, entity_id, date(2026, 4, 19), NOW) is None


def test_courtesy_is_kept_as_it_was_saved_and_a_period_backwards_is_refused(
    by_email: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = by_email
    period = QuietPeriod(first_on=TODAY, last_on=TODAY, reason="Inventaire")
    kept = Courtesy(contacts_per_week=3, alsace_moselle=True, periods=(period,))
    save_courtesy(books, entity_id, kept)

    assert courtesy_of(books, entity_id) == kept
    backwards = replace(period, last_on=TODAY - timedelta(days=1))
    with pytest.raises(PeriodBackwardsError):
        save_courtesy(books, entity_id, Courtesy(periods=(backwards,)))
    assert courtesy_of(books, entity_id) == kept


def test_a_firm_back_from_days_off_is_told_so_and_each_customer_gets_one_message(
    by_email: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = by_email
    release(books, entity_id)
    taken = take_next(books, entity_id, TODAY, NOW)
    assert taken
    report = DeliveryReport(outcome=Delivery.ACCEPTED, answer="250 ok")
    record_delivery(books, taken.message.id, report, TODAY, NOW)
    more = a_line("F2", 80_00, JAN)
    bring_in(books, entity_id, a_file(INVOICE, more), TODAY)
    back = TODAY + timedelta(days=20)

    view = show_today(books, entity_id, OUTSIDE.mail.check_address, back)

    assert view.days_off
    assert view.days_off.days == 20
    assert [len(bucket.rows) for bucket in view.buckets] == [1]
    [left_out] = view.left_out
    reasons = {e.reason for one in left_out.items for e in one.exclusions}
    assert Reason.CATCHING_UP in reasons
