"""The firm's figures on one day: owed, overdue, to come, paid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.basics.money import EUR, Money
from domain.ledger.entry import LedgerEntry

_PAID_OVER = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigures:
    """Totals over the accounts in debit."""

    owed: Money
    overdue: Money
    overdue_customers: int
    to_come: Money
    to_come_customers: int
    by_age: tuple[Money, ...]


def paid_lately(
    entries: Iterable[LedgerEntry],
    today: date,
    fiscal_year_start_month: int,
    currency: str = EUR,
) -> Money:
    """Add up the credits of the last 90 days within the fiscal year (row S7)."""
    start = paid_since(today, fiscal_year_start_month)
    return Money.total(
        (
            -entry.amount
            for entry in entries
            if start <= entry.entry_on <= today
            and entry.gone_on is None
            and entry.opens_on is None  # paid in a year before
            and entry.amount.cents < 0
            and entry.amount.currency == currency
        ),
        currency,
    )


def paid_since(today: date, fiscal_year_start_month: int) -> date:
    """Find the first day whose payments count: 90 days ago, in the fiscal year."""
    return max(today - _PAID_OVER, fiscal_year_start(today, fiscal_year_start_month))


def fiscal_year_start(today: date, start_month: int) -> date:
    """Find the first day of the fiscal year that a day belongs to."""
    year = today.year if today.month >= start_month else today.year - 1
    return date(year, start_month, 1)
