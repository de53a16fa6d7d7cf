"""Amounts, dates and counts as the screens write them."""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction

from babel.numbers import get_currency_symbol

from domain.basics.money import Money
from domain.basics.wording import NOTHING, day, days, long_day, money, number, rate

__all__ = [
    "NOTHING",
    "amounts",
    "count",
    "currency_symbol",
    "day",
    "days",
    "long_day",
    "moment",
    "money",
    "number",
    "rate",
    "short_money",
    "tenths",
]

_FEW = 10
"""Below, a decimal tells more than it costs."""


def count(how_many: int) -> str:
    """Write a count, its thousands apart: « 12 605 »."""
    return f"{how_many:,}".replace(",", "\u202f")


def short_money(amount: Money) -> str:
    """Write an amount where there is little room: « 850 € », « 61 k€ », « 1,2 M€ »."""
    sign = currency_symbol(amount.currency)
    units = amount.amount
    for size, prefix in ((1_000_000, "M"), (1_000, "k")):
        if abs(units) >= size:
            scaled = units / size
            digits = 1 if abs(scaled) < _FEW else 0
            number_ = f"{scaled:.{digits}f}".removesuffix(".0").replace(".", ",")
            return f"{number_}\u00a0{prefix}{sign}"
    return f"{units:.0f}\u00a0{sign}"


def amounts(each: Iterable[Money]) -> str:
    """Write amounts of several currencies side by side: « 850,00 € · 40,00 $US »."""
    return " · ".join(money(one) for one in each) or money(Money(0))


def currency_symbol(currency: str) -> str:
    """Give the sign of a currency: « € »."""
    return get_currency_symbol(currency, locale="fr")


def tenths(value: Fraction) -> str:
    """Write a number with one decimal: « 82,4 »."""
    tenth = int((abs(value) * 10 + Fraction(1, 2)) // 1)
    sign = "-" if value < 0 and tenth else ""
    return f"{sign}{count(tenth // 10)},{tenth % 10}"


def moment(at: datetime) -> str:
    """Write a moment on the user's clock: « 21/11/2026, 09:05 »."""
    here = at.astimezone()
    return f"{day(here.date())}, {here:%H:%M}"
