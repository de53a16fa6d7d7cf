import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basics.postal import plain_capitals, postal_lines


def test_an_ordinary_address_keeps_its_order() -> None:
    lines, was_cut = postal_lines(
        "Traiteur Ngô Đình",
        "Mme Søren Öztürk",
        "Bât. B\n\n146, zone artisanale « Les Chênes »",
        postal_code="94240",
        city="L'Haÿ-les-Roses",
        country="France",
    )

    assert lines == (
        "Traiteur Ngô Đình",
        "Mme Søren Öztürk",
        "BAT B",
        "146 ZONE ARTISANALE LES CHENES",
        "94240 L HAY LES ROSES",
    )
    assert not was_cut


def test_a_foreign_address_ends_with_its_country_and_may_take_a_seventh_line() -> None:
    lines, was_cut = postal_lines(
        "Zink & Co",
        "Herr Zink",
        "Halle 4\nHof 2\nAm Werk 7",
        postal_code="80331",
        city="München",
        country="Allemagne",
    )

    assert len(lines) == 7
    assert lines[-2:] == ("80331 MUNCHEN", "ALLEMAGNE")
    assert not was_cut


def test_a_long_name_goes_on_to_the_next_line_while_there_is_room() -> None:
    lines, was_cut = postal_lines(
        "Société nouvelle d’équipements œnologiques",
        "",
        "3 place du Marché",
        postal_code="38000",
        city="Grenoble",
    )

    assert lines[:2] == ("Société nouvelle d’équipements", "œnologiques")
    assert not was_cut


def test_too_many_lines_lose_the_contact_first_and_say_so() -> None:
    lines, was_cut = postal_lines(
        "Client",
        "M. Contact",
        "Hall 1\nHall 2\nHall 3\nRue 4",
        postal_code="75001",
        city="Paris",
    )

    assert lines == ("Client", "HALL 1", "HALL 2", "HALL 3", "RUE 4", "75001 PARIS")
    assert was_cut


def test_a_town_too_long_for_a_line_is_cut_and_it_is_said() -> None:
    lines, was_cut = postal_lines(
        "Client", "", "", postal_code="75001", city="Ville " * 10
    )

    assert len(lines[-1]) <= 38
    assert was_cut


@pytest.mark.parametrize("country", ["", "FR", "france", "France", " FRANCE "])
def test_france_is_not_written_on_a_letter_posted_in_france(country: str) -> None:
    lines, _ = postal_lines(
        "Client", "", "Rue", postal_code="75001", city="Paris", country=country
    )

    assert lines[-1] == "75001 PARIS"


def test_a_customer_without_address_leaves_only_its_name() -> None:
    assert postal_lines("Client", "", "", postal_code="", city="") == (
        ("Client",),
        False,
    )


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("n° 12 bis, rue de l’Église", "NO 12 BIS RUE DE L EGLISE"),
        ("Œuvres & Cie", "OEUVRES CIE"),
        ("  ", ""),
    ],
)
def test_capitals_are_plain(typed: str, printed: str) -> None:
    assert plain_capitals(typed) == printed


def test_a_name_in_another_script_is_spelt_for_the_postman() -> None:
    lines, _ = postal_lines("株式会社 😃", "", "", postal_code="1", city="X")

    assert lines[0] == "ZhuShiHuiShe"


_TEXT = st.text(max_size=120)


@given(_TEXT, _TEXT, _TEXT, _TEXT, _TEXT, _TEXT)
def test_no_address_ever_outgrows_the_standard(
    name: str, contact: str, address: str, code: str, city: str, country: str
) -> None:
    lines, _ = postal_lines(
        name, contact, address, postal_code=code, city=city, country=country
    )

    assert len(lines) <= 7
    assert all(0 < len(line) <= 38 for line in lines)
    assert all("\n" not in line for line in lines)
