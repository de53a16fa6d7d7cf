"""« Situation de compte »: the items of a customer, open, settled or all."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from nicegui import ui

from domain.basics.money import Money
from domain.customers.customer_line import CustomerState
from domain.usecases.customer_sheet import ItemRow
from ui import design, formatting, labels
from ui.components.choice_chips import choice_chips
from ui.components.data_table import DataTable, Empty, PageOf, PageRequest
from ui.components.invoice_button import (
    INVOICE,
    InvoiceButtons,
    invoice_buttons,
)
from ui.components.state_badge import state_badge
from ui.components.table_cells import Cell, Column, ColumnKind, Row
from ui.components.table_export import export_button
from ui.components.text import section_title
from ui.session import Session
from ui.translation import _


class ItemsShown(StrEnum):
    """Which items the table shows."""

    OPEN = "open"
    SETTLED = "settled"
    ALL = "all"


class OpenItemsTable:
    """The table; it remembers what it shows when the sheet is drawn anew."""

    def __init__(self, session: Session, on_open: Callable[[ItemRow], Any]) -> None:
        self._session = session
        self._on_open = on_open
        self._shown = ItemsShown.OPEN
        self._rows: dict[str, ItemRow] = {}

    async def draw(self, rows: tuple[ItemRow, ...], customer_name: str) -> None:
        """Draw the choice of items, and those chosen."""
        self._rows = {row.item.id: row for row in rows}
        self._invoices = await invoice_buttons(
            self._session, [row.item for row in rows]
        )
        with ui.element("div").classes(design.ROW_SPREAD):
            section_title(_("Account"))
            with ui.element("div").classes(design.ROW) as gestures:
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
        self._table = DataTable(
            self._session,
            [*self._invoices.columns(), *_columns()],
            self._fetch,
            _empty(),
        )
        with gestures:
            export_button(
                self._session,
                self._table,
                _("Account of {customer}", customer=customer_name),
            )
        self._table.on_gesture(self._invoices.open)
        self._table.on_open(lambda item_id: self._on_open(self._rows[item_id]))
        if len(rows) <= self._session.page_size:
            self._table.show_all_at_once()
        await self._table.refresh()

    async def _choose(self, shown: str) -> None:
        self._shown = ItemsShown(shown)
        await self._table.refresh()

    async def _fetch(self, request: PageRequest) -> PageOf:
        chosen = [row for row in self._rows.values() if self._is_shown(row)]
        if request.sort_by:
            chosen.sort(
                key=lambda row: _rank(row, request.sort_by),
                reverse=request.is_descending,
            )
        page = chosen[request.offset : request.offset + request.size]
        return PageOf(
            rows=[_drawn(row, self._invoices) for row in page],
            count=len(chosen),
            totals=_totals(chosen),
        )

    def _is_shown(self, row: ItemRow) -> bool:
        is_open = bool(row.item.left)
        return self._shown is ItemsShown.ALL or is_open is (
            self._shown is ItemsShown.OPEN
        )


def _columns() -> list[Column]:
    money, day = ColumnKind.MONEY, ColumnKind.DATE
    return [
        Column(name="reference", label=_("Document")),
        Column(name="invoice_on", label=_("Dated"), kind=day),
        Column(name="due_on", label=_("Due date"), kind=day),
        Column(name="late", label=_("Lateness"), kind=ColumnKind.DAYS),
        Column(name="invoiced", label=_("Invoiced"), kind=money),
        Column(name="settled", label=_("Paid"), kind=money),
        Column(name="left", label=_("Left to pay"), kind=money),
        Column(name="level", label=_("Level"), kind=ColumnKind.LEVEL),
        Column(name="state", label=_("State"), kind=ColumnKind.BADGE),
        Column(name="why", label=_("Reminder"), sortable=False),
    ]


def _drawn(row: ItemRow, invoices: InvoiceButtons) -> Row:
    item = row.item
    return Row(
        id=item.id,
        is_muted=row.state is CustomerState.SETTLED,
        cells={
            INVOICE: invoices.cell(item),
            "reference": item.reference,
            "invoice_on": item.invoice_on,
            "due_on": item.due_on,
            "late": row.days_overdue,
            "invoiced": item.invoiced,
            "settled": item.settled,
            "left": item.left,
            "level": row.position.level,
            "state": state_badge(row.state),
            "why": labels.why(row),
        },
        titles={
            "reference": item.label,
            "due_on": labels.due_origin(item),
            "level": _("since {day}", day=formatting.day(row.position.reached_on))
            if row.position.level
            else "",
        },
    )


def _totals(rows: list[ItemRow]) -> dict[str, Cell]:
    """Add the rows up, where they are all of one currency."""
    if len({row.item.left.currency for row in rows}) != 1:
        return {}
    return {
        "invoiced": Money.total(row.item.invoiced for row in rows),
        "settled": Money.total(row.item.settled for row in rows),
        "left": Money.total(row.item.left for row in rows),
    }


def _rank(row: ItemRow, column: str) -> tuple[int, Any]:
    """Sort by what a cell means; an empty one comes last when rising."""
    item = row.item
    value = {
        "reference": item.reference,
        "invoice_on": item.invoice_on,
        "due_on": item.due_on,
        "late": row.days_overdue,
        "invoiced": item.invoiced.cents,
        "settled": item.settled.cents,
        "left": item.left.cents,
        "level": row.position.level,
        "state": list(CustomerState).index(row.state),
    }[column]
    return (1, 0) if value is None else (0, value)


def _empty() -> Empty:
    return Empty(
        heading=_("Nothing here"),
        why=_("The other choices above may hold some."),
        icon="task_alt",
    )
