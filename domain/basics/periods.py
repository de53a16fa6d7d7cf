"""Months as accountants count them."""

from calendar import monthrange
from datetime import date

UNDATED = date(1900, 1, 1)
"""Stands for no date, in lists that give balances without any."""


def month_end(day: date) -> date:
    """Give the last day of a date's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months_later(day: date, count: int) -> date:
    """Move by whole months; the 31st becomes the last day of a shorter month."""
    years, month = divmod(day.month - 1 + count, 12)
    return in_month(date(day.year + years, month + 1, 1), day.day)


def in_month(month: date, day_of_month: int) -> date:
    """Give a day of a date's month, or its last day where it is shorter."""
    return month.replace(day=min(day_of_month, month_end(month).day))


def with_day_and_month_swapped(day: date) -> date | None:
    """Read 01/09 as 9 January; None where the day is not also a month."""
    try:
        return day.replace(month=day.day, day=day.month)
    except ValueError:
        return None
