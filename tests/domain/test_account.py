"""What one customer owes: overdue, to come, and by age."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basics.money import Money
from domain.dashboard.account import AccountAmounts, account_amounts
from domain.ledger.open_item import OpenItem
from tests.builders import TODAY, an_item

FINE_SET = (30, 60, 90)


def amounts(*items: OpenItem) -> AccountAmounts:
    return account_amounts(items, TODAY)


def cents_by_age(account: AccountAmounts) -> list[int]:
    return [amount.cents for amount in account.by_age]


@pytest.mark.parametrize(
    ("days_late", "bucket"),
    [(1, 0), (29, 0), (30, 0), (31, 1), (60, 1), (61, 2), (400, 2)],
)
def test_thirty_days_late_is_still_in_the_first_bucket(
    days_late: int, bucket: int
) -> None:
    found = cents_by_age(amounts(an_item(days_late=days_late)))

    assert found == [120_00 if n == bucket else 0 for n in range(3)]


@pytest.mark.parametrize(
    ("days_late", "bucket"), [(30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3)]
)
def test_the_fine_set_parts_at_ninety_days_too(days_late: int, bucket: int) -> None:
    found = account_amounts([an_item(days_late=days_late)], TODAY, FINE_SET)

    assert [a.cents for a in found.by_age].index(120_00) == bucket


@pytest.mark.parametrize("days_late", [0, -1, -90])
def test_due_today_is_still_to_come(days_late: int) -> None:
    found = amounts(an_item(days_late=days_late))

    assert (found.to_come, found.overdue) == (Money(120_00), Money(0))


def test_an_item_without_due_date_is_to_come() -> None:
    assert amounts(an_item(due_on=None)).to_come == Money(120_00)


def test_a_credit_pays_off_the_oldest_debit_first() -> None:
    found = amounts(
        an_item(days_late=10, cents=100_00),
        an_item(days_late=70, cents=100_00, reference="FA-002"),
        an_item(days_late=1, cents=-130_00, reference="AV-1"),
    )

    assert cents_by_age(found) == [70_00, 0, 0]
    assert (found.balance, found.overdue) == (Money(70_00), Money(70_00))


def test_a_credit_larger_than_what_is_overdue_pays_off_what_is_to_come() -> None:
    found = amounts(
        an_item(days_late=10, cents=100_00),
        an_item(days_late=-10, cents=100_00, reference="FA-002"),
        an_item(cents=-130_00, reference="AV-1"),
    )

    assert (found.overdue, found.to_come) == (Money(0), Money(70_00))


def test_cents_count() -> None:
    found = amounts(
        an_item(days_late=1, cents=1),
        an_item(days_late=-1, cents=2, reference="FA-002"),
        an_item(cents=-1, reference="AV-1"),
        an_item(cents=-1, reference="AV-2"),
    )

    assert (found.balance, found.to_come) == (Money(1), Money(1))
    assert cents_by_age(found) == [0, 0, 0]
    assert amounts(an_item(cents=1)).overdue == Money(1)


def test_an_item_without_due_date_is_paid_off_last() -> None:
    found = amounts(
        an_item(due_on=None, cents=5_00),
        an_item(days_late=-9, cents=4_00, reference="FA-002"),
        an_item(days_late=9, cents=3_00, reference="FA-003"),
        an_item(cents=-4_00, reference="AV-1"),
    )

    assert (found.overdue, found.to_come) == (Money(0), Money(8_00))


def test_an_account_in_credit_has_nothing_overdue_nor_to_come() -> None:
    found = amounts(an_item(), an_item(cents=-500_00, reference="AV-1"))

    assert (found.balance, found.is_debit) == (Money(-380_00), False)
    assert (found.overdue, found.to_come) == (Money(0), Money(0))
    assert cents_by_age(found) == [0, 0, 0]


def test_an_account_that_is_even_is_not_in_debit() -> None:
    found = amounts(an_item(), an_item(cents=-120_00, reference="AV-1"))

    assert (found.balance, found.is_debit) == (Money(0), False)


def test_other_currencies_are_counted_apart() -> None:
    dollars = an_item(
        reference="US-1", invoiced=Money(9_00, "USD"), settled=Money(0, "USD")
    )
    items = [an_item(), dollars]

    assert account_amounts(items, TODAY).balance == Money(120_00)
    found = account_amounts(items, TODAY, currency="USD")

    assert (found.balance, found.overdue) == (Money(9_00, "USD"), Money(9_00, "USD"))


def test_nobody_owes_nothing_in_the_currency_asked_for() -> None:
    assert account_amounts([], TODAY, currency="USD").balance == Money(0, "USD")


ITEMS = st.lists(
    st.builds(
        lambda days, cents, settled: an_item(
            days_late=days, cents=cents, settled=Money(cents * settled // 100)
        ),
        st.integers(-60, 120),
        st.integers(-900_00, 900_00).filter(bool),
        st.integers(0, 99),
    ),
    max_size=8,
)


@given(ITEMS, st.sampled_from([(30, 60), FINE_SET, (5,)]))
def test_to_come_and_every_bucket_make_the_balance_of_an_account_in_debit(
    items: list[OpenItem], limits: tuple[int, ...]
) -> None:
    found = account_amounts(items, TODAY, limits)

    by_age = Money.total(found.by_age)
    assert by_age == found.overdue
    assert found.balance == Money.total(item.left for item in items)
    assert by_age + found.to_come == (found.balance if found.is_debit else Money(0))
    assert min(0, found.to_come.cents, *(a.cents for a in found.by_age)) == 0
