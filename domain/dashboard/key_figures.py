"""The firm's figures on one day: owed, overdue, to come, paid."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.basics.identifiers import CustomerId
from domain.basics.money import EUR, Money
from domain.dashboard.account import AGE_LIMITS, AccountAmounts, account_amounts
from domain.ledger.entry import LedgerEntry
from domain.ledger.open_item import OpenItem

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


def accounts_of(
    items: Iterable[OpenItem], today: date, currency: str = EUR
) -> dict[CustomerId, AccountAmounts]:
    """Add up every customer's account."""
    by_customer: dict[CustomerId, list[OpenItem]] = defaultdict(list)
    for item in items:
        by_customer[item.customer_id].append(item)
    return {
        customer_id: account_amounts(account, today, currency=currency)
        for customer_id, account in by_customer.items()
    }


def key_figures(accounts: Iterable[AccountAmounts], currency: str = EUR) -> KeyFigures:
    """Add up the accounts in debit; accounts in credit do not count."""
    debit = [account for account in accounts if account.is_debit]
    return KeyFigures(
        owed=Money.total((a.balance for a in debit), currency),
        overdue=Money.total((a.overdue for a in debit), currency),
        overdue_customers=sum(1 for a in debit if a.overdue),
        to_come=Money.total((a.to_come for a in debit), currency),
        to_come_customers=sum(1 for a in debit if a.to_come),
        by_age=tuple(
            Money.total((a.by_age[n] for a in debit), currency)
            for n in range(len(AGE_LIMITS) + 1)
        ),
    )


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
