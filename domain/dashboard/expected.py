"""When money is expected: the day an item should be paid."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.basics.identifiers import CustomerId
from domain.basics.money import EUR, Money
from domain.customers.agreements import Promise
from domain.dashboard.account import after_credits
from domain.ledger.open_item import OpenItem

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekExpected:
    """What is expected in one week, Monday to Sunday."""

    starts_on: date
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is expected week by week, and what no day is known for."""

    weeks: tuple[WeekExpected, ...]
    late: Money
    """Late, and nobody promised anything: no day can be named."""
    later: Money
    """Expected after the last week shown, or without any date."""


def expected_date(
    item: OpenItem, promises: Iterable[Promise], today: date
) -> date | None:
    """Tell the day an item should be paid: promised, or else due.

    ``promises`` are those of its customer. One about the item itself counts
    before one for the whole account, which says nothing of invoices made since.
    None where the due date is past, or unknown, and nothing is promised.
    """
    to_come = sorted(
        (p for p in promises if p.is_to_come(today)),
        key=lambda p: (p.item_id is None, p.promised_for),
    )
    for promise in to_come:
        is_about_account = promise.item_id is None
        if promise.item_id == item.id or (
            is_about_account and item.invoice_on <= promise.made_on
        ):
            return promise.promised_for
    return item.due_on if item.due_on and item.due_on >= today else None


def expected_by_week(
    items: Iterable[OpenItem],
    promises: Iterable[Promise],
    today: date,
    *,
    weeks: int,
    currency: str = EUR,
) -> Expected:
    """Add up, week by week, what accounts in debit should pay."""
    monday = today - timedelta(days=today.weekday())
    cents = [0] * weeks
    late = later = 0
    promised: Mapping[CustomerId, list[Promise]] = _by_customer(promises)
    for account in _accounts(items, currency):
        theirs = promised.get(account[0].customer_id, [])
        for item, left in after_credits(account):
            on = expected_date(item, theirs, today)
            if on is None and item.days_overdue(today):
                late += left
                continue
            week = (on - monday) // _WEEK if on else weeks
            if week < weeks:
                cents[week] += left
            else:
                later += left
    return Expected(
        weeks=tuple(
            WeekExpected(starts_on=monday + n * _WEEK, amount=Money(amount, currency))
            for n, amount in enumerate(cents)
        ),
        late=Money(late, currency),
        later=Money(later, currency),
    )


def _by_customer(promises: Iterable[Promise]) -> dict[CustomerId, list[Promise]]:
    found: dict[CustomerId, list[Promise]] = defaultdict(list)
    for promise in promises:
        found[promise.customer_id].append(promise)
    return found


def _accounts(items: Iterable[OpenItem], currency: str) -> list[Sequence[OpenItem]]:
    """Group items by customer, leaving out accounts in credit."""
    accounts: dict[CustomerId, list[OpenItem]] = defaultdict(list)
    for item in items:
        if item.currency == currency:
            accounts[item.customer_id].append(item)
    return [a for a in accounts.values() if sum(i.left.cents for i in a) > 0]
