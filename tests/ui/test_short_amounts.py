"""Amounts and delays where there is little room."""

from fractions import Fraction

import pytest

from domain.basics.money import Money
from ui import formatting


@pytest.mark.parametrize(
    ("cents", "written"),
    [
        (0, "0\u00a0€"),
        (850_00, "850\u00a0€"),
        (1_000_00, "1\u00a0k€"),
        (2_316_00, "2,3\u00a0k€"),
        (61_400_00, "61\u00a0k€"),
        (1_240_000_00, "1,2\u00a0M€"),
        (-1_500_00, "-1,5\u00a0k€"),
    ],
)
def test_a_short_amount_keeps_two_figures(cents: int, written: str) -> None:
    assert formatting.short_money(Money(cents)) == written


def test_a_short_amount_bears_its_currency() -> None:
    assert formatting.short_money(Money(50_000_00, "GBP")) == "50\u00a0k£GB"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(577, 7), "82,4"),
        (Fraction(1, 20), "0,1"),
        (Fraction(-1, 50), "0,0"),
        (Fraction(-31, 10), "-3,1"),
        (Fraction(1234), "1\u202f234,0"),
    ],
)
def test_a_delay_is_written_with_one_decimal(value: Fraction, written: str) -> None:
    assert formatting.tenths(value) == written
