"""Catching up after days off: one message per customer, then the usual gap."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from domain.dunning.courtesy import LONG_DAYS_OFF
from domain.dunning.planned import PlannedMessage

_LASTS = timedelta(days=14)
"""How long customers are caught up with, from the first day of reminders on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOff:
    """Days without any reminder, now over."""

    since: date
    """The last day of reminders before."""
    until: date
    """The day of the return: today, until somebody is reminded."""

    @property
    def days(self) -> int:
        """How many days went by without a reminder."""
        return (self.until - self.since).days


def days_off(
    reminded_on: Iterable[date], today: date, long_days: int = LONG_DAYS_OFF
) -> DaysOff | None:
    """Find the days off that are being caught up with today, if any.

    ``long_days`` without a reminder are days off; none are where it is 0.
    """
    if not long_days:
        return None
    days = [*sorted({day for day in reminded_on if day < today}), today]
    for before, after in reversed(list(pairwise(days))):
        if today - after > _LASTS:
            return None
        if (after - before).days >= long_days:
            return DaysOff(since=before, until=after)
    return None


def first_in_order(messages: Iterable[PlannedMessage]) -> PlannedMessage | None:
    """Choose the one message of a customer that goes first: due for longest.

    Of two due the same day, the higher level: it is the older debt.
    """
    return min(
        messages,
        key=lambda m: (m.due_since, -m.step.level, m.total.currency),
        default=None,
    )
