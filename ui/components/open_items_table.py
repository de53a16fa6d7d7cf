"""« Situation de compte »: the items of a customer, open, settled or all."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from nicegui import ui

from domain.usecases.account_rows import ItemRow
from domain.usecases.customer_sheet import CustomerSheet
from ui import design
from ui.components.account_columns import AccountColumns, totals
from ui.components.case_file_dialog import case_file_button
from ui.components.choice_chips import choice_chips
from ui.components.data_table import DataTable, Empty, PageOf, PageRequest
from ui.components.invoice_button import INVOICE, invoice_buttons
from ui.components.statement_buttons import statement_buttons
from ui.components.table_cells import Row
from ui.components.table_export import export_button
from ui.components.text import section_title
from ui.components.ticked_bar import RowGesture, TickedBar
from ui.session import Session
from ui.translation import _

_NAME = "account"
"""Under which its page size is kept."""


class ItemsShown(StrEnum):
    """Which items the table shows."""

    OPEN = "open"
    SETTLED = "settled"
    ALL = "all"


class OpenItemsTable:
    """The table; it remembers what it shows when the sheet is drawn anew."""

    def __init__(
        self,
        session: Session,
        on_open: Callable[[ItemRow], Any],
        gestures: Sequence[RowGesture],
    ) -> None:
        self._session = session
        self._on_open = on_open
        self._gestures = gestures
        self._shown = ItemsShown.OPEN
        self._rows: dict[str, ItemRow] = {}
        self._chosen: list[ItemRow] = []
        self._sort_by = ""
        self._is_descending = False
        self._bar: TickedBar | None = None

    @property
    def ticked(self) -> list[ItemRow]:
        """The items ticked, on all pages."""
        return self._bar.rows if self._bar else []

    async def draw(self, sheet: CustomerSheet) -> None:
        """Draw the choice of items, those chosen, and the gestures on the ticked."""
        self._sheet = sheet
        self._rows = {row.item.id: row for row in sheet.rows}
        with ui.element("div").classes(design.OVERLAID):
            with ui.element("div").classes(design.ROW_SPREAD):
                self._draw_choice()
                self._files = ui.element("div").classes(design.ROW)
            # Over the choice, so that the rows stay where they are.
            self._bar = TickedBar(self._gestures)
        self._place = ui.element("div")
        await self._draw_table()

    def _draw_choice(self) -> None:
        with ui.element("div").classes(design.ROW):
            section_title(_("Account"))
            choice_chips(
                {
                    ItemsShown.OPEN: _("Open ones"),
                    ItemsShown.SETTLED: _("Settled ones"),
                    ItemsShown.ALL: _("All of them"),
                },
                self._shown,
                self._choose,
                says=_("Items shown"),
            )

    async def _draw_table(self) -> None:
        """Draw the rows chosen, in the columns that say something of them."""
        sheet = self._sheet
        self._chosen = [row for row in sheet.rows if self._is_shown(row)]
        self._columns = AccountColumns(self._chosen, sheet.field_names)
        self.invoices = await invoice_buttons(
            self._session, [row.item for row in self._chosen]
        )
        self._place.clear()
        with self._place:
            table = DataTable(
                self._session,
                _NAME,
                [*self.invoices.columns(), *self._columns.columns],
                self._fetch,
                _empty(),
                sort_by=self._sort_by if self._sort_by in self._columns.names else "",
                is_descending=self._is_descending,
            )
        table.on_gesture(self.invoices.open)
        table.on_open(lambda item_id: self._on_open(self._rows[item_id]))
        table.on_select(self._tick)
        if len(self._chosen) <= self._session.page_size(_NAME):
            table.show_all_at_once()
        self._files.clear()
        with self._files:
            case_file_button(self._session, sheet)
            statement_buttons(self._session, sheet)
            title = _("Account of {customer}", customer=sheet.customer.name)
            export_button(self._session, table, title)
        await table.refresh()

    def _tick(self, ids: list[str]) -> None:
        if self._bar:
            self._bar.show([self._rows[one] for one in ids])

    async def _choose(self, shown: str) -> None:
        self._shown = ItemsShown(shown)
        self._tick([])
        await self._draw_table()

    async def _fetch(self, request: PageRequest) -> PageOf:
        chosen = self._chosen
        self._sort_by = request.sort_by
        self._is_descending = request.is_descending
        if request.sort_by:
            chosen = sorted(
                chosen,
                key=lambda row: self._columns.rank(row, request.sort_by),
                reverse=request.is_descending,
            )
        page = chosen[request.offset : request.offset + request.size]
        return PageOf(
            rows=[self._drawn(row) for row in page],
            count=len(chosen),
            totals=totals(chosen),
        )

    def _drawn(self, row: ItemRow) -> Row:
        drawn = self._columns.drawn(row)
        return replace(
            drawn, cells={INVOICE: self.invoices.cell(row.item), **drawn.cells}
        )

    def _is_shown(self, row: ItemRow) -> bool:
        is_open = bool(row.item.left)
        return self._shown is ItemsShown.ALL or is_open is (
            self._shown is ItemsShown.OPEN
        )


def _empty() -> Empty:
    return Empty(
        heading=_("Nothing here"),
        why=_("The other choices above may hold some."),
        icon="task_alt",
    )
