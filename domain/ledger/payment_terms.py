"""When an invoice is due, where the books do not say it in so many words."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from domain.basics.periods import (
    in_month,
    month_end,
    months_later,
    with_day_and_month_swapped,
)
from domain.basics.text import folded

# Longest terms between businesses: 60 days, or 45 days then the end of the month
# (Code de commerce, art. L441-10).
_LONGEST_LEGAL_DELAY = timedelta(days=45 + 31)
# A due date this far away was mistyped, unless swapping explains nothing either.
_LONGEST_CREDIBLE_DELAY = timedelta(days=180)
LONGEST_SWAPPED_DELAY = timedelta(days=120)
"""Beyond, swapping day and month does not make a due date plausible."""
_LONGEST_TERM_DAYS = 365
_FIRST_YEAR_OF_TWO_DIGITS = 70

_DAYS = re.compile(r"(\d+) ?(?:jours?|jrs?|j)(?![a-eg-z])")  # « 30jfdm » counts
_MONTHS = re.compile(r"(\d+) ?mois\b")
_MONTH_END = re.compile(r"\bfin (?:de |du )?mois\b|fdm\b")
_DAY_OF_MONTH = re.compile(r"\ble (\d{1,2})(?:er)?\b")
_AT_ONCE = re.compile(r"\breception\b|\bcomptant\b|\bimmediate?(?:ment)?\b")
_DUE_IN_LABEL = re.compile(
    r"\b[eé]ch(?:[eé]ances?|\.)?(?: ?(?:le|du|au|:))? ?"
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)",
    re.IGNORECASE,
)


class EndOfMonth(StrEnum):
    """Whether the end of the month counts, and when it is taken.

    Both readings of « 45 jours fin de mois » are admitted by the DGCCRF.
    """

    NONE = "none"
    BEFORE = "before"
    """End of the invoice's month, then the delay."""
    AFTER = "after"
    """The delay, then the end of that month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTerms:
    """How long a customer has to pay."""

    days: int = 0
    months: int = 0
    end_of_month: EndOfMonth = EndOfMonth.NONE
    day_of_month: int | None = None
    """« le 10 »: the next 10th, of the month after where an end of month counts."""


@lru_cache(4096)
def due_on(terms: PaymentTerms, invoice_on: date) -> date:
    """Tell when an invoice is due."""
    start = invoice_on
    if terms.end_of_month is EndOfMonth.BEFORE:
        start = month_end(start)
    due = months_later(start, terms.months) + timedelta(days=terms.days)
    if terms.end_of_month is EndOfMonth.AFTER:
        due = month_end(due)
    if terms.day_of_month is None:
        return due
    this_month = in_month(due, terms.day_of_month)
    if terms.end_of_month is not EndOfMonth.AFTER and this_month >= due:
        return this_month
    return in_month(months_later(due, 1), terms.day_of_month)


@lru_cache(1024)
def parse_terms(text: str) -> PaymentTerms | None:
    """Understand « 45 jours fin de mois le 10 »; None where it cannot be trusted."""
    words = " ".join(folded(text).split())
    if words.isdecimal():
        words += " jours"
    days, months = _DAYS.findall(words), _MONTHS.findall(words)
    month_end_found = _MONTH_END.search(words)
    if not (days or months or month_end_found):
        return PaymentTerms() if _AT_ONCE.search(words) else None
    day_of_month = _DAY_OF_MONTH.search(words)
    terms = PaymentTerms(
        days=int(days[0]) if days else 0,
        months=int(months[0]) if months else 0,
        end_of_month=_end_of_month(words, month_end_found),
        day_of_month=int(day_of_month[1]) if day_of_month else None,
    )
    # Two delays in one sentence are a discount or instalments: not ours to choose.
    if len(days) + len(months) > 1 or not _is_credible(terms):
        return None
    return terms


def due_from_label(label: str) -> date | None:
    """Read the due date that some packages write in the label: « éch. 31/01/26 »."""
    found = _DUE_IN_LABEL.search(label)
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    if len(found[3]) == len("26"):
        year += 2000 if year < _FIRST_YEAR_OF_TWO_DIGITS else 1900
    try:
        return date(year, month, day)
    except ValueError:
        return None


def due_if_swapped(
    invoice_on: date, due: date, usual_delays: Collection[timedelta] = ()
) -> date | None:
    """Give the due date that was meant, where day and month look swapped.

    They do when the delay is absurd and swapping makes it plausible; also when it
    is longer than the law allows and swapping makes it one of the usual delays.
    """
    swapped = with_day_and_month_swapped(due)
    if swapped is None or swapped == due:
        return None
    delay, swapped_delay = due - invoice_on, swapped - invoice_on
    is_absurd = not timedelta() <= delay <= _LONGEST_CREDIBLE_DELAY
    is_plausible = timedelta() <= swapped_delay <= LONGEST_SWAPPED_DELAY
    is_usual = delay > _LONGEST_LEGAL_DELAY and swapped_delay in usual_delays
    return swapped if (is_absurd and is_plausible) or is_usual else None


def _end_of_month(words: str, found: re.Match[str] | None) -> EndOfMonth:
    """« fin de mois + 45 jours » is not « 45 jours fin de mois »."""
    if found is None:
        return EndOfMonth.NONE
    delay = _DAYS.search(words) or _MONTHS.search(words)
    if delay and found.start() < delay.start():
        return EndOfMonth.BEFORE
    return EndOfMonth.AFTER


def _is_credible(terms: PaymentTerms) -> bool:
    return (
        terms.days + 30 * terms.months <= _LONGEST_TERM_DAYS
        and terms.day_of_month in (None, *range(1, 32))
    )
