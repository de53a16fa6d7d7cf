import pytest

from domain.usecases.list_choices import (
    FilterNameTakenError,
    ListChoices,
    UnnamedFilterError,
    keep_choices,
    read_choices,
    with_filter,
    with_filter_renamed,
    without_filter,
)
from tests.builders import ENTITY_ID, books_of_one_firm

LATE = {"due": ("late",)}
OLD = {"age": ("60",), "q": ("dupont",)}


def two_filters() -> ListChoices:
    return with_filter(with_filter(ListChoices(), "En retard", LATE), "Anciens", OLD)


def test_choices_are_read_back_as_they_were_kept_for_one_firm_and_list() -> None:
    books = books_of_one_firm()
    kept = ListChoices(
        columns=("name", "left"),
        sort="left",
        descending=True,
        saved=two_filters().saved,
        last_used="Anciens",
        options={"ages": "30-60-90"},
    )

    keep_choices(books, ENTITY_ID, "items", kept)

    assert read_choices(books, ENTITY_ID, "items") == kept
    assert read_choices(books, ENTITY_ID, "owing") == ListChoices()


def test_saving_under_a_known_name_replaces_what_it_held() -> None:
    choices = with_filter(two_filters(), " En retard ", OLD)

    assert [(one.name, one.words) for one in choices.saved] == [
        ("En retard", OLD),
        ("Anciens", OLD),
    ]
    assert choices.last_used == "En retard"


def test_a_filter_keeps_its_place_under_its_new_name() -> None:
    choices = with_filter_renamed(two_filters(), "Anciens", "Plus de 60 jours")

    assert [one.name for one in choices.saved] == ["En retard", "Plus de 60 jours"]
    assert choices.last_used == "Plus de 60 jours"


def test_two_filters_cannot_bear_one_name_nor_none() -> None:
    with pytest.raises(FilterNameTakenError):
        with_filter_renamed(two_filters(), "Anciens", "En retard")
    with pytest.raises(UnnamedFilterError):
        with_filter_renamed(two_filters(), "Anciens", " ")
    with pytest.raises(UnnamedFilterError):
        with_filter(ListChoices(), "", LATE)


def test_a_filter_that_goes_is_no_longer_the_last_used() -> None:
    assert without_filter(two_filters(), "Anciens").last_used == ""
    assert without_filter(two_filters(), "En retard").last_used == "Anciens"
