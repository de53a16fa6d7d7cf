"""What a firm sold, tax included, as its customers' accounts tell."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from domain.basics.identifiers import CustomerId
from domain.basics.periods import month_end, months_later
from domain.dashboard.delays import MonthSales
from domain.ledger.openings import is_opening_journal


class DaySums(NamedTuple):
    """The debits and credits that a journal brought to customers on one day."""

    journal: str
    currency: str
    on: date
    debit: int
    credit: int


class Movement(NamedTuple):
    """What one month added to an account, less what it took from it."""

    month: date
    """Its first day."""
    customer_id: CustomerId
    cents: int


def owed_at_month_ends(movements: Iterable[Movement]) -> dict[date, int]:
    """Add up what accounts in debit owed at the end of each month that moved."""
    balances: dict[CustomerId, int] = defaultdict(int)
    owed: dict[date, int] = {}
    total = 0
    for month, customer_id, cents in movements:
        before = balances[customer_id]
        balances[customer_id] = before + cents
        total += max(0, before + cents) - max(0, before)
        owed[month_end(month)] = total
    return owed


class Sales:
    """The sales of a firm in one currency, day by day.

    Journals tell sales from payments: in a journal of sales, credits are few, and
    are credit notes. A journal of mostly credits holds payments, and its debits are
    payments that came back. Where one journal holds both, debits alone count.
    Journals of opening lines hold neither.
    """

    def __init__(self, days: Iterable[DaySums], currency: str) -> None:
        days = [
            day
            for day in days
            if day.currency == currency and not is_opening_journal(day.journal, "")
        ]
        debits: dict[str, int] = defaultdict(int)
        credits_: dict[str, int] = defaultdict(int)
        for day in days:
            debits[day.journal] += day.debit
            credits_[day.journal] += day.credit
        self.journals = sorted(j for j in debits if debits[j] > credits_[j] // 2)
        """Those whose lines are sales."""
        net = {j for j in self.journals if credits_[j] * 2 <= debits[j]}
        self._by_day: dict[date, int] = defaultdict(int)
        self._by_month: dict[date, int] = defaultdict(int)
        for day in days:
            if day.journal in self.journals:
                less = day.credit if day.journal in net else 0
                self._by_day[day.on] += day.debit - less
                self._by_month[day.on.replace(day=1)] += day.debit - less
        self.first_day = min((day.on for day in days), default=None)
        """The day of the first entry known."""

    def months_until(self, day: date) -> list[MonthSales]:
        """List the sales by month, back from a day; the months known whole.

        The first month is as long as has gone by of it.
        """
        months: list[MonthSales] = []
        if self.first_day is None:
            return months
        start = day.replace(day=1)
        months.append(MonthSales(day, day.day, self.between(start, day)))
        first = self.first_day.replace(day=1)
        while (start := months_later(start, -1)) >= first:
            last = month_end(start)
            months.append(MonthSales(last, last.day, self._by_month[start]))
        return months

    def between(self, first: date, last: date) -> int:
        """Add up the sales from a day to another, both included."""
        return sum(c for on, c in self._by_day.items() if first <= on <= last)
