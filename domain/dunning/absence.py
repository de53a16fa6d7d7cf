"""When an absent person is back, read in what their mailbox answers."""

import re
from datetime import date, timedelta

from domain.basics.text import folded
from domain.basics.worded_dates import date_in_words, is_date_in_words

_LONGEST_ABSENCE = timedelta(days=400)
_SEARCHED = 4000
_DATE = (
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday),? +)?"
    r"(?:the )?(\d{4}-\d\d-\d\d|\d{1,2} ?[/.-] ?\d{1,2}(?: ?[/.-] ?\d{2,4})?"
    r"|\d{1,2}(?:er|st|nd|rd|th)? +(?:of )?[a-z]{3,9}\.?(?:,? +\d{4})?"
    r"|[a-z]{3,9} +\d{1,2}(?:st|nd|rd|th)?(?:,? +\d{4})?)"
)
# « until » includes its day: the person is back the day after.
_BACK = re.compile(
    r"(?:de retour|retour|reviens|reviendrai|serai (?:de nouveau |a nouveau )?"
    r"(?:joignable|disponible|present)e?|a partir|be back|back(?: in the office)?"
    r"|return(?:ing)?)[^.\n]{0,40}?\b(?:le|du|des le|on|from|au)\b +" + _DATE
)
_UNTIL = re.compile(
    r"(?:jusqu.au|jusqu.a|until|till|(?:absent|absente|conges?|away|ferme)[^.\n]{0,40}?"
    r"\bau|through)(?: and including)? +" + _DATE
)
_NUMBERS = re.compile(r"(\d{1,4}) ?[/.-] ?(\d{1,2})(?: ?[/.-] ?(\d{2,4}))?")
_CENTURY = 2000
_ISO_YEAR = 1000
_BEFORE_YEAR = re.compile(r"\b(of|er|st|nd|rd|th)\b")


def return_date(text: str, today: date) -> date | None:
    """Find the first day back; None where none is said, or it makes no sense."""
    said = folded(text[:_SEARCHED])
    for pattern, later in ((_BACK, 0), (_UNTIL, 1)):
        for found in pattern.finditer(said):
            day = _day(found[1], today)
            if day:
                return day + timedelta(days=later)
    return None


def _day(said: str, today: date) -> date | None:
    """Read a date; one without a year is the next to come."""
    years = (None, today.year, today.year + 1)
    for year in years:
        day = _read(said, year)
        if day and today - timedelta(days=1) <= day <= today + _LONGEST_ABSENCE:
            return day
    return None


def _read(said: str, year: int | None) -> date | None:
    numbers = _NUMBERS.fullmatch(said)
    if numbers is None:
        words = " ".join(_BEFORE_YEAR.sub(" ", said).replace(",", " ").split())
        dated = words if year is None else f"{words} {year}"
        return date_in_words(dated) if is_date_in_words(dated) else None
    first, second, last = (int(n) if n else None for n in numbers.groups())
    if first is None or second is None:
        return None
    if first >= _ISO_YEAR:
        return _made(first, second, last or 1)
    whole = last if last is not None else year
    if whole is None or (last is not None and year is not None):
        return None
    return _made(whole if whole >= _ISO_YEAR else _CENTURY + whole, second, first)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
