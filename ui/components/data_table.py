"""The table of every list: pages fetched as needed, sorted, totalled, opened."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nicegui import events, ui

from ui import design
from ui.components.empty_state import empty_state
from ui.components.table_cells import (
    Cell,
    Column,
    ColumnKind,
    Row,
    quasar_column,
    quasar_row,
)
from ui.session import Session
from ui.translation import _, ngettext

PAGE_SIZES = (25, 50, 100, 200)
_AT_ONCE = 5000
"""Rows asked at a time when all are wanted: the others wait their turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """Which rows the table wants."""

    offset: int
    size: int
    sort_by: str
    """The name of a column; empty for the list's own order."""
    is_descending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOf:
    """The rows of one page, and what is true of all of them."""

    rows: Sequence[Row]
    count: int
    """Of all rows, on all pages."""
    totals: Mapping[str, Cell] = field(default_factory=dict)
    """Over all rows, by column; without any, no total is drawn."""


Fetch = Callable[[PageRequest], Awaitable[PageOf]]
Pagination = dict[str, Any]


class _StillTable(ui.table):
    """A table that is not drawn again when the browser says what it already knows.

    Quasar says its pagination back once drawn. The table sent again would replace
    every row, and with them the one being clicked: the click would be lost.
    """

    @property
    def pagination(self) -> Pagination:
        """Where the reader is, as Quasar's table tells it."""
        told: Pagination = self.props["pagination"]
        return told

    @pagination.setter
    def pagination(self, value: Pagination) -> None:
        if value != self.pagination:
            self.props["pagination"] = value


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """What to say when there is no row."""

    heading: str
    why: str = ""
    icon: str = "inbox"


class DataTable:
    """A table on screen; ``refresh`` reads it again."""

    def __init__(
        self,
        session: Session,
        name: str,
        columns: Sequence[Column],
        fetch: Fetch,
        empty: Empty,
        *,
        sort_by: str = "",
        is_descending: bool = False,
    ) -> None:
        self._session = session
        self._name = name
        self._columns = {column.name: column for column in columns}
        self._fetch = fetch
        self._table = _StillTable(
            rows=[],
            columns=[quasar_column(column, None) for column in columns],
            pagination={
                "page": 1,
                "rowsPerPage": session.page_size(name),
                "rowsNumber": 0,
                "sortBy": sort_by or None,
                "descending": is_descending,
            },
        )
        self._table.props("flat dense binary-state-sort hide-no-data")
        self._table.props["rows-per-page-options"] = list(PAGE_SIZES)
        self._table.classes(design.DATA_TABLE)
        self._table.on("request", self._requested, ["pagination"])
        self._table.add_slot("header", _HEADER.replace("TICK_ALL", _("Tick all")))
        self._table.add_slot("body", _BODY)
        self._table.add_slot("bottom-row", _TOTAL)
        with empty_state(empty.heading, empty.why, icon=empty.icon) as self._empty:
            pass

    @property
    def columns(self) -> list[Column]:
        """The columns shown, in their order."""
        return list(self._columns.values())

    @property
    def selected(self) -> list[str]:
        """The identifiers of the ticked rows, on all pages."""
        return [row["id"] for row in self._table.selected if not row.get("detail")]

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Change the columns; the next reading fills them."""
        self._columns = {column.name: column for column in columns}

    def tick(self, ids: Sequence[str]) -> None:
        """Tick these rows and no other, also those of pages not seen yet."""
        self._table.selected = [{"id": row_id} for row_id in ids]

    def on_open(self, opened: Callable[[str], Any]) -> None:
        """Let a click or Enter open a row, given by its identifier."""
        self._table.classes(design.OPENS)
        self._table.on("open", lambda event: opened(event.args))

    def on_gesture(self, made: Callable[[str], Any]) -> None:
        """Let the buttons of a GESTURE column act on a row, given by its identifier."""
        self._table.on("gesture", lambda event: made(event.args))

    def on_select(self, ticked: Callable[[list[str]], Any]) -> None:
        """Let the user tick rows."""
        self._table.selection = "multiple"
        self._table.on_select(lambda: ticked(self.selected))

    def show_all_at_once(self) -> None:
        """Draw no choice of pages: ``fetch`` gives every row of a short list."""
        self._table.props("hide-bottom")

    async def refresh(self) -> None:
        """Read the rows again, from the first page."""
        self._table.selected.clear()
        await self._read({**self._table.pagination, "page": 1})

    async def read_all(self, tell: Callable[[int, int], Any]) -> PageOf:
        """Read every row, sorted as shown, with the totals shown.

        ``tell`` is told how many rows were read, out of how many.
        """
        rows: list[Row] = []
        done = 0
        while True:
            asked = {**self._table.pagination, "rowsPerPage": _AT_ONCE}
            page = await self._fetch(_request(asked, offset=done))
            rows.extend(page.rows)
            done += sum(not row.is_detail for row in page.rows)
            tell(done, page.count)
            if not page.rows or done >= page.count:
                totals = self._with_caption(page)
                return PageOf(rows=rows, count=done, totals=totals)

    async def _requested(self, event: events.GenericEventArguments) -> None:
        pagination: dict[str, Any] = event.args["pagination"]
        await self._session.keep_page_size(self._name, pagination["rowsPerPage"])
        await self._read(pagination)

    async def _read(self, pagination: Mapping[str, Any]) -> None:
        self._table.props["loading"] = True
        size = pagination["rowsPerPage"]
        try:
            offset = (pagination["page"] - 1) * size
            page = await self._fetch(_request(pagination, offset=offset))
        finally:
            self._table.props["loading"] = False
        self._show(page, pagination)

    def _show(self, page: PageOf, pagination: Mapping[str, Any]) -> None:
        totals = self._with_caption(page)
        self._table.columns = [
            quasar_column(column, totals.get(name))
            for name, column in self._columns.items()
        ]
        self._table.rows = [quasar_row(row, self._columns) for row in page.rows]
        self._table.pagination = {**pagination, "rowsNumber": page.count}
        self._table.set_visibility(page.count > 0)
        self._empty.set_visibility(page.count == 0)

    def _with_caption(self, page: PageOf) -> Mapping[str, Cell]:
        """Say in the first column that the totals are over all rows."""
        if not page.totals:
            return {}
        caption = ngettext("Total of {count} row", "Total of {count} rows", page.count)
        named = (
            n for n, c in self._columns.items() if c.kind is not ColumnKind.GESTURE
        )
        return {next(named): caption, **page.totals}


def _request(pagination: Mapping[str, Any], *, offset: int) -> PageRequest:
    return PageRequest(
        offset=offset,
        size=pagination["rowsPerPage"],
        sort_by=pagination.get("sortBy") or "",
        is_descending=bool(pagination.get("descending")),
    )


async def data_table(
    session: Session,
    name: str,
    columns: Sequence[Column],
    fetch: Fetch,
    empty: Empty,
) -> DataTable:
    """Draw a table and its first page of rows.

    ``fetch`` receives what the table wants to show, and returns those rows with the
    count and the totals of all of them. Under ``name`` its page size is kept.
    """
    table = DataTable(session, name, columns, fetch, empty)
    await table.refresh()
    return table


# Drawn by Quasar in the browser. Sorting by keyboard, rows that open with Enter and
# tick with Space, and badges are ours; $parent is the table.
_HEADER = """
<q-tr :props="props">
  <q-th v-if="$parent.$props.selection !== 'none'" auto-width>
    <q-checkbox dense v-model="props.selected" aria-label="TICK_ALL" />
  </q-th>
  <q-th v-for="col in props.cols" :key="col.name" :props="props"
    :tabindex="col.sortable ? 0 : undefined"
    @keydown.enter="col.sortable && props.sort(col)">
    {{ col.label }}
  </q-th>
