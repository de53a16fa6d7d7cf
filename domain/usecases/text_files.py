"""All the wordings of a firm as one file: to keep, to share, to bring in."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId
from domain.dunning.text_checks import check_text, cleaned
from domain.dunning.texts import (
    STEP_KEYS,
    MessageText,
    Tone,
    base_of,
    own_name,
    tones_of,
)
from domain.ports import Books
from domain.usecases.editing_texts import save_text
from domain.usecases.own_texts import own_text, usable_name

FORMAT = "relance-templates"
_VERSION = 1
LARGEST_FILE = 4_000_000
_WORDS = ("key", "channel", "language", "tone", "subject", "body")


class NotTemplatesError(DunningError):
    """The file is something else."""

    message: ClassVar[str] = (
        "This file does not hold templates exported by Relance: nothing was imported."
    )


class TemplatesTooRecentError(DunningError):
    """A later version of Relance wrote the file."""

    message: ClassVar[str] = (
        "These templates come from a later version of Relance: nothing was imported."
    )


class TemplateRefusedError(DunningError):
    """One template of a file cannot be sent; none is then brought in."""

    message: ClassVar[str] = "Template {place} of the file, “{subject}”: {why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingText:
    """A wording of a file, and the one it would replace."""

    mine: MessageText
    tone: Tone
    subject: str
    body: str
    is_new: bool = False
    """An own text that this firm has not."""

    @property
    def changes(self) -> bool:
        """Whether it says anything else."""
        if self.is_new:
            return True
        theirs = (self.tone, self.subject, self.body)
        return theirs != (self.mine.tone, self.mine.subject, self.mine.body)


def export_texts(books: Books, entity_id: EntityId) -> bytes:
    """Write all the wordings of a firm into one file."""
    return texts_file(texts_as_words(books, entity_id))


def texts_as_words(books: Books, entity_id: EntityId) -> list[dict[str, str]]:
    """Read all the wordings of a firm as words by name."""
    return [
        {
            "key": text.key,
            "channel": text.channel.value,
            "language": text.language,
            "tone": text.tone.value,
            "subject": text.subject,
            "body": text.body,
        }
        for text in books.scenarios.texts(entity_id)
    ]


def texts_file(texts: Sequence[Mapping[str, str]]) -> bytes:
    """Write wordings, as words by name, into one file."""
    whole = {"format": FORMAT, "version": _VERSION, "templates": texts}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def read_texts(
    books: Books, entity_id: EntityId, content: bytes
) -> Sequence[IncomingText]:
    """Read a file of wordings, and check each; change nothing.

    Raises:
        NotTemplatesError: it is something else.
        TemplateRefusedError: one of them cannot be sent.
    """
    known = {
        (text.key, text.channel.value, text.language): text
        for text in books.scenarios.texts(entity_id)
    }
    found: dict[str, IncomingText] = {}
    for place, values in enumerate(_entries(content), start=1):
        mine = known.get((values["key"], values["channel"], values["language"]))
        is_new = mine is None
        mine = mine or _own(values, known)
        if mine is None or values["tone"] not in tones_of(mine.key):
            raise NotTemplatesError
        try:
            check_text(values["subject"], values["body"])
        except DunningError as problem:
            raise TemplateRefusedError(
                place=place, subject=values["subject"][:60], why=problem
            ) from problem
        subject, body = cleaned(values["subject"], values["body"])
        found[mine.id] = IncomingText(
            mine=mine,
            tone=Tone(values["tone"]),
            subject=subject,
            body=body,
            is_new=is_new,
        )
    return list(found.values())


def import_texts(
    books: Books, entity_id: EntityId, content: bytes, now: datetime
) -> int:
    """Bring the wordings of a file in, all or none; tell how many changed."""
    incoming = [t for t in read_texts(books, entity_id, content) if t.changes]
    with books.atomic():
        for text in incoming:
            if text.is_new:
                books.scenarios.save_text(text.mine)
            save_text(books, text.mine.id, text.tone, text.subject, text.body, now)
    return len(incoming)


def _own(
    values: Mapping[str, str], known: Mapping[tuple[str, str, str], MessageText]
) -> MessageText | None:
    """Make room for another firm's own text, beside the kind it started from."""
    key, channel, language = (values[word] for word in ("key", "channel", "language"))
    base = known.get((base_of(key), channel, language))
    if base is None or base_of(key) not in STEP_KEYS:
        return None
    try:
        name = usable_name(own_name(key))
    except DunningError:
        return None
    return own_text(base, name)


def _entries(content: bytes) -> list[dict[str, str]]:
    """Read what a file holds, as words by name."""
    if len(content) > LARGEST_FILE:
        raise NotTemplatesError
    try:
        whole: Any = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise NotTemplatesError from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise NotTemplatesError
    if whole.get("version") != _VERSION:
        raise TemplatesTooRecentError
    entries = whole.get("templates")
    if not isinstance(entries, list) or not entries:
        raise NotTemplatesError
    for entry in entries:
        if not isinstance(entry, dict) or any(
            not isinstance(entry.get(word), str) for word in _WORDS
        ):
            raise NotTemplatesError
    return entries
