"""« Modèles »: read, change, restore the wordings of a firm (row C4)."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.basics.identifiers import EntityId, PairId, TextId
from domain.basics.wording import LANGUAGES
from domain.dunning.defaults import starting_messages
from domain.dunning.scenario import Channel
from domain.dunning.text_checks import check_text, cleaned
from domain.dunning.texts import (
    WRITTEN_CHANNELS,
    MessageText,
    Shipped,
    TextVersion,
    Tone,
    base_of,
    tones_of,
    usual_tone,
)
from domain.ports import Books


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A wording in the list of a firm's."""

    text: MessageText
    is_shipped: bool
    """Word for word what ships."""
    has_draft: bool
    """Someone began to change it, and did not save."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextUse:
    """Where scenarios send a kind of message."""

    step_code: str
    profile: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDraft:
    """What is typed and not saved yet."""

    tone: Tone
    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """A wording to change."""

    text: MessageText
    versions: Sequence[TextVersion]
    tones: tuple[Tone, ...]
    draft: TextDraft | None
    siblings: Sequence[MessageText]
    """The same kind of message, in every channel and language."""


def follow_shipped(books: Books, shipped: Shipped) -> None:
    """Give each firm the wordings it lacks, and those it never changed as they ship."""
    for entity in books.entities.all():
        known = {_name(text): text for text in books.scenarios.texts(entity.id)}
        usual = {
            (key, channel, language): words
            for (key, channel, language, tone), words in shipped.items()
            if tone == usual_tone(key)
        }
        stale = []
        for text in starting_messages(entity.id, usual):
            mine = known.get(_name(text))
            if mine is None:
                stale.append(text)
            elif mine.saved_at is None:
                words = shipped.get((*_name(mine), mine.tone))
                if words and words != (mine.subject, mine.body):
                    stale.append(replace(mine, subject=words[0], body=words[1]))
        if stale:
            with books.atomic():
                for text in stale:
                    books.scenarios.save_text(text)


def show_texts(books: Books, entity_id: EntityId, shipped: Shipped) -> list[TextLine]:
    """List a firm's wordings."""
    return [
        TextLine(
            text=text,
            is_shipped=_as_shipped(text, shipped),
            has_draft=draft_of(books, text.id) is not None,
        )
        for text in books.scenarios.texts(entity_id)
    ]


def uses_of_texts(books: Books, entity_id: EntityId) -> Mapping[str, Sequence[TextUse]]:
    """Tell which steps of which profiles send each kind of message."""
    profiles: dict[PairId | None, list[str]] = defaultdict(list)
    for profile in books.scenarios.profiles(entity_id):
        profiles[profile.pair_id].append(profile.name)
    found: dict[str, dict[TextUse, None]] = defaultdict(dict)
    for scenario in books.scenarios.scenarios(entity_id):
        for step in scenario.steps:
            if step.is_active:
                for name in profiles[scenario.pair_id]:
                    use = TextUse(step_code=step.code, profile=name)
                    found[step.text_key][use] = None
    return {key: tuple(uses) for key, uses in found.items()}


def show_text(books: Books, text_id: TextId) -> TextView:
    """Read a wording, what it said before, and what is being typed."""
    text = books.scenarios.text(text_id)
    return TextView(
        text=text,
        versions=books.scenarios.text_versions(text_id),
        tones=tones_of(text.key),
        draft=draft_of(books, text_id),
        siblings=sorted(
            (t for t in books.scenarios.texts(text.entity_id) if t.key == text.key),
            key=lambda t: (
                WRITTEN_CHANNELS.index(t.channel),
                LANGUAGES.index(t.language),
            ),
        ),
    )


def words_in(view: TextView, tone: Tone, shipped: Shipped) -> tuple[str, str]:
    """Find what a wording says in a tone: as the firm last had it, else as shipped."""
    if view.text.tone is tone:
        return view.text.subject, view.text.body
    for version in view.versions:
        if version.tone is tone:
            return version.subject, version.body
    return shipped[*_shipped_name(view.text), tone.value]


def save_text(
    books: Books, text_id: TextId, tone: Tone, subject: str, body: str, now: datetime
) -> MessageText:
    """Keep a wording once it is sure to be sendable; what it said stays in history.

    Raises:
        DunningError: it is not; see ``check_text``.
    """
    check_text(subject, body)
    subject, body = cleaned(subject, body)
    check_text(subject, body)
    before = books.scenarios.text(text_id)
    after = replace(before, tone=tone, subject=subject, body=body, saved_at=now)
    with books.atomic():
        forget_draft(books, text_id)
        if replace(after, saved_at=before.saved_at) == before:
            return before
        _replace_text(books, before, after, now)
    return after


def reset_text(
    books: Books, text_id: TextId, tone: Tone, shipped: Shipped, now: datetime
) -> MessageText:
    """Go back to what ships, and follow it from now on; history keeps the rest."""
    before = books.scenarios.text(text_id)
    subject, body = shipped[*_shipped_name(before), tone.value]
    after = replace(before, tone=tone, subject=subject, body=body, saved_at=None)
    with books.atomic():
        forget_draft(books, text_id)
        if after != before:
            _replace_text(books, before, after, now)
    return after


def keep_draft(books: Books, text_id: TextId, draft: TextDraft) -> None:
    """Keep what is typed: a crash loses nothing."""
    kept = {"tone": draft.tone, "subject": draft.subject, "body": draft.body}
    with books.atomic():
        books.settings.set(_draft_name(text_id), json.dumps(kept))


def forget_draft(books: Books, text_id: TextId) -> None:
    """Let go of what was typed."""
    if books.settings.get(_draft_name(text_id)):
        with books.atomic():
            books.settings.set(_draft_name(text_id), "")


def draft_of(books: Books, text_id: TextId) -> TextDraft | None:
    """Read what was typed and not saved."""
    kept = books.settings.get(_draft_name(text_id))
    if not kept:
        return None
    values = json.loads(kept)
    return TextDraft(
        tone=Tone(values["tone"]), subject=values["subject"], body=values["body"]
    )


def _replace_text(
    books: Books, before: MessageText, after: MessageText, now: datetime
) -> None:
    books.scenarios.add_text_version(
        TextVersion(
            text_id=before.id,
            tone=before.tone,
            subject=before.subject,
            body=before.body,
            saved_at=before.saved_at,
            replaced_at=now,
        )
    )
    books.scenarios.save_text(after)


def _name(text: MessageText) -> tuple[str, Channel, str]:
    return text.key, text.channel, text.language


def _shipped_name(text: MessageText) -> tuple[str, Channel, str]:
    """Name what ships: of an own text, what it started from."""
    return base_of(text.key), text.channel, text.language


def _as_shipped(text: MessageText, shipped: Shipped) -> bool:
    words = shipped.get((*_name(text), text.tone.value))
    return words == (text.subject, text.body)


def _draft_name(text_id: TextId) -> str:
    return f"text_draft/{text_id}"
