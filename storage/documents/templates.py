"""The layouts and starting wordings that ship, read from templates/."""

import re
from functools import cache
from pathlib import Path
from typing import ClassVar

from jinja2 import FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from domain.basics import wording
from domain.dunning.letter import LetterContent
from domain.dunning.styling import ENDS, Style, plain
from domain.dunning.texts import usual_tone

_ELEMENTS = {Style.BOLD: "strong", Style.ITALIC: "em", Style.UNDERLINED: "u"}
_IN_AMOUNT = re.compile(r"(?<=\d) (?=\d{3}\b|€)")
_DASH = re.compile(r"(?m)^- ")
FOLDER = Path(__file__).resolve().parents[2] / "templates"


class _Sandbox(ImmutableSandboxedEnvironment):
    """Asks once whether a kind of object may show an attribute, not in each letter.

    Its answers depend on nothing else, and took half of the time of a letter's HTML.
    """

    _known: ClassVar[dict[tuple[type, str], bool]] = {}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        asked = (type(obj), attr)
        if asked not in self._known:
            self._known[asked] = super().is_safe_attribute(obj, attr, value)
        return self._known[asked]


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Read our layouts; whatever they print is escaped, in HTML.

    The firm's texts are values, never layouts; the sandbox is for a layout that
    someone changed on this computer.
    """
    result = _Sandbox(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_with_wide_spaces,
    )
    result.filters["emphasised"] = emphasised
    result.filters["with_breaks"] = _with_breaks
    result.filters["plain"] = plain
    result.filters["in_one_piece"] = _in_one_piece
    result.globals["NOTHING"] = wording.NOTHING
    return result


def emphasised(paragraph: str, letter: LetterContent) -> Markup:
    """Put the amount asked for and its deadline in bold where a text tells them."""
    text = str(escape(paragraph))
    for told in (letter.total, letter.payment.deadline if letter.payment else ""):
        if told:
            # Not the end of a longer number: « 58,02 € » in « 1 158,02 € ».
            alone = rf"(?<![\d\u202f]){re.escape(str(escape(told)))}"
            text = re.sub(alone, r"<strong>\g<0></strong>", text)
    for style, element in _ELEMENTS.items():
        begins, ends = ENDS[style]
        text = text.replace(begins, f"<{element}>").replace(ends, f"</{element}>")
    return Markup(_DASH.sub("• ", text))  # noqa: S704 - escaped above


def _in_one_piece(heading: str) -> str:
    """Keep the amounts of a subject, whose spaces are ordinary ones, on one line."""
    return _IN_AMOUNT.sub("\u00a0", heading)


def _with_breaks(text: Markup) -> Markup:
    """Keep a paragraph's own lines where style alone would not."""
    return Markup("<br>").join(text.split("\n"))


def _with_wide_spaces(value: object) -> object:
    """Part thousands by an ordinary no-break space.

    The narrow one is a hair in IBM Plex Sans, and a square in some mail readers.
    """
    return value.replace("\u202f", "\u00a0") if isinstance(value, str) else value


def starting_texts() -> dict[tuple[str, str, str], tuple[str, str]]:
    """Read the wordings a firm begins with: (key, channel, language) → words."""
    return {
        (key, channel, language): words
        for (key, channel, language, tone), words in shipped_texts().items()
        if tone == usual_tone(key)
    }


def shipped_texts() -> dict[tuple[str, str, str, str], tuple[str, str]]:
    """Read all wordings that ship: (key, channel, language, tone) → words."""
    texts = {}
    for file in sorted(FOLDER.glob("texts/*/*.txt")):
        key, channel, *other = file.stem.split(".")
        tone = other[0] if other else usual_tone(key).value
        subject, _, body = file.read_text(encoding="utf-8").partition("\n")
        words = (subject.strip(), body.strip())
        texts[key, channel, file.parent.name, tone] = words
    return texts


def call_scripts() -> dict[tuple[str, str], str]:
    """Read what to say on the phone: (key, language) → words with tags."""
    return {
        (file.stem, file.parent.name): file.read_text(encoding="utf-8").strip()
        for file in sorted(FOLDER.glob("calls/*/*.txt"))
    }
