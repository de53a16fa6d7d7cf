"""« Échelle temporelle »: what followed customers owe, by due date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from domain.basics.money import EUR, Money

_DAY, _WEEK, _MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=30)


class DueSums(NamedTuple):
    """What followed customers owe that falls due on one day."""

    currency: str
    due_on: date
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedDue:
    """The three steps of the scale (row S10)."""

    within_week: Money
    """Falls due today or in the next seven days."""
    last_week: Money
    """Fell due in the last seven days."""
    last_month: Money
    """Fell due in the last thirty days, the last seven included."""


def scale(today: date) -> tuple[date, date]:
    """Give the first and the last due date that the scale shows."""
    return today - _MONTH, today + _WEEK


def followed_due(
    sums: Iterable[DueSums], today: date, currency: str = EUR
) -> FollowedDue:
    """Add up what followed customers owe around today."""
    ours = [due for due in sums if due.currency == currency]

    def between(first: date, last: date) -> Money:
        return Money(sum(d.cents for d in ours if first <= d.due_on <= last), currency)

    return FollowedDue(
        within_week=between(today, today + _WEEK),
        last_week=between(today - _WEEK, today - _DAY),
        last_month=between(today - _MONTH, today - _DAY),
    )
