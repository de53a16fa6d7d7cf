"""Dates whose month is a word: « 12 mars 2026 », « 12-févr.-26 », « Jan 5, 2026 »."""

import re
from datetime import date

from domain.basics.periods import month_end
from domain.basics.text import folded

_FRENCH = (
    ("janvier", "janv", "jan"),
    ("fevrier", "fevr", "fev"),
    ("mars", "mar"),
    ("avril", "avr"),
    ("mai",),
    ("juin",),
    ("juillet", "juil"),
    ("aout", "aou"),
    ("septembre", "sept", "sep"),
    ("octobre", "oct"),
    ("novembre", "nov"),
    ("decembre", "dec"),
)
_ENGLISH = (
    ("january",),
    ("february", "feb"),
    ("march",),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september",),
    ("october",),
    ("november",),
    ("december",),
)
_MONTHS = {
    word: number
    for months in (_FRENCH, _ENGLISH)
    for number, words in enumerate(months, start=1)
    for word in words
}
_MONTH = rf"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_BETWEEN = r"[\s,./-]*"
_YEAR = r"((?:19|20)\d\d|\d\d)"
# « Jeudi 12 mars 2026 », « le 1er avril 2026 »; a time may follow.
_WEEKDAY = r"(?:[a-z]{2,9}\.?,? +)?"
_TIME = r"(?: +\d{1,2}:\d{2}.*)?"
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:er|st|nd|rd|th)?{_BETWEEN}{_MONTH}{_BETWEEN}{_YEAR}{_TIME}"
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}{_MONTH} *(\d{{1,2}})(?:st|nd|rd|th)?(?:, *| +){_YEAR}{_TIME}"
)
_MONTH_ALONE = re.compile(rf"{_MONTH}{_BETWEEN}{_YEAR}")
_MONTH_IN_FIGURES = re.compile(r"(\d{1,2}) ?[/.-] ?((?:19|20)\d\d)")
_LONGEST = 40
_FIRST_YEAR_OF_TWO_DIGITS = 70


def date_in_words(text: str) -> date | None:
    """Read a day whose month is a word, in French or English; None for the rest.

    A month without its day is no date: see ``month_named``.

    Raises:
        ValueError: that month has no such day.
    """
    if len(text) > _LONGEST:
        return None
    text = folded(text.strip())
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(text):
        month, day, year = found.groups()
    else:
        return None
    return date(_full_year(year), _MONTHS[month], int(day))


def is_date_in_words(text: str) -> bool:
    """Tell whether a text is such a day, and not of a month too short for it."""
    try:
        return date_in_words(text) is not None
    except ValueError:
        return False


def month_named(text: str) -> date | None:
    """Give the last day of « mars 2026 » or « 03/2026 »; None for anything else."""
    text = folded(text.strip())
    if found := _MONTH_ALONE.fullmatch(text):
        month = _MONTHS[found[1]]
    elif found := _MONTH_IN_FIGURES.fullmatch(text):
        month = int(found[1])
    else:
        return None
    is_month = 1 <= month <= len(_FRENCH)
    return month_end(date(_full_year(found[2]), month, 1)) if is_month else None


def _full_year(year: str) -> int:
    if len(year) > len("26"):
        return int(year)
    return int(year) + (2000 if int(year) < _FIRST_YEAR_OF_TWO_DIGITS else 1900)
