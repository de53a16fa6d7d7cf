"""Amounts, dates and counts as the screens write them."""

from datetime import datetime

from domain.basics.wording import NOTHING, day, days, long_day, money, number, rate

__all__ = [
    "NOTHING",
    "count",
    "day",
    "days",
    "long_day",
    "moment",
    "money",
    "number",
    "rate",
]


def count(how_many: int) -> str:
    """Write a count, its thousands apart: « 12 605 »."""
    return f"{how_many:,}".replace(",", "\u202f")


def moment(at: datetime) -> str:
    """Write a moment on the user's clock: « 21/11/2026, 09:05 »."""
    here = at.astimezone()
    return f"{day(here.date())}, {here:%H:%M}"
