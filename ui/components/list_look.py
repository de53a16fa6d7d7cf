"""What a list is, and what the user chose to see of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from nicegui import ui

from domain.basics.listing import Among, ListQuery
from domain.usecases.list_choices import (
    FilterWords,
    ListChoices,
    keep_choices,
    read_choices,
)
from ui import addresses
from ui.components.column_chooser import chosen_columns
from ui.components.data_table import Empty, PageRequest
from ui.components.list_filters import FilterField, Filters, filters_from, words_of
from ui.components.table_cells import Column
from ui.session import Session

_SEARCH = "q"
"""The name of the words searched, in an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLook:
    """What a list is; texts are already translated."""

    name: str
    """Under which its choices are kept; never changed."""
    title: str
    columns: Sequence[Column]
    """All those that can be shown."""
    leading: Sequence[Column] = ()
    """Those that head each row, always shown: buttons."""
    fields: Sequence[FilterField] = ()
    search_says: str
    """What the search looks at: « Nom ou code »."""
    counted: Callable[[int], str]
    """Says how many rows there are."""
    empty: Empty
    sort: str = ""
    """The order until the user chooses another."""
    descending: bool = False
    usual: FilterWords = field(default_factory=dict)
    """The filters until the user chooses others, such as the last 90 days."""
    hidden: frozenset[str] = frozenset()
    """Columns shown only to those who ask."""
    explains: str = ""
    """A sentence under the title, on what counts."""


class ListState:
    """What the user chose to see of a list: from the address, or as last time."""

    def __init__(self, session: Session, look: ListLook) -> None:
        self._session = session
        self.look = look
        self.words = ""
        self.filters: Filters = {}
        self.choices = ListChoices()
        self._sort: tuple[str, bool] | None = None

    async def start(self) -> None:
        """Read what was kept, and what the address asks for."""
        self.choices = await self._session.run(
            read_choices, self._session.entity_id, self.look.name
        )
        asked = _of_address()
        saved = self.choices.filter_named(self.choices.last_used)
        if not asked:
            asked = saved.words if saved else self.look.usual
        self._put(asked)
        self.choices = replace(self.choices, last_used=self._used())

    @property
    def columns(self) -> list[Column]:
        """The columns to show, in their order."""
        look = self.look
        chosen = chosen_columns(look.columns, self.choices.columns, look.hidden)
        return [*look.leading, *chosen]

    @property
    def sort(self) -> tuple[str, bool]:
        """The column to sort by at first, and whether from the greatest."""
        known = {column.name for column in self.look.columns}
        if self.choices.sort in known:
            return self.choices.sort, self.choices.descending
        return self.look.sort, self.look.descending

    @property
    def in_force(self) -> FilterWords:
        """The filters as an address writes them."""
        words = words_of(self.filters)
        return {**words, _SEARCH: (self.words,)} if self.words.strip() else words

    def chosen(self, name: str) -> str:
        """Give the one value that a filter lets through; empty for all."""
        found = self.filters.get(name)
        return found.values[0] if isinstance(found, Among) else ""

    async def keep(self, choices: ListChoices) -> None:
        """Remember choices."""
        if choices != self.choices:
            self.choices = choices
            await self._session.run(
                keep_choices, self._session.entity_id, self.look.name, choices
            )

    async def use(self, words: FilterWords) -> None:
        """Put filters in force, and write them back to the address."""
        self._put(words)
        ui.navigate.history.replace(
            addresses.narrowed(ui.context.client.request.url.path, self.in_force)
        )
        await self.keep(replace(self.choices, last_used=self._used()))

    async def query(self, request: PageRequest) -> ListQuery:
        """Write what a page of the table asks for; a new order is remembered."""
        order = request.sort_by, request.is_descending
        if self._sort not in (None, order):
            by, descending = order
            await self.keep(replace(self.choices, sort=by, descending=descending))
        self._sort = order
        return ListQuery(
            search=self.words,
            filters=self.filters,
            sort=request.sort_by,
            descending=request.is_descending,
            limit=request.size,
            offset=request.offset,
        )

    def _put(self, words: FilterWords) -> None:
        self.words = " ".join(words.get(_SEARCH, ()))
        self.filters = filters_from(words, self.look.fields)

    def _used(self) -> str:
        """Find the saved filter that is in force, if one is."""
        now = dict(self.in_force)
        same = (one.name for one in self.choices.saved if dict(one.words) == now)
        return next(same, "")


def _of_address() -> Mapping[str, tuple[str, ...]]:
    """Read the filters that the page's address names."""
    asked = ui.context.client.request.query_params
    return {name: tuple(asked.getlist(name)) for name in asked}
