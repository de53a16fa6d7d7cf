"""The frame of every list: search, filters, columns, totals, export, bulk gestures.

A page says what its list is (``ListLook``), reads its rows (``fetch``, from a
``ListQuery``), and this draws the rest::

    look = ListLook(
        name="promises",  # under which what the user chooses is kept
        title=_("Promises"),
        columns=[Column(name="customer", label=_("Customer")), …],
        fields=[FilterField(name="level", label=_("Level"), choices={"1": "R1"})],
        search_says=_("Name or code"),
        counted=lambda n: ngettext("{count} promise", "{count} promises", n),
        empty=Empty(heading=_("No promise to show")),
        sort="promised_for",
    )

    async def fetch(query: ListQuery) -> PageOf:
        page = await session.run(promises_page, session.entity_id, today, query)
        return page_of(page, _row)  # _row: a line of the domain → a Row

    screen = await list_page(session, look, fetch, on_open=open_sheet)

The search, the filters by name and their values stand in the address
(``/promises?level=1&level=2&due=2026-01-01..2026-01-31&left=10000..&q=dupont``,
amounts in cents), so that any screen links to a list already narrowed:
``addresses.narrowed(addresses.OWING, {"age": ["60"]})``. Columns, sort and saved
filters are kept for each firm and list; the saved filter last used is in force when
the address says nothing. What no longer exists, column, filter or value, is ignored.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from nicegui import events, ui

from domain.basics.listing import Among, L, ListPage, ListQuery
from domain.usecases.list_choices import FilterWords, ListChoices
from ui import design
from ui.components.bulk_bar import BulkBar, BulkGesture
from ui.components.buttons import icon_button, quiet_button, secondary_button
from ui.components.choice_chips import choice_chips
from ui.components.column_chooser import column_chooser
from ui.components.data_table import DataTable, PageOf, PageRequest
from ui.components.list_filters import FilterField, Filters, filter_panel, says
from ui.components.list_look import ListLook, ListState
from ui.components.page_head import page_head
from ui.components.saved_filters import SavedFilters
from ui.components.table_cells import Row
from ui.components.table_export import export_button
from ui.session import Session
from ui.translation import _

_WAIT_MS = 150
"""Between two letters of someone typing fast."""

FetchList = Callable[[ListQuery], Awaitable[PageOf]]


def page_of(page: ListPage[L], row_of: Callable[[L], Row]) -> PageOf:
    """Turn a page of the domain into the rows and totals of a table."""
    return PageOf(
        rows=[row_of(line) for line in page.lines],
        count=page.count,
        totals=page.totals,
    )


async def list_page(
    session: Session,
    look: ListLook,
    fetch: FetchList,
    *,
    on_open: Callable[[str], Any],
    on_gesture: Callable[[str], Any] | None = None,
    gestures: Sequence[BulkGesture] = (),
) -> "ListScreen":
    """Draw a list and its first page of rows.

    Args:
        session: of the user.
        look: what the list is.
        fetch: reads the rows that a query asks for, with count and totals of all.
        on_open: receives the identifier of a row clicked, or opened with Enter.
        on_gesture: receives the identifier of a row whose button was pressed.
        gestures: what can be done to the ticked rows; without any, none is ticked.
    """
    screen = ListScreen(session, look, fetch)
    await screen.draw(gestures)
    # Before the rows are read: what is heard later draws the table again, and the
    # click on a row that is already there would be lost.
    screen.table.on_open(on_open)
    if on_gesture:
        screen.table.on_gesture(on_gesture)
    await screen.table.refresh()
    return screen


class ListScreen:
    """A list on screen; ``refresh`` reads it again."""

    def __init__(self, session: Session, look: ListLook, fetch: FetchList) -> None:
        self._session = session
        self._fetch = fetch
        self._state = ListState(session, look)
        self._asked = 0
        self._reading = asyncio.Lock()
        self._chips: dict[str, ui.toggle] = {}
        self.table: DataTable
        self.bar: BulkBar
        """Where a gesture says what it did, and offers to undo it."""
        self.extras: ui.element
        """Beside the filters: a page draws there what else it lets choose."""

    def option(self, name: str, otherwise: str) -> str:
        """Read what else was chosen on this list."""
        return self._state.choices.options.get(name, otherwise)

    async def choose(self, name: str, value: str) -> None:
        """Remember what else was chosen on this list."""
        choices = self._state.choices
        await self._state.keep(
            replace(choices, options={**choices.options, name: value})
        )

    async def look_like(self, look: ListLook) -> None:
        """Change the columns that can be shown, and read the list again."""
        self._state.look = look
        self.table.show_columns(self._state.columns)
        await self.refresh()

    async def refresh(self) -> None:
        """Read the rows again, from the first page; nothing stays ticked."""
        await self.table.refresh()
        self.bar.show([])

    async def draw(self, gestures: Sequence[BulkGesture]) -> None:
        """Draw all but the rows, as the address or the last visit wants it."""
        state = self._state
        await state.start()
        head = page_head(state.look.title)
        if state.look.explains:
            ui.label(state.look.explains).classes(design.SECONDARY_TEXT)
        with ui.element("div").classes(design.FILTERS):
            self._draw_filters(state.look.fields)
        self._active = ui.element("div").classes(design.ACTIVE_FILTERS)
        self.bar = BulkBar(gestures, self._tick_all)
        sort_by, is_descending = state.sort
        self.table = DataTable(
            self._session,
            state.look.name,
            state.columns,
            self._read,
            state.look.empty,
            sort_by=sort_by,
            is_descending=is_descending,
        )
        with head:
            quiet_button(_("Columns"), self._choose_columns, icon="view_column").mark(
                "columns"
            )
            export_button(self._session, self.table, state.look.title)
        if gestures:
            self.table.on_select(self.bar.show)
        self._draw_active()

    def _draw_filters(self, fields: Sequence[FilterField]) -> None:
        """Draw the search, the choices in sight, and the way to the others."""
        self._draw_search()
        for one in (one for one in fields if one.in_sight):
            self._chips[one.name] = choice_chips(
                {"": one.everything or _("All"), **one.choices},
                self._state.chosen(one.name),
                partial(self._narrow, one.name),
                says=one.label,
            ).mark(f"filter-{one.name}")
        if any(not one.in_sight for one in fields):
            secondary_button(_("Filters"), self._open_panel, icon="filter_list").mark(
                "filters"
            )
        self._saved = SavedFilters(
            lambda: self._state.choices,
            self._keep_filters,
            self._use,
            lambda: self._state.in_force,
        )
        self.extras = ui.element("div").classes(design.ROW)
        self._count = ui.label().classes(design.SECONDARY_TEXT).mark("count")

    def _draw_search(self) -> None:
        what = self._state.look.search_says
        self._box = ui.input(
            placeholder=what, value=self._state.words, on_change=self._search
        )
        self._box.props(design.INPUT).classes(design.SEARCH_BOX).mark("search")
        self._box.props(f"debounce={_WAIT_MS} type=search autocomplete=off")
        self._box.props["aria-label"] = what

    def _draw_active(self) -> None:
        """Draw what is filtered and not in sight, each with its way out."""
        filters = self._state.filters
        hidden = [one for one in self._state.look.fields if not one.in_sight]
        self._active.clear()
        with self._active:
            for one in hidden:
                if one.name in filters:
                    with ui.element("span").classes(design.ACTIVE_FILTER):
                        ui.label(says(filters[one.name], one))
                        icon_button(
                            "close",
                            _("Remove this filter"),
                            partial(self._narrow, one.name, ""),
                        )
            if filters:
                quiet_button(_("Remove every filter"), lambda: self._use({})).mark(
                    "show-everything"
                )
        self._active.set_visibility(bool(filters))
        self._saved.draw()

    async def _read(self, request: PageRequest) -> PageOf:
        page = await self._fetch(await self._state.query(request))
        self._count.set_text(self._state.look.counted(page.count))
        self.bar.count = page.count
        return page

    async def _search(
        self, event: events.ValueChangeEventArguments[str | None]
    ) -> None:
        words = event.value or ""
        if words != self._state.words:
            self._state.words = words
            await self._use(self._state.in_force)

    async def _narrow(self, name: str, value: str) -> None:
        """Let one value through, or all of them."""
        filters: Filters = {
            n: one for n, one in self._state.filters.items() if n != name
        }
        if value:
            filters[name] = Among((value,))
        await self._filter(filters)

    async def _filter(self, filters: Filters) -> None:
        if filters != self._state.filters:
            self._state.filters = filters
            await self._use(self._state.in_force)

    async def _use(self, words: FilterWords) -> None:
        """Put filters in force; of those asked for meanwhile, only the last."""
        await self._state.use(words)
        if self._box.value != self._state.words:
            self._box.set_value(self._state.words)
        for name, chips in self._chips.items():
            chips.set_value(self._state.chosen(name))
        self._draw_active()
        self._asked += 1
        mine = self._asked
        async with self._reading:
            if mine == self._asked:
                await self.refresh()

    def _open_panel(self) -> None:
        filter_panel(self._state.look.fields, self._state.filters, self._filter)

    def _choose_columns(self) -> None:
        async def show(names: list[str]) -> None:
            await self._state.keep(replace(self._state.choices, columns=tuple(names)))
            self.table.show_columns(self._state.columns)
            await self.table.refresh()

        column_chooser(self._state.look.columns, self._state.columns, show)

    async def _keep_filters(self, choices: ListChoices) -> None:
        await self._state.keep(choices)
        self._saved.draw()

    async def _tick_all(self) -> None:
        """Tick every row of the list, those of the other pages too."""
        everything = await self.table.read_all(lambda _done, _count: None)
        ids = [row.id for row in everything.rows if not row.is_detail]
        self.table.tick(ids)
        self.bar.show(ids)
