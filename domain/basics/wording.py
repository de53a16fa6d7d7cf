"""Amounts and dates as people read them: the one place that puts them into words.

Letters, e-mails and screens all come here, so that a figure reads the same
everywhere. Languages are those of the messages: French unless it is English.
"""

from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from domain.basics.money import Money
from domain.basics.periods import UNDATED
from domain.basics.text import folded

LANGUAGES = ("fr", "en")
_LANGUAGE_NAMES = {
    **dict.fromkeys(("fr", "fra", "fre", "francais", "francaise", "french"), "fr"),
    **dict.fromkeys(("en", "eng", "anglais", "anglaise", "english"), "en"),
}
NOTHING = "–"
"""Stands in a table where there is no amount, no date, no lateness."""
NO_BREAK = "\u00a0"

_LOCALES = {"fr": Locale("fr", "FR"), "en": Locale("en", "GB")}
# Screens draw the same amounts again and again; this many texts take 8 MB.
_REMEMBERED = 32_768


def language_named(text: str) -> str:
    """Read « Anglais », « EN », « fr-FR »; empty where it is no language of ours."""
    words = folded(text).split()
    name = words[0].replace("_", "-").partition("-")[0] if words else ""
    return _LANGUAGE_NAMES.get(name, "")


def known_language(language: str) -> str:
    """Choose the language of a message: English where asked, else French."""
    return language if language in LANGUAGES else LANGUAGES[0]


@lru_cache(_REMEMBERED)
def money(amount: Money, language: str = "fr") -> str:
    """Write an amount with its currency: « 1 234,56 € »."""
    text = format_currency(
        amount.amount,
        amount.currency,
        locale=_locale(language),
        currency_digits=False,
    )
    return _with_minus(text)


@lru_cache(_REMEMBERED)
def number(amount: Money, language: str = "fr") -> str:
    """Write an amount for a table, without currency; an en dash for zero."""
    if not amount:
        return NOTHING
    text = format_decimal(amount.amount, "#,##0.00", locale=_locale(language))
    return _with_minus(text)


def ten_thousandths(amount: Decimal, language: str = "fr") -> str:
    """Write an amount that is not rounded to the cent yet: « 12,9699 »."""
    return _with_minus(format_decimal(amount, "#,##0.0000", locale=_locale(language)))


def rate(percentage: Decimal, language: str = "fr") -> str:
    """Write a percentage: « 13,15 % »."""
    text = format_decimal(percentage, "#,##0.##", locale=_locale(language))
    return f"{text}{NO_BREAK}%" if language != "en" else f"{text}%"


def day(on: date | None) -> str:
    """Write a date in figures, French or British: JJ/MM/AAAA; else an en dash."""
    return f"{on:%d/%m/%Y}" if on and on != UNDATED else NOTHING


@lru_cache(_REMEMBERED)
def long_day(on: date, language: str = "fr") -> str:
    """Write a date in words: « 21 novembre 2026 », « 1er mars 2027 »."""
    text = format_date(on, "d MMMM y", locale=_locale(language))
    if on.day == 1 and language != "en":
        text = text.replace("1", "1er", 1)
    return text.replace(" ", NO_BREAK)


def days(count: int, language: str = "fr") -> str:
    """Write a lateness for a table: « 25 j »; an en dash for none."""
    if not count:
        return NOTHING
    return f"{count}{NO_BREAK}{'d' if language == 'en' else 'j'}"


def _locale(language: str) -> Locale:
    return _LOCALES[known_language(language)]


def _with_minus(text: str) -> str:
    """Use the true minus sign: as wide as a digit, and never a line's end."""
    return text.replace("-", "−", 1)
