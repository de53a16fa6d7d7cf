from datetime import date
from pathlib import Path

import pytest

from domain.basics.errors import DunningError, NotFoundError
from domain.basics.money import Money
from domain.basics.sentences import N_
from ui import translation
from ui.translation import _, ngettext, refusal, use


@pytest.fixture(autouse=True)
def french_again_afterwards() -> object:
    yield
    use("fr")


class TooLateError(DunningError):
    message = "A promise of {amount} cannot be dated before {day}."


def test_the_screens_speak_french_without_a_compiled_catalogue() -> None:
    locales = Path(translation.__file__).parent / "locales"

    assert _("Cancel") == "Annuler"
    assert list(locales.rglob("*.mo")) == []


def test_english_is_what_the_code_says() -> None:
    use("en")

    assert _("Cancel") == "Cancel"


def test_a_message_without_french_is_shown_in_english_rather_than_not_at_all() -> None:
    assert _("Never translated.") == "Never translated."


def test_placeholders_are_filled_in_by_name() -> None:
    assert _("Saved: {file}", file="liste.xlsx") == "Enregistré : liste.xlsx"


def test_braces_in_a_text_without_placeholders_are_left_alone() -> None:
    assert _("{never} filled") == "{never} filled"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 message en attente d'envoi"),
        (1, "1 message en attente d'envoi"),
        (2, "2 messages en attente d'envoi"),
        (12_605, "12\u202f605 messages en attente d'envoi"),
    ],
)
def test_french_counts_zero_as_one_and_keeps_thousands_apart(
    count: int, words: str
) -> None:
    assert words == ngettext(
        "{count} message waiting to leave", "{count} messages waiting to leave", count
    )


def test_a_marked_message_is_left_as_it_is_until_it_is_shown() -> None:
    assert N_("Cancel") == "Cancel"


def test_a_refusal_writes_amounts_and_dates_as_people_read_them() -> None:
    error = TooLateError(amount=Money(1_234_50), day=date(2026, 3, 31))

    assert refusal(error) == (
        "A promise of 1\u202f234,50\u00a0€ cannot be dated before 31/03/2026."
    )


def test_what_the_user_typed_stays_as_typed_in_a_refusal() -> None:
    assert "{x} Grisée" in refusal(NotFoundError(thing="customer", name="{x} Grisée"))


def test_an_empty_detail_does_not_bring_the_catalogue_s_own_header() -> None:
    assert "charset" not in refusal(NotFoundError(thing="customer", name=""))
