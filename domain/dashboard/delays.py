"""How long customers take to pay, and how well late money is collected.

Pure arithmetic on amounts in cents; fractions, so that nothing is rounded before
it is shown. Where a figure has no meaning (nothing was sold) there is none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from domain.basics.periods import month_end, months_later


@dataclass(frozen=True, slots=True, kw_only=True)
class Countback:
    """DSO found by using sales up, month after month, the latest first."""

    days: Fraction
    is_at_least: bool = False
    """The known sales were used up first: it may be more."""
    steps: "tuple[CountbackStep, ...]" = ()


class MonthSales(NamedTuple):
    """What was invoiced in a month, or in the part of it that has gone by."""

    ends_on: date
    days: int
    cents: int


class CountbackStep(NamedTuple):
    """A month whose sales are still owed, wholly or in part."""

    month: MonthSales
    used: int
    """The cents of its sales that the balance uses up."""
    days: Fraction


def days_sales(receivables: int, sales: int, days: int) -> Fraction | None:
    """Compute the DSO: what is owed, as days of sales.

    30 000 owed and 60 000 sold in 90 days make 45 days. Given what is not late
    only, it is the BPDSO: the delay that would be left if everyone paid on time.
    """
    return Fraction(receivables * days, sales) if sales > 0 else None


def countback(receivables: int, months: Iterable[MonthSales]) -> Countback:
    """Compute the DSO by using up sales (« épuisement »), the latest month first.

    2 500 owed; 1 200 sold in November, 800 in October, 700 in September:
    30 + 31 + 500/700 of 30 days make 82,4 days.
    """
    left, days = receivables, Fraction(0)
    steps: list[CountbackStep] = []
    for month in months:
        if left <= 0:
            break
        share = Fraction(1)
        if month.cents > left:
            share = Fraction(left, month.cents)
        used = min(left, month.cents)
        steps.append(CountbackStep(month, used, share * month.days))
        days += share * month.days
        left -= used
    return Countback(days=days, is_at_least=left > 0, steps=tuple(steps))


def average_delay(dso: Fraction | None, best: Fraction | None) -> Fraction | None:
    """Compute the ADD: the part of the DSO that comes from late payments."""
    return dso - best if dso is not None and best is not None else None


def effectiveness(
    opening: int, sales: int, months: int, closing: int, closing_not_due: int
) -> Fraction | None:
    """Compute the CEI: of what could be collected, the share that was, in percent.

    As the Credit Research Foundation counts it, with the monthly average of sales:
    6 200 + 10 890/3 - 6 340, over 6 200 + 10 890/3 - 3 590, make 55,9 %.
    """
    could_be = opening + Fraction(sales, months) - closing_not_due
    if could_be <= 0:
        return None
    return (could_be - closing + closing_not_due) / could_be * 100


def month_ends(day: date, count: int) -> list[date]:
    """List the ends of the last months that are over by a day, latest first."""
    last = month_end(day)
    latest = last if day == last else month_end(months_later(day, -1))
    return [month_end(months_later(latest, -n)) for n in range(count)]
