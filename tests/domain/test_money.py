"""Money is whole cents."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basics.money import CurrenciesMixedError, Money

CENTS = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        ("1.005", 1_01),
        ("1.0049", 1_00),
        ("-1.005", -1_01),
        ("0.1", 10),
        ("12345678901.23", 12345678901_23),
        ("-0.004", 0),
    ],
)
def test_a_decimal_is_rounded_half_away_from_zero(amount: str, cents: int) -> None:
    assert Money.of(Decimal(amount)) == Money(cents)


def test_a_thousand_times_ten_cents_make_a_hundred() -> None:
    assert Money.total([Money.of(Decimal("0.10"))] * 1000) == Money(100_00)


def test_nothing_adds_up_to_zero_of_the_currency_asked_for() -> None:
    assert Money.total([]) == Money(0, "EUR")
    assert Money.total([], "USD") == Money(0, "USD")
    assert Money.total([Money(5, "USD")]) == Money(5, "USD")


def test_amounts_of_two_currencies_are_neither_added_nor_compared() -> None:
    euros, dollars = Money(1), Money(1, "USD")

    assert euros != dollars
    for refused in (
        lambda: euros + dollars,
        lambda: euros - dollars,
        lambda: euros < dollars,
        lambda: euros <= dollars,
        lambda: euros > dollars,
        lambda: euros >= dollars,
        lambda: Money.total([euros, dollars]),
    ):
        with pytest.raises(CurrenciesMixedError, match=r"(EUR|USD) and (EUR|USD)"):
            refused()


def test_only_zero_is_nothing() -> None:
    assert not Money(0)
    assert Money(1)
    assert Money(-1)


@given(CENTS, CENTS)
def test_sums_and_orders_are_those_of_the_cents(one: int, other: int) -> None:
    first, second = Money(one), Money(other)

    assert first + second == Money(one + other)
    assert first - second == first + -second
    assert (first < second, first <= second) == (one < other, one <= other)
    assert (first > second, first >= second) == (one > other, one >= other)


@given(CENTS)
def test_an_amount_read_back_is_the_same(cents: int) -> None:
    money = Money(cents, "USD")

    assert Money.of(money.amount, "USD") == money
    assert money.amount * 100 == cents
