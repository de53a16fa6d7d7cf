"""What one customer owes: overdue, to come, and by age."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.basics.money import EUR, Money
from domain.ledger.open_item import OpenItem

AGE_LIMITS = (30, 60)
"""Last day of each age bucket: 30 days late still is in 0-30 (engine.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountAmounts:
    """A customer's account on one day.

    ``to_come`` plus every bucket of ``by_age`` is the balance of an account in
    debit; an account in credit has neither.
    """

    balance: Money
    overdue: Money
    to_come: Money
    by_age: tuple[Money, ...]
    """Overdue amounts, youngest first: one per limit, then older."""

    @property
    def is_debit(self) -> bool:
        """Whether the customer owes something: only these accounts count."""
        return self.balance.cents > 0


def account_amounts(
    items: Iterable[OpenItem],
    today: date,
    limits: Sequence[int] = AGE_LIMITS,
    currency: str = EUR,
) -> AccountAmounts:
    """Add up an account; unused credits pay off the oldest debits first."""
    kept = [item for item in items if item.left.currency == currency]
    balance = Money.total((item.left for item in kept), currency)
    ages = [0] * (len(limits) + 1)
    overdue = 0
    for item, left in after_credits(kept):
        days = item.days_overdue(today)
        if days > 0:
            ages[_bucket(days, limits)] += left
            overdue += left
    to_come = balance.cents - overdue if balance.cents > 0 else 0
    return AccountAmounts(
        balance=balance,
        overdue=Money(overdue, currency),
        to_come=Money(to_come, currency),
        by_age=tuple(Money(cents, currency) for cents in ages),
    )


def after_credits(items: Iterable[OpenItem]) -> list[tuple[OpenItem, int]]:
    """List an account's debits with the cents that its unused credits leave due.

    Credits pay off the oldest debits first; all items are in one currency.
    """
    left = [(item, item.left_cents) for item in items]
    debits = [(item, cents) for item, cents in left if cents > 0]
    debits.sort(key=lambda debit: (debit[0].due_on or date.max, debit[0].id))
    if len(debits) == len(left):
        return debits
    credit = -sum(cents for _, cents in left if cents < 0)
    found = []
    for item, cents in debits:
        used = min(credit, cents)
        credit -= used
        found.append((item, cents - used))
    return found


def _bucket(days: int, limits: Sequence[int]) -> int:
    return next((n for n, limit in enumerate(limits) if days <= limit), len(limits))
