"""How customers pay, and when their money is expected."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from domain.basics.identifiers import ItemId
from domain.dashboard.payers import (
    Grade,
    Payment,
    accuracy,
    habit,
    payments,
    score,
)
from domain.ledger.open_item import ItemState
from tests.builders import CUSTOMER_ID, TODAY, an_allocation, an_entry, an_item

YEAR = date(TODAY.year, 1, 1)


def paid(days_late: int, cents: int = 100_00, *, ago: int = 10) -> Payment:
    due_on = TODAY - timedelta(days=ago + days_late)
    return Payment(
        customer_id=CUSTOMER_ID,
        item_id=ItemId("FA-001"),
        invoice_on=due_on - timedelta(days=30),
        due_on=due_on,
        paid_on=TODAY - timedelta(days=ago),
        cents=cents,
    )


@pytest.mark.parametrize(
    ("days", "grade"),
    [
        (-20, Grade.A),
        (0, Grade.A),
        (1, Grade.B),
        (15, Grade.B),
        (30, Grade.C),
        (60, Grade.D),
        (61, Grade.E),
    ],
)
def test_a_score_follows_the_mean_lateness(days: int, grade: Grade) -> None:
    given_score = score([paid(days)] * 3, YEAR, TODAY)

    assert given_score
    assert (given_score.grade, given_score.days) == (grade, days)


def test_two_payments_give_no_score() -> None:
    assert score([paid(0), paid(0)], YEAR, TODAY) is None


def test_large_payments_weigh_more() -> None:
    given_score = score([paid(0, 1_00), paid(0, 1_00), paid(40, 98_00)], YEAR, TODAY)

    assert given_score
    assert (given_score.grade, given_score.days) == (Grade.D, 39)


def test_payments_of_another_fiscal_year_do_not_count() -> None:
    assert score([paid(0)] * 2 + [paid(0, ago=400)], YEAR, TODAY) is None


def test_one_payment_far_out_counts_as_120_days() -> None:
    given_score = score([paid(0), paid(0), paid(900, ago=5)], YEAR, TODAY)

    assert given_score
    assert given_score.days == 40


def test_a_habit_is_read_from_the_last_24_payments() -> None:
    found = habit([paid(90)] * 30 + [paid(5)] * 24)

    assert found
    assert (found.days, found.rests_on) == (5, 24)


def test_credit_notes_and_opening_lines_pay_nothing() -> None:
    entries = [
        an_entry(piece="FA-001", cents=300_00),
        an_entry(piece="RG-001", cents=-100_00, journal="BQ", entry_on=TODAY),
        an_entry(piece="AV-001", cents=-100_00, journal="VE"),
        an_entry(piece="RAN", cents=-100_00, journal="AN", opens_on=YEAR),
    ]
    allocations = [
        an_allocation(credit_id=piece, cents=100_00)
        for piece in ("RG-001", "AV-001", "RAN")
    ]
    item = an_item(days_late=12, cents=300_00)

    [payment] = payments([item], allocations, {e.id: e for e in entries})

    assert (payment.cents, payment.paid_on) == (100_00, TODAY)
    assert payment.days_late == 12


def test_an_item_gone_from_a_list_was_paid_that_day() -> None:
    item = an_item(days_late=12, state=ItemState.SETTLED, settled_on=TODAY)
    entry = an_entry(gone_on=TODAY)

    [payment] = payments([item], [], {entry.id: entry})

    assert (payment.days_late, payment.cents) == (12, item.invoiced.cents)


def test_a_steady_payer_is_predicted_better_than_by_due_dates() -> None:
    history = [paid(20, ago=400 - 40 * n) for n in range(10)]

    found = accuracy(history)

    assert found
    assert found.rests_on == 10
    # The first four invoices were made before three payments were known.
    assert (found.error, found.error_of_due_dates) == (
        Fraction(20 * 4, 10),
        Fraction(20),
    )


def test_a_firm_without_payments_has_no_accuracy() -> None:
    assert accuracy([]) is None
