from datetime import date
from decimal import Decimal

import pytest

from domain.basics import wording
from domain.basics.money import Money


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (123456, "1\u202f234,56\u00a0€"),
        (100000000, "1\u202f000\u202f000,00\u00a0€"),
        (5, "0,05\u00a0€"),
        (0, "0,00\u00a0€"),
        (-123456, "−1\u202f234,56\u00a0€"),
    ],
)
def test_an_amount_reads_as_in_france(cents: int, text: str) -> None:
    assert wording.money(Money(cents)) == text


def test_an_amount_reads_as_in_england_when_asked() -> None:
    assert wording.money(Money(-123456), "en") == "−€1,234.56"
    assert wording.number(Money(123456), "en") == "1,234.56"


def test_an_amount_names_its_own_currency_and_keeps_its_cents() -> None:
    assert wording.money(Money(123456, "USD")) == "1\u202f234,56\u00a0$US"
    assert wording.money(Money(123450, "CHF")) == "1\u202f234,50\u00a0CHF"


def test_a_table_shows_amounts_without_currency_and_zero_as_a_dash() -> None:
    assert wording.number(Money(123456)) == "1\u202f234,56"
    assert wording.number(Money(-5)) == "−0,05"
    assert wording.number(Money(0)) == "–"


def test_dates_read_in_figures_and_in_words() -> None:
    on = date(2026, 11, 21)

    assert wording.day(on) == "21/11/2026"
    assert wording.day(None) == "–"
    assert wording.long_day(on) == "21\u00a0novembre\u00a02026"
    assert wording.long_day(on, "en") == "21\u00a0November\u00a02026"


def test_the_first_of_the_month_is_1er_in_french_only() -> None:
    first = date(2026, 11, 1)

    assert wording.long_day(first) == "1er\u00a0novembre\u00a02026"
    assert wording.long_day(first, "en") == "1\u00a0November\u00a02026"
    assert wording.long_day(date(2026, 1, 11)).startswith("11\u00a0")


def test_lateness_reads_in_days_and_none_as_a_dash() -> None:
    assert wording.days(25) == "25\u00a0j"
    assert wording.days(25, "en") == "25\u00a0d"
    assert wording.days(0) == "–"


def test_a_rate_keeps_only_the_decimals_it_has() -> None:
    assert wording.rate(Decimal("13.15")) == "13,15\u00a0%"
    assert wording.rate(Decimal(12)) == "12\u00a0%"
    assert wording.rate(Decimal("13.15"), "en") == "13.15%"


def test_a_language_we_do_not_write_falls_back_to_french() -> None:
    assert wording.known_language("en") == "en"
    assert wording.known_language("de") == "fr"
    assert wording.money(Money(100), "de") == "1,00\u00a0€"
