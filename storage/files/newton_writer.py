"""Write the workbook per entity: three tabs, real dates, real numbers."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from domain.files import WorkbookContent
from storage.files.newton_layout import (
    DUE_INVOICES,
    REMINDERS,
    WITHOUT_RECIPIENT,
    ColumnKind,
    Tab,
)

_FORMATS = {ColumnKind.DATE: "DD/MM/YYYY", ColumnKind.AMOUNT: "#,##0.00"}
_WIDTHS = {ColumnKind.DATE: 12, ColumnKind.AMOUNT: 14}
_NARROWEST, _WIDEST = 8, 60
_FILTER_BUTTON = 4
# What a spreadsheet takes for a formula at the start of a text, and may run.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Row = Sequence[object]


def write_workbook(content: WorkbookContent) -> bytes:
    """Make the workbook as Excel opens it."""
    workbook = Workbook(write_only=True)
    for tab, rows in (
        (REMINDERS, content.reminders),
        (DUE_INVOICES, content.due_invoices),
        (WITHOUT_RECIPIENT, content.without_recipient),
    ):
        _write_tab(workbook.create_sheet(tab.name), tab, rows)
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _write_tab(sheet: WriteOnlyWorksheet, tab: Tab, rows: Sequence[Row]) -> None:
    sheet.freeze_panes = "A2"
    last = get_column_letter(len(tab.columns))
    sheet.auto_filter.ref = f"A1:{last}{len(rows) + 1}"
    for place, width in enumerate(_column_widths(tab, rows), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append(_headings(sheet, tab))
    # Two cells a column, used again for each row: half the time of new ones. Their
    # styles must not change any more: openpyxl keeps them, it does not copy them.
    usual, quoted = (_cells(sheet, tab, is_quoted=q) for q in (False, True))
    for row in rows:
        values = zip(usual, quoted, row, strict=True)
        sheet.append([_filled(*cells_and_value) for cells_and_value in values])


def _headings(sheet: WriteOnlyWorksheet, tab: Tab) -> list[WriteOnlyCell]:
    cells = [WriteOnlyCell(sheet, column.heading) for column in tab.columns]
    for cell in cells:
        cell.font = Font(bold=True)
    return cells


def _cells(
    sheet: WriteOnlyWorksheet, tab: Tab, *, is_quoted: bool
) -> list[WriteOnlyCell]:
    cells = [WriteOnlyCell(sheet) for _ in tab.columns]
    for cell, column in zip(cells, tab.columns, strict=True):
        cell.number_format = _FORMATS.get(column.kind, "General")
        cell.quotePrefix = is_quoted
    return cells


def _filled(
    usual: WriteOnlyCell, quoted: WriteOnlyCell, value: object
) -> WriteOnlyCell:
    """Put a value in one of two cells; a text that looks like a formula is quoted."""
    if not isinstance(value, str):
        usual.value = value
        return usual
    text = _NOT_IN_XML.sub("", value)
    cell = quoted if text.startswith(_FORMULA_STARTS) else usual
    cell.value = text or None
    if text:
        cell.data_type = "s"
    return cell


def _column_widths(tab: Tab, rows: Sequence[Row]) -> Iterable[int]:
    for place, column in enumerate(tab.columns):
        longest = _WIDTHS.get(column.kind) or max(
            (len(str(row[place])) for row in rows), default=0
        )
        needed = max(longest + 2, len(column.heading) + _FILTER_BUTTON)
        yield min(max(needed, _NARROWEST), _WIDEST)
