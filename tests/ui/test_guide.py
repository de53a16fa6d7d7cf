"""The guide tells the truth: its pages, links, pictures, keys and words exist."""

import re
from collections.abc import Callable
from itertools import chain

import pytest
from babel.messages.pofile import read_po

from tests.architecture.tree import ROOT
from ui import addresses
from ui.components.shortcuts import SHORTCUTS
from ui.guide import (
    GLOSSARY,
    TopicKind,
    picture,
    search,
    terms,
    topic_name,
    topics,
)
from ui.screens import PAGES
from ui.translation import _

ALL = [*topics().values(), *terms().values()]
SCREENS = [page for page in PAGES if page.path != addresses.HELP_TOPIC]
LEAST_TERMS = 30
LEAST, MOST = 120, 420
"""Words of a page."""
LINK = re.compile(r"\[[^\]]*\]\(([^)]*)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
KEY = re.compile(r"`(.+?)`")


def plain(text: str) -> str:
    """Forget the kind of apostrophe and of space, which the catalogue mixes."""
    return " ".join(text.replace("’", "'").split()).strip(" :")


def amiss(found: Callable[[str], list[str]]) -> dict[str, list[str]]:
    """What is wrong in each text of the guide that has something wrong."""
    return {topic.name: wrong for topic in ALL if (wrong := found(topic.text))}


def labels() -> set[str]:
    """Everything the app says in French."""
    file = ROOT / "ui" / "locales" / "fr" / "LC_MESSAGES" / "messages.po"
    with file.open("rb") as lines:
        said = [message.string for message in read_po(lines, locale="fr")]
    return {
        plain(one)
        for string in said
        for one in ([string] if isinstance(string, str) else string or ())
    }


def keys() -> set[str]:
    """The keys of the table of shortcuts: « J  K » is two of them."""
    written = [_(shown) for shown, _effect in SHORTCUTS]
    alt = {f"Alt {digit}" for digit in range(1, 5)}
    return alt | set(chain.from_iterable(re.split(r"\s{2,}", one) for one in written))


def test_a_screen_has_its_page_under_its_own_title() -> None:
    missing = {
        f"{_(page.title)}: templates/help/fr/screens/{topic_name(page.path)}.md"
        for page in SCREENS
        if topic_name(page.path) not in topics()
    }
    assert missing == set(), "write there what the screen is for, its title first"

    titles = {
        page.path: (plain(topics()[topic_name(page.path)].title), plain(_(page.title)))
        for page in SCREENS
    }
    wrong = {path: t for path, t in titles.items() if not t[0].startswith(t[1])}
    assert wrong == {}


def test_a_page_is_neither_a_note_nor_a_book() -> None:
    sizes = {topic.name: len(topic.plain.split()) for topic in topics().values()}

    assert {name: n for name, n in sizes.items() if not LEAST <= n <= MOST} == {}


def test_a_link_leads_somewhere() -> None:
    screens = {page.path for page in PAGES if "{" not in page.path}
    known = screens | {one.address for one in ALL} | {addresses.GLOSSARY}

    assert (
        amiss(lambda text: [to for to in LINK.findall(text) if to not in known]) == {}
    )


def test_what_is_in_bold_is_said_by_a_screen_unless_it_is_a_question() -> None:
    known = labels()

    def unknown(text: str) -> list[str]:
        bold = [words for words in BOLD.findall(text) if words[-1] not in "?.»"]
        return [words for words in bold if plain(words) not in known]

    assert amiss(unknown) == {}, "a button was renamed, or never was"


def test_a_key_of_the_guide_is_in_the_table_of_shortcuts() -> None:
    known = keys()

    assert amiss(lambda text: [k for k in KEY.findall(text) if k not in known]) == {}


def test_a_text_is_typeset_and_drawn_as_meant() -> None:
    assert amiss(re.compile(r".*(?:'|!|\*\*\*|« | »).*").findall) == {}
    assert amiss(re.compile(r"(?<![\u00a0`\w/])[:;?](?=\s)").findall) == {}
    assert [topic.name for topic in ALL if "<em>" in topic.html] == []


def test_the_pictures_of_the_screens_are_there() -> None:
    own = {topic_name(addresses.HELP), topic_name(addresses.HELP_TOPIC)}
    missing = [
        name
        for page in SCREENS
        if (name := topic_name(page.path)) not in own and not picture(name)
    ]

    assert missing == [], "see « look at every screen » in CONTRIBUTING.md"


def test_the_glossary_has_thirty_terms_that_its_search_finds_first() -> None:
    assert len(terms()) >= LEAST_TERMS
    for term in terms().values():
        found = [finding.topic for finding in search(term.title)]
        assert term in found[:3], term.title


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("PENALITES", "penalites-de-retard"),
        ("echeance", "echeance"),
        ("mot de passe gmail", "mot-de-passe-gmail"),
        ("promesses", "promises"),
        ("recommand", "recommande"),
        ("l'accueil", "home"),
    ],
)
def test_the_search_ignores_accents_capitals_and_plurals(
    typed: str, found: str
) -> None:
    assert found in [finding.topic.name for finding in search(typed)][:5]


def test_a_finding_shows_the_words_around() -> None:
    [first, *_others] = search("trousseau")

    assert "trousseau" in first.excerpt


def test_nothing_is_found_for_nothing() -> None:
    assert search("  ") == []
    assert search("xylophone") == []


def test_a_task_is_not_named_as_a_screen_or_as_the_glossary() -> None:
    tasks = {topic.name for topic in topics().values() if topic.kind is TopicKind.TASK}

    assert tasks.isdisjoint({topic_name(page.path) for page in PAGES})
    assert GLOSSARY not in topics()
