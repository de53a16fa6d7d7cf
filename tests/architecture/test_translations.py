import re

import pytest
from babel.messages.catalog import Catalog, Message

from tests.architecture.tree import packaging_module

translations = packaging_module("translations")


@pytest.fixture(scope="module")
def in_code() -> Catalog:
    catalogue: Catalog = translations.found_in_code()
    return catalogue


@pytest.fixture(scope="module")
def french() -> Catalog:
    catalogue: Catalog = translations.french_catalogue()
    return catalogue


def placeholders(words: object) -> set[str]:
    """The names in braces of a sentence, or of its singular and plural."""
    return set(re.findall(r"{(\w*)", str(words)))


def test_every_sentence_of_the_code_has_its_french(
    in_code: Catalog, french: Catalog
) -> None:
    assert len(in_code) > 0
    assert translations.without_french(in_code, french) == []


def test_no_french_is_kept_for_a_sentence_that_is_gone(
    in_code: Catalog, french: Catalog
) -> None:
    gone = [m.id for m in french if m.id and not in_code.get(m.id, m.context)]

    assert gone == []


def test_french_fills_in_only_what_the_code_gives(french: Catalog) -> None:
    def asks_for_more(message: Message) -> bool:
        return not placeholders(message.string) <= placeholders(message.id)

    assert [m.id for m in french if m.id and asks_for_more(m)] == []


def test_refusals_are_found_although_the_domain_does_not_know_gettext(
    in_code: Catalog,
) -> None:
    assert in_code.get("This cannot be done.") is not None


def test_a_sentence_without_french_is_reported() -> None:
    template, french = Catalog(), Catalog(locale="fr")
    template.add("Never translated")
    template.add(("{count} letter", "{count} letters"))
    french.add(("{count} letter", "{count} letters"), ("{count} courrier", ""))

    assert translations.without_french(template, french) == [
        "Never translated",
        "('{count} letter', '{count} letters')",
    ]
