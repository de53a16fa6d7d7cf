"""Key figures, to the worked examples that accountants publish."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dashboard.delays import (
    MonthSales,
    average_delay,
    countback,
    days_sales,
    effectiveness,
    month_ends,
)
from domain.dashboard.sales import DaySums, Movement, Sales, owed_at_month_ends
from tests.builders import customer_id_of

NOVEMBER = MonthSales(date(2025, 11, 30), 30, 1_200_00)
OCTOBER = MonthSales(date(2025, 10, 31), 31, 800_00)
SEPTEMBER = MonthSales(date(2025, 9, 30), 30, 700_00)
AUTUMN = [NOVEMBER, OCTOBER, SEPTEMBER]


def rounded(value: Fraction | None) -> float:
    assert value is not None
    return round(float(value), 1)


def test_half_of_ninety_days_of_sales_still_owed_is_45_days() -> None:
    assert days_sales(30_000_00, 60_000_00, 90) == 45


def test_without_sales_there_is_no_dso() -> None:
    assert days_sales(30_000_00, 0, 90) is None
    assert average_delay(None, Fraction(3)) is None


def test_2_500_owed_use_up_two_months_of_sales_and_part_of_a_third() -> None:
    found = countback(2_500_00, AUTUMN)

    assert rounded(found.days) == 82.4
    assert [step.used for step in found.steps] == [1_200_00, 800_00, 500_00]
    assert not found.is_at_least


def test_sales_used_up_before_what_is_owed_say_at_least() -> None:
    found = countback(2_500_00, [NOVEMBER, OCTOBER])

    assert found.days == 61
    assert found.is_at_least


def test_nothing_owed_takes_no_day() -> None:
    assert countback(0, AUTUMN).days == 0


def test_the_delay_added_by_lateness_is_what_the_best_delay_leaves() -> None:
    dso, best = (
        days_sales(30_000_00, 60_000_00, 90),
        days_sales(20_000_00, 60_000_00, 90),
    )

    assert average_delay(dso, best) == 15


def test_the_effectiveness_is_that_of_the_credit_research_foundation() -> None:
    found = effectiveness(6_200_00, 10_890_00, 3, 6_340_00, 3_590_00)

    assert rounded(found) == 55.9
    assert found is not None
    assert round(float(found / 100), 4) == 0.5593


def test_where_all_that_is_owed_is_not_due_the_effectiveness_is_whole() -> None:
    assert effectiveness(100_00, 90_00, 3, 50_00, 50_00) == 100
    assert effectiveness(0, 0, 3, 0, 0) is None


@given(
    st.integers(0, 10**9),
    st.lists(st.integers(0, 10**8), max_size=24),
)
def test_the_countback_uses_up_all_that_is_owed_or_says_that_it_could_not(
    owed: int, sold: list[int]
) -> None:
    months = [MonthSales(date(2025, 1, 31), 30, cents) for cents in sold]

    found = countback(owed, months)

    used = sum(step.used for step in found.steps)
    assert used == min(owed, sum(sold))
    assert found.is_at_least == (sum(sold) < owed)
    assert found.days <= 30 * len(months)


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 3, 30), date(2026, 2, 28)),
        (date(2026, 1, 15), date(2025, 12, 31)),
    ],
)
def test_only_months_that_are_over_have_an_end(day: date, first: date) -> None:
    assert month_ends(day, 12)[0] == first
    assert len(set(month_ends(day, 12))) == 12


def a_day(
    journal: str, on: date, debit: int = 0, credit: int = 0, currency: str = "EUR"
) -> DaySums:
    return DaySums(journal, currency, on, debit, credit)


def test_sales_are_the_invoices_less_the_credit_notes_of_the_journals_of_sales() -> (
    None
):
    sales = Sales(
        [
            a_day("VE", date(2026, 1, 5), debit=900_00, credit=100_00),
            a_day("BQ", date(2026, 1, 9), credit=700_00, debit=20_00),  # came back
            a_day("VE", date(2026, 2, 5), debit=500_00),
            a_day("VE", date(2026, 2, 5), debit=9_00, currency="USD"),
            a_day("AN", date(2026, 1, 1), debit=400_00),
        ],
        "EUR",
    )

    assert sales.journals == ["VE"]
    assert sales.between(date(2026, 1, 1), date(2026, 2, 28)) == 1_300_00
    assert sales.months_until(date(2026, 2, 10)) == [
        MonthSales(date(2026, 2, 10), 10, 500_00),
        MonthSales(date(2026, 1, 31), 31, 800_00),
    ]


def test_where_one_journal_holds_all_its_debits_are_the_sales() -> None:
    days = [a_day("", date(2026, 1, 5), debit=900_00, credit=800_00)]

    assert Sales(days, "EUR").between(date(2026, 1, 1), date(2026, 1, 31)) == 900_00


def test_accounts_in_credit_do_not_lower_what_is_owed_at_a_months_end() -> None:
    one, other = customer_id_of("C001"), customer_id_of("C002")

    found = owed_at_month_ends(
        [
            Movement(date(2026, 1, 1), one, 500_00),
            Movement(date(2026, 1, 1), other, -80_00),
            Movement(date(2026, 2, 1), one, -500_00),
            Movement(date(2026, 2, 1), other, 100_00),
        ]
    )

    assert found == {date(2026, 1, 31): 500_00, date(2026, 2, 28): 20_00}
