"""Amounts, dates and counts as the screens write them."""

from domain.basics.wording import NOTHING, day, days, long_day, money, number, rate

__all__ = ["NOTHING", "count", "day", "days", "long_day", "money", "number", "rate"]


def count(how_many: int) -> str:
    """Write a count, its thousands apart: « 12 605 »."""
    return f"{how_many:,}".replace(",", "\u202f")
