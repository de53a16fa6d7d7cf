"""Put new rows in the tabs of a user's workbook; all the rest stays theirs."""

from collections import Counter
from collections.abc import Collection, Sequence
from io import BytesIO
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from domain.ledger.workbook import WorkbookContent, WorkbookTab
from storage.files.errors import UnrefreshableWorkbookError
from storage.files.headings import plain
from storage.files.newton_layout import (
    DUE_INVOICES,
    REMINDERS,
    WITHOUT_RECIPIENT,
    Tab,
)
from storage.files.newton_writer import Row, column_widths
from storage.files.sheets import check_package, read_tabs
from storage.files.tables import tab_rows
from storage.files.workbook_rows import RowKey, SheetRows, content_key, row_key

_LAYOUTS = {
    WorkbookTab.REMINDERS: REMINDERS,
    WorkbookTab.DUE_INVOICES: DUE_INVOICES,
    WorkbookTab.WITHOUT_RECIPIENT: WITHOUT_RECIPIENT,
}
_MACROS = "xl/vbaProject.bin"
_UNFORESEEN = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    TypeError,
    ValueError,
)
"""What openpyxl raises on workbooks it was not made for."""


def refresh_workbook(
    name: str, existing: bytes, content: WorkbookContent, tabs: Collection[WorkbookTab]
) -> bytes:
    """Write rows anew in some tabs of a workbook.

    The history is only added to. In the two lists, what the user wrote or coloured
    on a row follows it to its new place, and leaves with it.

    Raises:
        UnreadableFileError: it is no workbook, is damaged, encrypted or a trap.
    """
    check_package(name, existing)
    in_file = _reminders_in(name, existing)
    try:
        book = load_workbook(
            BytesIO(existing), rich_text=True, keep_vba=_has_macros(existing)
        )
        for tab, layout in _LAYOUTS.items():
            if tab in tabs:
                _refresh(book, layout, content.rows(tab), in_file)
        # The results of formulas are not written: Excel works them out on opening.
        book.calculation.fullCalcOnLoad = True
        stream = BytesIO()
        book.save(stream)
    except _UNFORESEEN as problem:
        raise UnrefreshableWorkbookError(file=name) from problem
    return stream.getvalue()


def _refresh(
    book: Workbook, tab: Tab, rows: Sequence[Row], in_file: Counter[RowKey]
) -> None:
    sheet = next(
        (s for s in book.worksheets if plain(s.title) == plain(tab.name)), None
    )
    is_new = sheet is None
    if sheet is None:
        sheet = book.create_sheet(tab.name)
    kept = SheetRows(sheet, tab)
    if tab is REMINDERS:
        kept.add(_missing(rows, in_file))
    else:
        kept.replace(rows)
    if is_new:
        _dress(sheet, tab, rows)


def _missing(rows: Sequence[Row], in_file: Counter[RowKey]) -> list[Row]:
    """Leave out the rows of history that the file has already."""
    left = Counter(in_file)
    missing = []
    for row in rows:
        key = content_key(REMINDERS, row)
        if left[key]:
            left[key] -= 1
        else:
            missing.append(row)
    return missing


def _reminders_in(name: str, existing: bytes) -> Counter[RowKey]:
    """Count the rows of history of a file, by what tells them apart.

    Read from the results of formulas, which openpyxl does not see.
    """
    found = read_tabs(name, existing, {plain(REMINDERS.name)})
    rows = found.get(plain(REMINDERS.name), [])
    if not any(str(cell).strip() for row in rows for cell in row):
        return Counter()
    keys = (row_key(REMINDERS, row) for row in tab_rows(name, REMINDERS, rows, []))
    return Counter(key for key in keys if key)


def _dress(sheet: Worksheet, tab: Tab, rows: Sequence[Row]) -> None:
    """Make a new tab ready to be used, as those of a new workbook."""
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    last = get_column_letter(len(tab.columns))
    sheet.auto_filter.ref = f"A1:{last}{len(rows) + 1}"
    for place, width in enumerate(column_widths(tab, rows), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width


def _has_macros(workbook: bytes) -> bool:
    with ZipFile(BytesIO(workbook)) as package:
        return _MACROS in package.namelist()
