"""« Exporter »: every row of a table, as shown, in a file."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from domain.basics.tables import (
    TableColumn,
    TableContent,
    TableFormat,
    TableKind,
    TableValue,
)
from ui import formatting
from ui.components.badge import Badge
from ui.components.buttons import secondary_button
from ui.components.data_table import DataTable, PageOf
from ui.components.save_file import save_file
from ui.components.table_cells import Cell, Column, ColumnKind, Gesture
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _

_KINDS = {
    ColumnKind.MONEY: TableKind.MONEY,
    ColumnKind.NUMBER: TableKind.NUMBER,
    ColumnKind.DAYS: TableKind.NUMBER,
    ColumnKind.LEVEL: TableKind.NUMBER,
    ColumnKind.DATE: TableKind.DATE,
}


def export_button(session: Session, table: DataTable, title: str) -> None:
    """Draw a menu of the files a table can become; ``title`` names them."""

    async def content() -> TableContent:
        columns = [c for c in table.columns if c.kind is not ColumnKind.GESTURE]
        return table_content(title, columns, await _all_rows(table))

    export_menu(session, title, content)


def export_menu(
    session: Session,
    title: str,
    content: Callable[[], TableContent | Awaitable[TableContent]],
) -> None:
    """Draw a menu of the files that rows can become; ``title`` names them."""

    async def export(kind: TableFormat) -> None:
        button.props("loading")
        with refusals_shown():
            table = content()
            if not isinstance(table, TableContent):
                table = await table
            file = await asyncio.to_thread(
                session.outside.files.write_table, table, kind
            )
            name = f"{title}-{session.today():%Y-%m-%d}.{kind}"
            await save_file(name, file)
        button.props(remove="loading")

    button = secondary_button(_("Export"), lambda: None, icon="download")
    button.mark("export-table")
    with button, ui.menu():
        ui.menu_item(
            _("Excel workbook (.xlsx)"), lambda: export(TableFormat.XLSX)
        ).mark("export-xlsx")
        ui.menu_item(
            _("Text with semicolons (.csv)"), lambda: export(TableFormat.CSV)
        ).mark("export-csv")


async def _all_rows(table: DataTable) -> PageOf:
    """Read every row, and say how far it is when that takes several readings."""
    told: ui.notification | None = None

    def tell(done: int, count: int) -> None:
        nonlocal told
        if done < count and told is None:
            told = ui.notification(spinner=True, timeout=None)
        if told:
            told.message = _(
                "{done} rows read out of {count}",
                done=formatting.count(done),
                count=formatting.count(count),
            )

    try:
        return await table.read_all(tell)
    finally:
        if told:
            told.dismiss()


def table_content(title: str, columns: Sequence[Column], page: PageOf) -> TableContent:
    """Turn rows drawn on screen into typed values."""
    return TableContent(
        title=title,
        columns=[
            TableColumn(
                name=column.name,
                label=column.label,
                kind=_KINDS.get(column.kind, TableKind.TEXT),
            )
            for column in columns
        ],
        rows=[
            [_value(row.cells.get(column.name), column.kind) for column in columns]
            for row in page.rows
        ],
        totals={
            name: cell if isinstance(cell, tuple) else _value(cell, ColumnKind.TEXT)
            for name, cell in page.totals.items()
        },
    )


def _value(cell: Cell, kind: ColumnKind) -> TableValue:
    if isinstance(cell, Badge):
        return cell.text
    if isinstance(cell, Gesture | tuple) or (kind is ColumnKind.LEVEL and not cell):
        return None  # amounts of several currencies are totals, never a row's
    return cell
