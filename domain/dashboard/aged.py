"""What accounts owe, by age, once unused credits have paid off the oldest debits.

Counted in plain cents: a firm has thousands of accounts, added up at each look.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from domain.basics.identifiers import CustomerId
from domain.basics.money import Money
from domain.dashboard.key_figures import KeyFigures


class AccountSums(NamedTuple):
    """The open items of one customer in one currency, added up as they are."""

    customer_id: CustomerId
    currency: str
    not_due: int
    """Debits that are not late, or have no due date."""
    late: tuple[int, ...]
    """Late debits by age, youngest first."""
    unused: int
    """Credits that no debit used, as a positive amount."""


class AgedAccount(NamedTuple):
    """An account, its credits deducted: ``not_due`` and ``late`` make its balance.

    An account in credit owes nothing: only its balance is not zero.
    """

    customer_id: CustomerId
    currency: str
    balance: int
    not_due: int
    late: tuple[int, ...]

    @property
    def overdue(self) -> int:
        """What is late, whatever its age."""
        return sum(self.late)


class AgedTotal(NamedTuple):
    """The accounts of one currency, added up: a balance by age."""

    currency: str
    not_due: int
    late: tuple[int, ...]
    in_credit: int
    """What accounts in credit hold, as a negative amount."""

    @property
    def owed(self) -> int:
        """What accounts in debit owe."""
        return self.not_due + sum(self.late)

    @property
    def balance(self) -> int:
        """The balance of all accounts, as the ledger says."""
        return self.owed + self.in_credit


def aged(account: AccountSums) -> AgedAccount:
    """Deduct unused credits, the oldest debits first."""
    left = account.unused
    if not left:  # most accounts
        balance = account.not_due + sum(account.late)
        return AgedAccount(
            account.customer_id,
            account.currency,
            balance,
            account.not_due,
            account.late,
        )
    late = []
    for cents in reversed(account.late):
        used = min(left, cents)
        left -= used
        late.append(cents - used)
    used = min(left, account.not_due)
    return AgedAccount(
        account.customer_id,
        account.currency,
        account.not_due + sum(account.late) - account.unused,
        account.not_due - used,
        tuple(reversed(late)),
    )


def aged_total(accounts: Iterable[AgedAccount], currency: str, ages: int) -> AgedTotal:
    """Add accounts up by age; ``ages`` counts the parts of what is late."""
    ours = [account for account in accounts if account.currency == currency]
    return AgedTotal(
        currency,
        sum(account.not_due for account in ours),
        tuple(map(sum, zip(*(a.late for a in ours), strict=True))) or (0,) * ages,
        sum(account.balance for account in ours if account.balance < 0),
    )


def currencies_of(accounts: Iterable[AgedAccount], usual: str) -> list[str]:
    """List the currencies of accounts, the one most used first."""
    counts = {usual: 0.5}  # the usual one is first among equals
    for account in accounts:
        counts[account.currency] = counts.get(account.currency, 0) + 1
    used = [c for c in counts if counts[c] >= 1] or [usual]
    return sorted(used, key=lambda currency: (-counts[currency], currency))


def figures_of(accounts: Sequence[AgedAccount], currency: str, ages: int) -> KeyFigures:
    """Add up the accounts in debit; accounts in credit do not count."""
    total = aged_total(accounts, currency, ages)
    ours = [account for account in accounts if account.currency == currency]
    return KeyFigures(
        owed=Money(total.owed, currency),
        overdue=Money(sum(total.late), currency),
        overdue_customers=sum(1 for account in ours if any(account.late)),
        to_come=Money(total.not_due, currency),
        to_come_customers=sum(1 for account in ours if account.not_due),
        by_age=tuple(Money(cents, currency) for cents in total.late),
    )
