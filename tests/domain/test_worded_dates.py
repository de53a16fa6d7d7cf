"""Months written as words, and what is not a date for all that."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from domain.basics.worded_dates import date_in_words, is_date_in_words, month_named

DAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "12 mars 2026",
        "12-mars-26",
        "12/Mars/2026",
        "12.mar.2026",
        "12mars2026",
        "jeudi 12 mars 2026",
        "Jeu. 12 mars 2026",
        "le 12 mars 2026",
        "12 MARS 2026 14:05",
        "12\u00a0mars\u202f2026",
        "Mar 12, 2026",
        "March 12th, 2026",
        "12-Mar-26",
        "Thursday, March 12, 2026",
    ],
)
def test_a_month_in_words_makes_a_date(text: str) -> None:
    assert date_in_words(text) == DAY


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1er janv. 2026", 1),
        ("1 févr. 2026", 2),
        ("1 Feb 2026", 2),
        ("1-avr-26", 4),
        ("1 mai 2026", 5),
        ("1 juin 2026", 6),
        ("1 juil. 2026", 7),
        ("1 AOÛT 2026", 8),
        ("1-sept.-26", 9),
        ("1 Oct 2026", 10),
        ("1 déc. 2026", 12),
    ],
)
def test_months_may_be_cut_as_packages_cut_them(text: str, month: int) -> None:
    assert date_in_words(text) == date(2026, month, 1)


@pytest.mark.parametrize(
    "text",
    ["mars 2026", "12 mars", "mars 12", "12 brumaire 2026", "12/03/2026", "", "x" * 99],
)
def test_what_lacks_a_day_or_a_year_is_no_date(text: str) -> None:
    assert date_in_words(text) is None


def test_a_day_that_its_month_does_not_have_is_no_date() -> None:
    assert not is_date_in_words("31 avril 2026")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("mars 2026", date(2026, 3, 31)),
        ("févr.-24", date(2024, 2, 29)),
        ("12/2026", date(2026, 12, 31)),
        ("13/2026", None),
        ("12 mars 2026", None),
        ("2026", None),
    ],
)
def test_a_month_alone_ends_on_its_last_day(text: str, day: date | None) -> None:
    assert month_named(text) == day


@given(
    after=st.integers(0, 365 * 60),
    form=st.sampled_from(["full", "long", "medium", "d MMM yy", "dd-MMMM-yy"]),
    language=st.sampled_from(["fr", "en"]),
)
def test_what_spreadsheets_print_is_read_back(
    after: int, form: str, language: str
) -> None:
    day = date(2000, 1, 1) + timedelta(days=after)

    assert date_in_words(format_date(day, form, locale=language)) == day
