"""The user's guide: Markdown files of ``templates/help``, searched as one types.

A page a screen (``screens/``, named after its address), a page a task (``tasks/``),
and ``glossary.md``, a term a heading.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from nicegui import app
from nicegui.elements.markdown import prepare_content

from domain.basics.text import folded

_ROOT = Path(__file__).parents[1]
FOLDER = _ROOT / "templates" / "help" / "fr"
"""French alone: the trade, its law and its words are those of France."""
PICTURES = _ROOT / "docs" / "screenshots"
"""What the tests saw on each screen: a picture made by hand grows false."""
PICTURES_PATH = "/help-pictures"
GLOSSARY = "glossary"
_MARKS = re.compile(
    r"!?\[([^\]]*)\]\([^)]*\)|^\s*(?:#+|[-|]|\d+\.)\s*|[*`|]", re.MULTILINE
)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_SHOWN_BEFORE, _SHOWN_AFTER = 70, 16
"""Of an answer: letters before the word found, words from it on."""
_PLURAL = 4
"""Letters from which a final s is left out: « promesses » finds « promesse »."""


class TopicKind(Enum):
    """Where a topic stands in the guide."""

    SCREEN = "screens"
    TASK = "tasks"
    TERM = "terms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A page of the guide, or a term of its glossary."""

    name: str
    kind: TopicKind
    title: str
    text: str
    """Markdown, without the title."""

    @property
    def address(self) -> str:
        """Where it is read."""
        if self.kind is TopicKind.TERM:
            return f"/help/{GLOSSARY}#{self.name}"
        return f"/help/{self.name}"

    @property
    def html(self) -> str:
        """The text as it is drawn."""
        return prepare_content(self.text, "tables")

    @property
    def plain(self) -> str:
        """The text without its marks, on one line."""
        spoken = _HEADING.sub(r"\1 ·", self.text)
        return " ".join(_MARKS.sub(r"\1", spoken).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A topic that answers, and the words around the first one found."""

    topic: Topic
    excerpt: str


def topic_name(path: str) -> str:
    """Name the page of the guide, and the picture, of a screen by its address."""
    named = path.replace("{customer_id}", "sheet")
    return re.sub(r"\{\w+\}", "one", named).strip("/").replace("/", "-") or "home"


@cache
def topics() -> Mapping[str, Topic]:
    """Read every page, screens first, then tasks, by name."""
    read = [
        _page(kind, file)
        for kind in (TopicKind.SCREEN, TopicKind.TASK)
        for file in sorted((FOLDER / kind.value).glob("*.md"))
    ]
    return MappingProxyType({topic.name: topic for topic in read})


@cache
def terms() -> Mapping[str, Topic]:
    """Read the glossary, in the order of the alphabet, by name."""
    _title, *parts = _read(FOLDER / f"{GLOSSARY}.md").split("\n## ")
    found = [_term(part) for part in parts]
    return MappingProxyType(
        {term.name: term for term in sorted(found, key=lambda term: term.name)}
    )


def topic_at(address: str) -> Topic | None:
    """Find what a link of the guide leads to; None for the glossary as a whole."""
    return next((one for one in _all_topics() if one.address == address), None)


def search(words: str) -> list[Finding]:
    """Find the topics that hold every word, in whatever case and accents."""
    wanted = [_stem(word) for word in _searchable(words).split()]
    if not wanted:
        return []
    ranked = [
        (rank, topic)
        for topic in _all_topics()
        if (rank := _rank(topic, wanted)) is not None
    ]
    ranked.sort(key=lambda one: one[0])
    return [Finding(topic=t, excerpt=_excerpt(t, wanted)) for _, t in ranked]


def picture(name: str) -> str | None:
    """Give the address of the picture of a screen; None where there is none."""
    file = f"{name}-1366.png"
    return f"{PICTURES_PATH}/{file}" if (PICTURES / file).is_file() else None


def serve_pictures() -> None:
    """Let the app's own window read the pictures, from this computer."""
    if PICTURES.is_dir():
        app.add_static_files(PICTURES_PATH, PICTURES)


def _all_topics() -> Iterator[Topic]:
    yield from terms().values()
    yield from topics().values()


def _page(kind: TopicKind, file: Path) -> Topic:
    title, _line, text = _read(file).partition("\n")
    return Topic(name=file.stem, kind=kind, title=title.removeprefix("# "), text=text)


def _term(part: str) -> Topic:
    title, _line, text = part.partition("\n")
    name = re.sub(r"[^a-z0-9]+", "-", folded(title)).strip("-")
    return Topic(name=name, kind=TopicKind.TERM, title=title.strip(), text=text)


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _searchable(text: str) -> str:
    return folded(text).replace("’", " ").replace("'", " ")


def _stem(word: str) -> str:
    return word.removesuffix("s") if len(word) >= _PLURAL else word


@cache
def _words_of(topic: Topic) -> tuple[str, str]:
    """Give title and text, as they are compared."""
    return _searchable(topic.title), _searchable(topic.plain)


def _rank(topic: Topic, wanted: list[str]) -> int | None:
    """Tell how well a topic answers, 0 the best; None when a word is missing."""
    title, text = _words_of(topic)
    if not all(word in title or word in text for word in wanted):
        return None
    if title.startswith(wanted[0]) and all(word in title for word in wanted):
        return 0
    if all(word in title for word in wanted):
        return 1
    if any(word in title for word in wanted):
        return 2
    return 3 if topic.kind is not TopicKind.TERM else 4


def _excerpt(topic: Topic, wanted: list[str]) -> str:
    """Cut the text around what was found: its start, when the title has it all."""
    words = topic.plain.split(" ")
    hit = 0
    if not all(word in _words_of(topic)[0] for word in wanted):
        # Folding may change lengths (œ): each word of the text is looked at by itself.
        hit = next((n for n, one in enumerate(words) if _holds(one, wanted)), 0)
    first = hit
    while first and sum(len(w) + 1 for w in words[first:hit]) < _SHOWN_BEFORE:
        first -= 1
    last = hit + _SHOWN_AFTER
    before, after = "… " * (first > 0), " …" * (last < len(words))
    return f"{before}{' '.join(words[first:last])}{after}"


def _holds(text: str, wanted: list[str]) -> bool:
    return any(word in _searchable(text) for word in wanted)
