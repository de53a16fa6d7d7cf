"""What a user chose on a list: columns, order, saved filters; kept for each firm."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId
from domain.ports import Books

FilterWords = Mapping[str, tuple[str, ...]]
"""Filters as an address writes them: values by name, « q » for the words searched."""


class UnnamedFilterError(DunningError):
    """A saved filter is found again by its name."""

    message = "Give this filter a name."


class FilterNameTakenError(DunningError):
    """Two saved filters of a list cannot be told apart by one name."""

    message = "Another filter of this list is already called “{name}”."


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFilter:
    """Filters that a user named."""

    name: str
    words: FilterWords


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChoices:
    """What a user chose on one list; what no longer exists is left to be ignored."""

    columns: tuple[str, ...] = ()
    """Those shown, in their order; none for the list's own."""
    sort: str = ""
    descending: bool = False
    saved: tuple[SavedFilter, ...] = ()
    last_used: str = ""
    """The name of the saved filter in force; empty when none is."""
    options: Mapping[str, str] = field(default_factory=dict)
    """What else the list lets choose, such as its age buckets."""

    def filter_named(self, name: str) -> SavedFilter | None:
        """Find a saved filter."""
        return next((one for one in self.saved if one.name == name), None)


def read_choices(books: Books, entity_id: EntityId, list_name: str) -> ListChoices:
    """Read what was chosen on a list; what cannot be read counts for nothing."""
    try:
        kept = json.loads(books.settings.get(_key(entity_id, list_name), "{}"))
    except json.JSONDecodeError:
        return ListChoices()
    kept = kept if isinstance(kept, dict) else {}
    return ListChoices(
        columns=_texts(kept.get("columns")),
        sort=_text(kept.get("sort")),
        descending=kept.get("descending") is True,
        saved=tuple(_saved(kept.get("saved"))),
        last_used=_text(kept.get("last_used")),
        options={k: _text(v) for k, v in _mapping(kept.get("options")).items()},
    )


def keep_choices(
    books: Books, entity_id: EntityId, list_name: str, choices: ListChoices
) -> None:
    """Remember what was chosen on a list."""
    kept = {
        "columns": choices.columns,
        "sort": choices.sort,
        "descending": choices.descending,
        "saved": [{"name": s.name, "words": dict(s.words)} for s in choices.saved],
        "last_used": choices.last_used,
        "options": dict(choices.options),
    }
    with books.atomic():
        books.settings.set(
            _key(entity_id, list_name), json.dumps(kept, ensure_ascii=False)
        )


def with_filter(choices: ListChoices, name: str, words: FilterWords) -> ListChoices:
    """Save filters under a name, in place of those that bore it, and use them."""
    name = name.strip()
    if not name:
        raise UnnamedFilterError
    new = SavedFilter(name=name, words=words)
    if choices.filter_named(name):
        saved = tuple(new if one.name == name else one for one in choices.saved)
    else:
        saved = (*choices.saved, new)
    return replace(choices, saved=saved, last_used=name)


def with_filter_renamed(choices: ListChoices, name: str, new_name: str) -> ListChoices:
    """Give a saved filter another name."""
    new_name = new_name.strip()
    if not new_name:
        raise UnnamedFilterError
    if new_name != name and choices.filter_named(new_name):
        raise FilterNameTakenError(name=new_name)
    return replace(
        choices,
        saved=tuple(
            replace(one, name=new_name) if one.name == name else one
            for one in choices.saved
        ),
        last_used=new_name if choices.last_used == name else choices.last_used,
    )


def without_filter(choices: ListChoices, name: str) -> ListChoices:
    """Forget a saved filter."""
    return replace(
        choices,
        saved=tuple(one for one in choices.saved if one.name != name),
        last_used="" if choices.last_used == name else choices.last_used,
    )


def _key(entity_id: EntityId, list_name: str) -> str:
    return f"list {list_name} {entity_id}"


def _saved(kept: Any) -> list[SavedFilter]:  # noqa: ANN401 - whatever JSON holds
    return [
        SavedFilter(
            name=_text(one["name"]),
            words={
                name: _texts(values)
                for name, values in _mapping(one.get("words")).items()
            },
        )
        for one in (kept if isinstance(kept, list) else [])
        if isinstance(one, dict) and _text(one.get("name"))
    ]


def _mapping(kept: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever JSON holds
    return kept if isinstance(kept, dict) else {}


def _texts(kept: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever JSON holds
    return (
        tuple(v for v in kept if isinstance(v, str)) if isinstance(kept, list) else ()
    )


def _text(kept: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    return kept if isinstance(kept, str) else ""
