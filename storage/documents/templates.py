"""The layouts and starting wordings that ship, read from templates/."""

import re
from functools import cache
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    select_autoescape,
)
from markupsafe import Markup, escape

from domain.basics import wording
from domain.dunning.letter import LetterContent

FOLDER = Path(__file__).resolve().parents[2] / "templates"


@cache
def environment() -> Environment:
    """Read our layouts; whatever they print is escaped, in HTML."""
    result = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_with_wide_spaces,
    )
    result.filters["emphasised"] = emphasised
    result.filters["with_breaks"] = _with_breaks
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
    return Markup(text)  # noqa: S704 - escaped above


def _with_breaks(text: Markup) -> Markup:
    """Keep a paragraph's own lines where style alone would not."""
    return Markup("<br>").join(text.split("\n"))


def _with_wide_spaces(value: object) -> object:
    """Part thousands by an ordinary no-break space.

    The narrow one is a hair in IBM Plex Sans, and a square in some mail readers.
    """
    return value.replace("\u202f", "\u00a0") if isinstance(value, str) else value


def starting_texts() -> dict[tuple[str, str, str], tuple[str, str]]:
    """Read the wordings that ship: (key, channel, language) → subject, body."""
    texts = {}
    for file in sorted(FOLDER.glob("texts/*/*.txt")):
        key, channel = file.stem.split(".")
        subject, _, body = file.read_text(encoding="utf-8").partition("\n")
        texts[key, channel, file.parent.name] = (subject.strip(), body.strip())
    return texts


def call_scripts() -> dict[tuple[str, str], str]:
    """Read what to say on the phone: (key, language) → words with tags."""
    return {
        (file.stem, file.parent.name): file.read_text(encoding="utf-8").strip()
        for file in sorted(FOLDER.glob("calls/*/*.txt"))
    }
