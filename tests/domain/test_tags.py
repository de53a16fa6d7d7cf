import pytest

from domain.dunning.tags import Tag, UnknownTagError, check, fill, parted_at, uses

VALUES = dict.fromkeys(Tag, "") | {Tag.TOTAL: "120,00 €", Tag.CLIENT_NOM: "Durance"}


def test_tags_are_replaced_by_their_values() -> None:
    assert fill("%client_nom% : %total%.", VALUES) == "Durance : 120,00 €."


def test_a_tag_is_known_in_capitals_too() -> None:
    assert fill("%TOTAL%", VALUES) == "120,00 €"


@pytest.mark.parametrize(
    "text", ["100 %", "10 % de remise", "de 10 % à 20 % du total", "5 %, 10 %", "%%"]
)
def test_a_percentage_is_not_a_tag(text: str) -> None:
    check(text)

    assert fill(text, VALUES) == text


@pytest.mark.parametrize("name", ["totale", "client", "société", "tableau_comptable2"])
def test_an_unknown_tag_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(UnknownTagError) as refusal:
        check(f"Bonjour %{name}%, bonsoir")

    assert refusal.value.details["tag"] == name


def test_an_unknown_tag_is_not_printed_either() -> None:
    with pytest.raises(UnknownTagError):
        fill("%inconnue%", VALUES)


def test_a_value_that_looks_like_a_tag_stays_as_it_is() -> None:
    values = VALUES | {Tag.CLIENT_NOM: "%total%"}

    assert fill("%client_nom%", values) == "%total%"


def test_the_table_parts_a_text_where_it_first_stands() -> None:
    assert parted_at(
        "avant\n\n%tableau_comptable%\n\naprès", Tag.TABLEAU_COMPTABLE
    ) == (
        "avant\n\n",
        "\n\naprès",
    )
    assert parted_at("sans", Tag.TABLEAU_COMPTABLE) == ("sans", "")


def test_a_text_tells_which_tags_it_uses() -> None:
    assert uses("… %signature%", Tag.SIGNATURE)
    assert not uses("… %total%", Tag.SIGNATURE)
