"""« Chiffres clés »: how long customers take to pay, and the balance by age."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from domain.basics.identifiers import CustomerId, EntityId
from domain.basics.money import EUR, Money
from domain.basics.periods import month_end, months_later
from domain.customers.customer import Customer
from domain.dashboard.aged import (
    AgedAccount,
    AgedTotal,
    aged,
    aged_total,
    currencies_of,
)
from domain.dashboard.delays import (
    Countback,
    average_delay,
    countback,
    days_sales,
    effectiveness,
    month_ends,
)
from domain.dashboard.sales import Sales, owed_at_month_ends
from domain.ports import Books
from domain.usecases.dashboard import LARGE
from domain.usecases.deriving import is_kept_from_lists

FINE_LIMITS = (30, 60, 90)
"""Ages of the balance by age: 1 to 30 days late, to 60, to 90, more."""
MONTHS = 3
"""Over how many months sales are counted: long enough to smooth, short enough to
follow what changes."""
MONTHS_SHOWN = 12


class Missing(StrEnum):
    """Why a figure cannot be worked out."""

    LISTS_ONLY = "lists_only"
    """The firm imports lists of what is open: what was sold is not in them."""
    HISTORY = "history"
    """The entries begin too late."""
    SALES = "sales"
    """Nothing was sold in the months that count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delays:
    """The key figures on one day, with what they are made of."""

    day: date
    starts_after: date
    """The day before the period over which sales count."""
    owed: Money
    not_due: Money
    opening: Money
    """What was owed when the period began."""
    sales: Money
    journals: tuple[str, ...]
    """Journals that hold the sales."""
    dso: Fraction | None
    countback: Countback | None
    best: Fraction | None
    """The BPDSO."""
    average: Fraction | None
    """The ADD."""
    effectiveness: Fraction | None
    missing: Missing | None

    @property
    def days(self) -> int:
        """How long the period is."""
        return (self.day - self.starts_after).days


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthDelay:
    """The DSO at the end of a month; None where it cannot be known."""

    ends_on: date
    dso: Fraction | None
    countback: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgedBalance:
    """The balance by age as it stood at the end of a day."""

    day: date
    currency: str
    currencies: tuple[str, ...]
    accounts: tuple[tuple[Customer, AgedAccount], ...]
    """Those that owe something, the greatest first."""
    total: AgedTotal
    is_large: bool
    """Whether the delays of twelve months will take a while to be worked out."""
    exact_since: date | None
    """The first day it can be told of: that of the first entry, or of the first
    import where files only list what is open."""


def show_delays(books: Books, entity_id: EntityId, balance: AgedBalance) -> Delays:
    """Work out the key figures of a day, whose balance by age is known."""
    day, currency, closing = balance.day, balance.currency, balance.total
    starts_after = _period_start(day)
    sales = Sales(books.figures.days(entity_id), currency)
    opening = _total_on(books, entity_id, starts_after, currency)
    days = (day - starts_after).days
    sold = sales.between(starts_after + timedelta(days=1), day)
    missing = _missing(books, entity_id, sales, starts_after, sold)
    is_known = missing is None
    dso = days_sales(closing.owed, sold, days) if is_known else None
    best = days_sales(closing.not_due, sold, days) if is_known else None
    return Delays(
        day=day,
        starts_after=starts_after,
        owed=Money(closing.owed, currency),
        not_due=Money(closing.not_due, currency),
        opening=Money(opening.owed, currency),
        sales=Money(sold, currency),
        journals=tuple(sales.journals),
        dso=dso,
        countback=countback(closing.owed, sales.months_until(day))
        if is_known
        else None,
        best=best,
        average=average_delay(dso, best),
        effectiveness=effectiveness(
            opening.owed, sold, MONTHS, closing.owed, closing.not_due
        )
        if is_known
        else None,
        missing=missing,
    )


def delays_by_month(
    books: Books, entity_id: EntityId, today: date, currency: str = EUR
) -> list[MonthDelay]:
    """Work out the DSO at the ends of the last twelve months, the earliest first."""
    ends = month_ends(today, MONTHS_SHOWN)[::-1]
    if is_kept_from_lists(books, entity_id):
        return [MonthDelay(ends_on=end, dso=None, countback=None) for end in ends]
    sales = Sales(books.figures.days(entity_id), currency)
    owed = owed_at_month_ends(books.figures.movements(entity_id, currency))
    return [_month_delay(end, sales, _owed_at(owed, end)) for end in ends]


def _month_delay(end: date, sales: Sales, owed: int) -> MonthDelay:
    starts_after = _period_start(end)
    first = starts_after + timedelta(days=1)
    if sales.first_day is None or sales.first_day.replace(day=1) > first:
        return MonthDelay(ends_on=end, dso=None, countback=None)
    sold = sales.between(first, end)
    back = countback(owed, sales.months_until(end))
    return MonthDelay(
        ends_on=end,
        dso=days_sales(owed, sold, (end - starts_after).days),
        countback=None if back.is_at_least else back.days,
    )


def _owed_at(owed: dict[date, int], end: date) -> int:
    """Read what was owed at a month's end; a month without entries changed nothing."""
    last = max((on for on in owed if on <= end), default=None)
    return owed[last] if last else 0


def show_aged_balance(
    books: Books, entity_id: EntityId, day: date, currency: str = ""
) -> AgedBalance:
    """Work out the balance by age as it stood at the end of a day."""
    accounts = [
        aged(account)
        for account in books.figures.accounts_on(entity_id, day, FINE_LIMITS)
    ]
    currencies = currencies_of(accounts, EUR)
    shown = currency if currency in currencies else currencies[0]
    customers: dict[CustomerId, Customer] = {
        customer.id: customer for customer in books.customers.all(entity_id)
    }
    owing = [a for a in accounts if a.currency == shown and a.balance > 0]
    owing.sort(key=lambda account: (-account.balance, account.customer_id))
    return AgedBalance(
        day=day,
        currency=shown,
        currencies=tuple(currencies),
        accounts=tuple((customers[a.customer_id], a) for a in owing),
        total=aged_total(accounts, shown, len(FINE_LIMITS) + 1),
        is_large=len(accounts) > LARGE,
        exact_since=_exact_since(books, entity_id),
    )


def _exact_since(books: Books, entity_id: EntityId) -> date | None:
    if is_kept_from_lists(books, entity_id):
        imports = books.imports.all(entity_id)
        return min((one.imported_at.date() for one in imports), default=None)
    return books.figures.first_day(entity_id)


def _total_on(books: Books, entity_id: EntityId, day: date, currency: str) -> AgedTotal:
    accounts = books.figures.accounts_on(entity_id, day, FINE_LIMITS)
    return aged_total(map(aged, accounts), currency, len(FINE_LIMITS) + 1)


def _period_start(day: date) -> date:
    """Find the day after which sales count; a month's end goes back to another."""
    start = months_later(day, -MONTHS)
    return month_end(start) if day == month_end(day) else start


def _missing(
    books: Books, entity_id: EntityId, sales: Sales, starts_after: date, sold: int
) -> Missing | None:
    if is_kept_from_lists(books, entity_id):
        return Missing.LISTS_ONLY
    first = starts_after + timedelta(days=1)
    if sales.first_day is None or sales.first_day.replace(day=1) > first:
        return Missing.HISTORY
    return Missing.SALES if sold <= 0 else None
