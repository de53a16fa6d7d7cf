"""What every screen shows around itself: the firm, its data's age, its messages."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.basics.identifiers import EntityId
from domain.customers.customer import Customer
from domain.dunning.outbox import MessageState
from domain.ledger.entity import Entity
from domain.ports import Books
from domain.usecases.automatic import AutomaticReport, last_report
from domain.usecases.clock import set_back
from domain.usecases.configuring import find_entity
from domain.usecases.criteria_choices import LIST_NAME
from domain.usecases.importing import data_is_old
from domain.usecases.list_choices import read_choices
from domain.usecases.synchronising import silent_since

SEARCH_LIMIT = 12
_DEFAULT_PAGE_SIZE = 50
_PAGE_SIZES = "page_sizes"
_FORMER_PAGE_SIZE = "page_size"
"""It was one for all lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameView:
    """What stands around a screen."""

    entities: tuple[Entity, ...]
    entity: Entity | None
    page_sizes: Mapping[str, int]
    """Rows on a page of each list, as last chosen; of the others under no name."""
    level_colours: Mapping[str, str] = field(default_factory=dict)
    """Those chosen for the firm's levels, among other options."""
    data_on: date | None = None
    """The day of the last import still in force."""
    is_stale: bool = False
    waiting: int = 0
    """Messages ready to leave, or leaving."""
    doubtful: int = 0
    """Messages that only a person can settle."""
    automatic: AutomaticReport | None = None
    """What left by itself today, and what did not."""
    set_back: date | None = None
    """The last day on which something was done, while it is still to come."""
    silent_since: date | None = None
    """Since when the watched folder brought nothing, if that is too long."""


def show_frame(books: Books, today: date) -> FrameView:
    """Gather what stands around a screen, for the firm last chosen or the first."""
    entities = tuple(books.entities.all())
    page_sizes = chosen_page_sizes(books)
    if not entities:
        return FrameView(entities=(), entity=None, page_sizes=page_sizes)
    entity = find_entity(books, None)
    return FrameView(
        entities=entities,
        entity=entity,
        page_sizes=page_sizes,
        level_colours=read_choices(books, entity.id, LIST_NAME).options,
        data_on=_data_on(books, entity.id),
        is_stale=data_is_old(books, entity.id, today),
        waiting=_count(books, entity.id, MessageState.QUEUED, MessageState.SENDING),
        doubtful=_count(books, entity.id, MessageState.UNCERTAIN, MessageState.FAILED),
        automatic=_todays_report(books, entity.id, today),
        set_back=set_back(books, entity.id, today),
        silent_since=silent_since(books, entity.id, today),
    )


def page_size_of(sizes: Mapping[str, int], name: str) -> int:
    """Tell how many rows to show on a page of a list."""
    return sizes.get(name, sizes.get("", _DEFAULT_PAGE_SIZE))


def save_page_sizes(books: Books, sizes: Mapping[str, int]) -> None:
    """Remember how many rows the user wants on a page of each list."""
    with books.atomic():
        books.settings.set(_PAGE_SIZES, json.dumps(dict(sizes)))


def find_customers(books: Books, entity_id: EntityId, words: str) -> list[Customer]:
    """Find customers by name or code, whatever the accents and capitals."""
    if not words.strip():
        return []
    return books.customers.search(entity_id, words, SEARCH_LIMIT)


def chosen_page_sizes(books: Books) -> dict[str, int]:
    """Read how many rows the user wants on a page, by list."""
    former = books.settings.get(_FORMER_PAGE_SIZE)
    return {
        **({"": int(former)} if former else {}),
        **json.loads(books.settings.get(_PAGE_SIZES, "{}")),
    }


def _todays_report(
    books: Books, entity_id: EntityId, today: date
) -> AutomaticReport | None:
    report = last_report(books, entity_id)
    if report and report.at.astimezone().date() == today:
        return report
    return None


def _data_on(books: Books, entity_id: EntityId) -> date | None:
    imported = books.imports.last(entity_id)
    return imported.imported_at.date() if imported else None


def _count(books: Books, entity_id: EntityId, *states: MessageState) -> int:
    return len(books.outbox.all(entity_id, states))
