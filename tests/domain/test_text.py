"""Text compared and cut as people read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basics.text import folded, natural_key, squeezed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sœur", "soeur"),
        ("ÉLÈVE", "eleve"),
        ("Straße", "STRASSE"),
        ("Nuñez", "NUNEZ"),
        ("cæcum", "Caecum"),
        ("Ａｎｎａ", "anna"),
    ],
)
def test_case_accents_and_ligatures_do_not_hide_a_name(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_two_names_stay_two() -> None:
    assert folded("Martin") != folded("Marin")


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("  Dupont \t et\n Fils ", "Dupont et Fils"),
        ("Dupont\u00a0et\u202fFils", "Dupont et Fils"),
        ("Dupont\x00et\x1bFils", "Dupont et Fils"),
        ("", ""),
    ],
)
def test_spaces_and_control_characters_become_one_space(text: str, short: str) -> None:
    assert squeezed(text) == short


def test_codes_are_sorted_by_their_numbers() -> None:
    codes = ["C10", "C2", "c1", "B20", "411C3", "C2-10", "C2-9", "É1", "D1"]

    assert sorted(codes, key=natural_key) == [
        "411C3",
        "B20",
        "c1",
        "C2",
        "C2-9",
        "C2-10",
        "C10",
        "D1",
        "É1",
    ]


def test_nothing_comes_first() -> None:
    assert natural_key("") == ()
    assert natural_key("") < natural_key("1") < natural_key("a")


@given(st.lists(st.text()))
def test_any_text_can_be_sorted(texts: list[str]) -> None:
    assert len(sorted(texts, key=natural_key)) == len(texts)


@given(st.text())
def test_squeezing_twice_changes_nothing_more(text: str) -> None:
    once = squeezed(text)

    assert squeezed(once) == once
    assert "  " not in once
    assert once == once.strip()
