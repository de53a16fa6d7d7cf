"""The firm's own texts beside those that ship: made, chosen for a step, deleted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId, TextId, digest
from domain.basics.text import folded, squeezed
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.texts import (
    OWN_MARK,
    STEP_KEYS,
    MessageText,
    base_of,
    own_key,
    own_name,
)
from domain.ports import Books
from domain.usecases.editing_texts import forget_draft

_LONGEST_NAME = 40
_BASES = {
    StepKind.ADVANCE_NOTICE: ("advance_notice",),
    StepKind.REMINDER: tuple(
        key for key in STEP_KEYS if key not in {"advance_notice", "thank_you"}
    ),
    StepKind.THANK_YOU: ("thank_you",),
}


class TextNameError(DunningError):
    """A text is chosen by its name."""

    message = "Give the template a name of {longest} characters at most, without “~”."


class TextNameTakenError(DunningError):
    """Each own text has a name of its own."""

    message = "Another template is called “{name}” already."


class TextInUseError(DunningError):
    """What a step sends is replaced by a text of the same kind of step."""

    message = "The steps that send this template cannot send the one chosen instead."


def usable_name(typed: str) -> str:
    """Accept the name of a text, or refuse it.

    Raises:
        TextNameError: it is empty, too long, or cannot be kept.
    """
    name = squeezed(typed)
    if not name or len(name) > _LONGEST_NAME or OWN_MARK in name:
        raise TextNameError(longest=_LONGEST_NAME)
    return name


def own_text(start: MessageText, name: str) -> MessageText:
    """Make an own text that says what another one says, for the same reader."""
    key = own_key(start.key, name)
    return replace(
        start,
        id=TextId(digest(start.entity_id, "text", key, start.channel, start.language)),
        key=key,
        saved_at=None,
    )


def create_text(
    books: Books,
    entity_id: EntityId,
    typed: str,
    start_key: str,
    channel: Channel,
    language: str,
    now: datetime,
) -> MessageText:
    """Make an own text from an existing one; the same name again adds a language.

    Raises:
        TextNameError: the name cannot be kept.
        TextNameTakenError: another text has it, or this very one exists.
    """
    name = usable_name(typed)
    texts = books.scenarios.texts(entity_id)
    start = next(
        t
        for t in texts
        if (t.key, t.channel, t.language) == (start_key, channel, language)
    )
    made = replace(own_text(start, name), saved_at=now)
    for other in texts:
        is_other_kind = other.key != made.key
        if folded(own_name(other.key)) == folded(name) and (
            is_other_kind or other.id == made.id
        ):
            raise TextNameTakenError(name=name)
    with books.atomic():
        books.scenarios.save_text(made)
    return made


def keys_for(books: Books, entity_id: EntityId, kind: StepKind) -> Sequence[str]:
    """List the texts that a step of a kind may send, those that ship first."""
    bases = _BASES[kind]
    found = {text.key: None for text in books.scenarios.texts(entity_id)}
    own = sorted((key for key in found if own_name(key)), key=folded)
    return [
        *(key for key in bases if key in found),
        *(key for key in own if base_of(key) in bases),
    ]


def delete_own(books: Books, entity_id: EntityId, key: str, instead: str) -> int:
    """Delete an own text, in every medium and language; steps send another one.

    What was sent keeps its own words. Returns how many steps changed.

    Raises:
        TextInUseError: the other one is for other steps, or is itself.
    """
    pair = {base_of(key), base_of(instead)}
    is_fitting = any(pair <= set(bases) for bases in _BASES.values())
    known = {text.key for text in books.scenarios.texts(entity_id)}
    if not own_name(key) or instead == key or instead not in known or not is_fitting:
        raise TextInUseError
    changed = 0
    with books.atomic():
        for scenario in books.scenarios.scenarios(entity_id):
            steps = tuple(
                replace(step, text_key=instead) if step.text_key == key else step
                for step in scenario.steps
            )
            if steps != scenario.steps:
                changed += sum(step.text_key == key for step in scenario.steps)
                books.scenarios.save_scenario(replace(scenario, steps=steps))
        for text in books.scenarios.texts(entity_id):
            if text.key == key:
                forget_draft(books, text.id)
                books.scenarios.delete_text(text.id)
    return changed
