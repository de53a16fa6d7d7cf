"""The firm's figures on one day."""

from datetime import date, timedelta

import pytest

from domain.basics.money import EUR, Money
from domain.dashboard.account import AGE_LIMITS
from domain.dashboard.aged import aged, figures_of
from domain.dashboard.key_figures import (
    KeyFigures,
    fiscal_year_start,
    paid_lately,
)
from domain.ledger.open_item import OpenItem
from tests.builders import (
    ENTITY_ID,
    TODAY,
    a_customer,
    an_entry,
    an_item,
    books_of_one_firm,
    customer_id_of,
)

DAY = timedelta(days=1)
C002 = customer_id_of("C002")


def figures(*items: OpenItem) -> KeyFigures:
    books = books_of_one_firm()
    books.customers.save_many([a_customer(code="C002")])
    books.ledger.replace_items(ENTITY_ID, items)
    sums = books.figures.accounts(ENTITY_ID, TODAY, AGE_LIMITS)
    return figures_of([aged(account) for account in sums], EUR, len(AGE_LIMITS) + 1)


def test_only_accounts_in_debit_count_in_what_is_owed() -> None:
    found = figures(
        an_item(days_late=40),
        an_item(days_late=-5, cents=80_00, reference="FA-002"),
        an_item(cents=-500_00, reference="AV-1", customer_id=C002),
    )

    assert (found.owed, found.overdue, found.to_come) == (
        Money(200_00),
        Money(120_00),
        Money(80_00),
    )
    assert found.by_age == (Money(0), Money(120_00), Money(0))
    assert (found.overdue_customers, found.to_come_customers) == (1, 1)


def test_to_come_and_every_bucket_make_what_is_owed() -> None:
    found = figures(
        *(an_item(days_late=n, reference=f"FA-{n}") for n in range(-20, 100)),
        an_item(cents=-70_00, reference="AV-1"),
    )

    assert Money.total(found.by_age) + found.to_come == found.owed


def test_a_firm_without_customers_is_owed_nothing() -> None:
    found = figures_of([], "USD", 3)

    assert (found.owed, found.by_age) == (
        Money(0, "USD"),
        (Money(0, "USD"),) * 3,
    )


@pytest.mark.parametrize(("days_ago", "counts"), [(0, True), (90, True), (91, False)])
def test_payments_of_the_last_90_days_count(days_ago: int, counts: object) -> None:
    payment = an_entry(cents=-50_00, entry_on=TODAY - days_ago * DAY)

    assert paid_lately([payment], TODAY, 9) == Money(50_00 if counts else 0)


def test_payments_before_the_fiscal_year_do_not_count() -> None:
    payments = [
        an_entry(cents=-50_00, entry_on=date(2026, 1, 1)),
        an_entry(cents=-7_00, entry_on=date(2025, 12, 31)),
    ]

    assert paid_lately(payments, date(2026, 1, 20), 1) == Money(50_00)


def test_only_credits_of_the_currency_made_by_today_and_kept_are_payments() -> None:
    entries = [
        an_entry(cents=90_00, entry_on=TODAY),
        an_entry(cents=-50_00, entry_on=TODAY + DAY),
        an_entry(cents=-20_00, entry_on=TODAY, gone_on=TODAY),
        an_entry(debit=Money(0, "USD"), credit=Money(3_00, "USD"), entry_on=TODAY),
    ]

    assert paid_lately(entries, TODAY, 1) == Money(0)
    assert paid_lately(entries, TODAY, 1, "USD") == Money(3_00, "USD")


@pytest.mark.parametrize(
    ("today", "month", "start"),
    [
        (date(2026, 3, 31), 1, date(2026, 1, 1)),
        (date(2026, 3, 31), 4, date(2025, 4, 1)),
        (date(2026, 4, 1), 4, date(2026, 4, 1)),
    ],
)
def test_a_fiscal_year_starts_in_the_month_the_firm_says(
    today: date, month: int, start: date
) -> None:
    assert fiscal_year_start(today, month) == start