</q-tr>
"""
_BODY = """
<q-tr :props="props" tabindex="0"
  :class="{ muted: props.row.muted, detail: props.row.detail,
    grounded: props.row.ground, inked: props.row.ink }"
  :style="props.row.ground && { '--row-ground': props.row.ground,
    '--row-ink': props.row.ink }"
  @click="$parent.$emit('open', props.row.id)"
  @keydown.enter.self="$parent.$emit('open', props.row.id)"
  @keydown.space.self.prevent="props.selected = !props.row.detail
    && !props.row.locked && !props.selected">
  <q-td v-if="$parent.$props.selection !== 'none'" auto-width @click.stop>
    <q-checkbox v-if="!props.row.detail" dense v-model="props.selected"
      :disable="props.row.locked"
      :aria-label="props.cols.filter((c) => c.kind !== 'gesture')
        .map((c) => c.value.text || c.value)[0]" />
  </q-td>
  <q-td v-for="col in props.cols" :key="col.name" :props="props"
    :class="'kind-' + col.kind"
    :title="props.row.titles[col.name]
      ?? (col.kind === 'text' ? col.value : undefined)"
    @click="(col.kind === 'gesture' || col.ticks) && $event.stopPropagation()"
    @dblclick="col.ticks && !props.row.locked && (props.selected = !props.selected)">
    <q-btn v-if="col.value.enabled" flat round dense class="invoice-button"
      :class="col.value.tone" :icon="col.value.gesture" :title="col.value.says"
      :aria-label="col.value.says" @keydown.stop
      @click.stop="$event.detail < 2 && $parent.$emit('gesture', props.row.id)" />
    <q-icon v-else-if="col.value.gesture" class="no-invoice" role="img"
      :name="col.value.gesture" :title="col.value.says"
      :aria-label="col.value.says" />
    <span v-else-if="col.value.text" class="badge" :class="col.value.tone"
      :style="col.value.style"><q-icon v-if="col.value.icon" :name="col.value.icon"
      aria-hidden="true" />{{ col.value.text }}</span>
    <template v-else>{{ col.value }}</template>
  </q-td>
</q-tr>
"""
_TOTAL = """
<q-tr v-if="props.cols.some((col) => col.total)" class="total">
  <q-td v-if="$parent.$props.selection !== 'none'" />
  <q-td v-for="col in props.cols" :key="col.name"
    :class="[`text-${col.align}`, { caption: col.total && col.kind === 'text' }]">
    {{ col.total }}
  </q-td>
</q-tr>
"""
