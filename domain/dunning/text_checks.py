"""What a firm may write in a template: words and tags, nothing that runs or loads."""

import re
from typing import ClassVar

from domain.basics.errors import DunningError
from domain.dunning.tags import Tag, check

SUBJECT_LENGTH = 200
BODY_LENGTH = 20_000
"""Five pages; what is longer is no letter."""
_CODE = re.compile(r"\{\{[^\n]{0,30}|\{%[^\n]{0,30}|\{#[^\n]{0,30}")
_MARKUP = re.compile(
    r"</?[A-Za-z][^<>\n]{0,60}|<!--|<!DOCTYPE|@import\b|url\(|(?:file|javascript):/*"
    r"(?=\S)",
    re.IGNORECASE,
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\uf8ff]")


class TextEmptyError(DunningError):
    """A customer reads a subject and a text."""

    message: ClassVar[str] = "A template needs a subject and a text."


class TextTooLongError(DunningError):
    """A text is a page or two."""

    message: ClassVar[str] = (
        "This text is too long: {subject} characters at most for the subject, {body}"
        " for the text."
    )


class CodeInTextError(DunningError):
    """Texts are words, not programs."""

    message: ClassVar[str] = (
        "“{found}” is not read in a template: only tags between two % signs are"
        " replaced."
    )


class MarkupInTextError(DunningError):
    """Texts are words: nothing in them is loaded from a file or an address."""

    message: ClassVar[str] = (
        "“{found}” is not read in a template, which holds neither HTML nor pictures:"
        " use the buttons above the text."
    )


class TableTwiceError(DunningError):
    """The items go to one place."""

    message: ClassVar[str] = (
        "%tableau_comptable% stands once at most, and never in the subject."
    )


def cleaned(subject: str, body: str) -> tuple[str, str]:
    """Take away what nobody sees: controls, spaces at the ends."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = "\n".join(_CONTROLS.sub("", line).rstrip() for line in lines)
    return " ".join(_CONTROLS.sub("", subject).split(" ")).strip(), kept.strip()


def check_text(subject: str, body: str) -> None:
    """Accept a template that any customer may receive.

    Raises:
        TextEmptyError: it lacks its subject or its text.
        TextTooLongError: it is no letter.
        CodeInTextError: it holds a program.
        MarkupInTextError: it holds HTML, or the address of a file.
        TableTwiceError: its items would go to two places.
        UnknownTagError: it uses a tag that does not exist.
        TagNotClosedError: a tag lacks a percent sign.
    """
    # First: what comes after reads the whole text.
    if len(subject) > SUBJECT_LENGTH or len(body) > BODY_LENGTH:
        raise TextTooLongError(subject=SUBJECT_LENGTH, body=BODY_LENGTH)
    if not subject.strip() or not body.strip():
        raise TextEmptyError
    for text in (subject, body):
        if found := _CODE.search(text):
            raise CodeInTextError(found=found.group().strip())
        if found := _MARKUP.search(text):
            raise MarkupInTextError(found=found.group().strip())
        check(text)
    table = f"%{Tag.TABLEAU_COMPTABLE}%"
    if table in subject.lower() or body.lower().count(table) > 1:
        raise TableTwiceError
