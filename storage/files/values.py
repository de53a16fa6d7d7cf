"""Amounts, currencies and dates as accounting packages write them."""

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel.numbers import is_currency

from domain.basics.money import Money
from domain.basics.worded_dates import date_in_words
from domain.ledger.import_report import FaultKind, ImportFault

_YEARS = range(1900, 2100)
_FIRST_YEAR_OF_TWO_DIGITS = 70
_THOUSANDS = 3
_CENTS = 2
_LONGEST_PLAIN = 13
_NOTHING = Money(0)
"""One for all: half the amounts of a ledger are zero."""
_CURRENCY_SIGNS = {
    **dict.fromkeys(("", "€", "EURO", "EUROS"), "EUR"),
    **dict.fromkeys(("$", "US$", "$US"), "USD"),
    "£": "GBP",
}
_LONGEST_FOUND = 80
# Beyond, it is a bar code or a mistake; and nothing overflows below.
_LARGEST_AMOUNT = Decimal(10**13)
# The same few dates come back all along a ledger.
_REMEMBERED = 1 << 16

# Sign first or last, scientific notation: art. A47 A-1 LPF and the tax office's
# own tester. Thousands separators are forbidden there, and met all the same.
_AMOUNT = re.compile(
    r"""([-+−]?)\s*
    ( [0-9]{1,3} (?: [\s'’][0-9]{3} )+
    | [0-9]{1,3} (?: \.[0-9]{3} )+ (?=,)
    | [0-9]{1,3} (?: ,[0-9]{3} )+ (?=\.)
    | [0-9]{1,3} (?: \.[0-9]{3} ){2,}
    | [0-9]{1,3} (?: ,[0-9]{3} ){2,}
    | [0-9]*
    )
    (?: ([.,]) ([0-9]*) )?
    (?: [eE] ([-+]?[0-9]{1,2}) )?
    \s*([-+−]?)\s*€?""",
    re.VERBOSE,
)
_TIME = r"(?:[T\s]\s*[0-9]{1,2}:[0-9]{2}.*)?"
_COMPACT_DATE = re.compile(rf"([0-9]{{4}})([0-9]{{4}}){_TIME}")
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{1,2}}){_TIME}")
_YEAR_LAST = re.compile(
    rf"([0-9]{{1,2}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{4}}|[0-9]{{2}}){_TIME}"
)


class UnusableValueError(Exception):
    """A value that cannot be read: a fault of its line, never an accident."""

    def __init__(self, kind: FaultKind, found: str = "") -> None:
        self.kind = kind
        self.found = found[:_LONGEST_FOUND]
        super().__init__(kind, self.found)

    def fault(
        self, line: int, *, sheet: str = "", blocking: bool = True
    ) -> ImportFault:
        """Tell where it was met, and whether the line was left out for it."""
        return ImportFault(
            line=line, kind=self.kind, found=self.found, sheet=sheet, blocking=blocking
        )


def read_amount(text: str) -> Money:
    """Read « 1 234,56 », « 0000069,60 », « 12.5- »; nothing is zero.

    Raises:
        UnusableValueError: it is no amount, or « 1.234 » could be two.
    """
    whole, comma, cents = text.partition(",")
    digits = whole + cents
    is_plain = comma and whole and len(cents) == _CENTS and digits.isdecimal()
    if is_plain and digits.isascii() and len(digits) < _LONGEST_PLAIN:
        number = int(digits)
        return Money(number) if number else _NOTHING
    return _read_unusual_amount(text)


@lru_cache(_REMEMBERED)
def _read_unusual_amount(text: str) -> Money:
    text = text.strip()
    if text in {"", "-"}:
        return _NOTHING
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise UnusableValueError(FaultKind.BAD_AMOUNT, text)
    before, whole, separator, fraction, exponent, after = found.groups(default="")
    is_ambiguous = (
        separator == "."
        and len(fraction) == _THOUSANDS
        and whole.isdecimal()
        and 0 < len(whole) <= _THOUSANDS
        and bool(int(whole))
    )
    if is_ambiguous or (before and after) or not (whole or fraction):
        raise UnusableValueError(FaultKind.BAD_AMOUNT, text)
    digits = re.sub(r"\D", "", whole)
    amount = Decimal(f"{digits or 0}.{fraction}e{exponent or 0}")
    return to_money(-amount if before + after in {"-", "−"} else amount, text)


def to_money(amount: Decimal, text: str) -> Money:
    """Take an amount to the cent, unless it is beyond what books can hold."""
    if not (amount.is_finite() and abs(amount) < _LARGEST_AMOUNT):
        raise UnusableValueError(FaultKind.BAD_AMOUNT, text)
    return Money.of(amount)


@lru_cache(_REMEMBERED)
def read_currency(text: str) -> str:
    """Read « USD », « $ », « euros »; nothing is euros.

    Raises:
        UnusableValueError: it is no currency.
    """
    name = text.strip().upper()
    code = _CURRENCY_SIGNS.get(name, name)
    if not is_currency(code, locale="en"):
        raise UnusableValueError(FaultKind.BAD_CURRENCY, text)
    return code


def has_dot_decimal(text: str) -> bool:
    """Whether an amount that was read writes its cents after a dot."""
    return text.count(".") == 1 and text.rfind(",") < text.find(".")


@lru_cache(_REMEMBERED)
def read_date(text: str) -> date | None:
    """Read AAAAMMJJ, JJ/MM/AAAA, « 12 mars 2026 »; « 00000000 » is no date.

    Raises:
        UnusableValueError: it is no date.
    """
    text = text.strip()
    if not text.strip("0-/.: "):
        return None
    for pattern, from_parts in _DATES:
        found = pattern.fullmatch(text)
        if found is not None:
            try:
                return from_parts(*found.groups())
            except ValueError:
                break
    else:
        with suppress(ValueError):
            if day := date_in_words(text):
                return day
    raise UnusableValueError(FaultKind.BAD_DATE, text)


def _compact(first: str, last: str) -> date:
    # Years being 19xx or 20xx, no eight digits are a date both ways.
    if int(first) in _YEARS:
        try:
            return date(int(first), int(last[:2]), int(last[2:]))
        except ValueError:
            pass
    return _year_last(first[:2], first[2:], last)


def _year_first(year: str, month: str, day: str) -> date:
    if int(year) not in _YEARS:
        raise ValueError
    return date(int(year), int(month), int(day))


def _year_last(day: str, month: str, year: str) -> date:
    if len(year) == len("26"):
        century = "20" if int(year) < _FIRST_YEAR_OF_TWO_DIGITS else "19"
        year = century + year
    return _year_first(year, month, day)


_DATES = (
    (_COMPACT_DATE, _compact),
    (_YEAR_FIRST, _year_first),
    (_YEAR_LAST, _year_last),
)
