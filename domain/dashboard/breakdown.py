"""What is owed, by payment mode and profile; and when, for followed customers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.basics.identifiers import CustomerId
from domain.basics.money import EUR, Money
from domain.customers.customer import Customer
from domain.dashboard.account import after_credits
from domain.ledger.open_item import OpenItem

_WEEK, _MONTH = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of what is owed; nameless where nothing is known of it."""

    name: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedDue:
    """« Échelle temporelle »: what followed customers owe, by due date (row S10)."""

    within_week: Money
    """Falls due today or in the next seven days."""
    last_week: Money
    """Fell due in the last seven days."""
    last_month: Money
    """Fell due in the last thirty days, the last seven included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """What is owed, parted; modes and profiles each add up to the same total."""

    by_mode: tuple[Share, ...]
    by_profile: tuple[Share, ...]
    followed: FollowedDue | None
    """None where no customer is followed."""


def breakdown(
    items: Iterable[OpenItem],
    customers: Mapping[CustomerId, Customer],
    profile_names: Mapping[CustomerId, str],
    today: date,
    currency: str = EUR,
) -> Breakdown:
    """Part what accounts in debit owe, their unused credits deducted."""
    by_customer: dict[CustomerId, list[OpenItem]] = defaultdict(list)
    for item in items:
        if item.currency == currency:
            by_customer[item.customer_id].append(item)
    modes: Counter[str] = Counter()
    profiles: Counter[str] = Counter()
    followed: list[tuple[OpenItem, int]] = []
    for customer_id, account in by_customer.items():
        if sum(item.left.cents for item in account) <= 0:
            continue
        customer = customers[customer_id]
        due = after_credits(account)
        for item, cents in due:
            modes[item.payment_mode or customer.payment_mode] += cents
            profiles[profile_names[customer_id]] += cents
        if customer.is_followed:
            followed += due
    is_anyone_followed = any(customer.is_followed for customer in customers.values())
    return Breakdown(
        by_mode=_shares(modes, currency),
        by_profile=_shares(profiles, currency),
        followed=_followed(followed, today, currency) if is_anyone_followed else None,
    )


def _shares(cents: Counter[str], currency: str) -> tuple[Share, ...]:
    return tuple(
        Share(name=name, amount=Money(amount, currency))
        for name, amount in cents.most_common()
        if amount
    )


def _followed(
    due: list[tuple[OpenItem, int]], today: date, currency: str
) -> FollowedDue:
    def between(first: date, last: date) -> Money:
        cents = (c for item, c in due if item.due_on and first <= item.due_on <= last)
        return Money(sum(cents), currency)

    yesterday = today - timedelta(days=1)
    return FollowedDue(
        within_week=between(today, today + _WEEK),
        last_week=between(today - _WEEK, yesterday),
        last_month=between(today - _MONTH, yesterday),
    )
