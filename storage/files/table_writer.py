"""Write any table of the app to Excel, or to a text that French Excel opens."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from domain.basics.money import EUR, Money
from domain.basics.tables import (
    TableContent,
    TableFormat,
    TableKind,
    TableValue,
)
from storage.files.spreadsheet_cells import FORMULA_STARTS, filled, storable

_FORMATS = {TableKind.DATE: "DD/MM/YYYY", TableKind.NUMBER: "#,##0"}
_EUROS = '#,##0.00\u00a0"€"'
_WIDTHS = {TableKind.DATE: 12, TableKind.MONEY: 16}
_NARROWEST, _WIDEST = 8, 60
_FILTER_BUTTON = 4
# Excel refuses these in the name of a tab, and longer names.
_NOT_IN_TAB_NAME = re.compile(r"[\[\]:*?/\\]|^'|'$")
_LONGEST_TAB_NAME = 31


def write_table(table: TableContent, kind: TableFormat) -> bytes:
    """Make a file of a table, its totals on the last line."""
    return _csv(table) if kind is TableFormat.CSV else _xlsx(table)


def _csv(table: TableContent) -> bytes:
    stream = StringIO()
    # A text in quotes stays whole, also where the comma separates.
    lines = csv.writer(
        stream, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n"
    )
    lines.writerow(map(_harmless, (column.label for column in table.columns)))
    lines.writerows(map(_as_text, row) for row in _all_rows(table))
    return stream.getvalue().encode("utf-8-sig")


def _as_text(value: TableValue) -> str:
    if isinstance(value, str):
        return _harmless(value)
    if isinstance(value, Money):
        written = str(value.amount).replace(".", ",")
        return written if value.currency == EUR else f"{written} {value.currency}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def _harmless(text: str) -> str:
    """Quote a text that a spreadsheet would run.

    An apostrophe is what OWASP advises: https://owasp.org, « CSV Injection ».
    """
    kept = storable(text)
    return f"'{kept}" if kept.startswith(FORMULA_STARTS) else kept


def _xlsx(table: TableContent) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_tab_name(table.title))
    sheet.freeze_panes = "A2"
    last = get_column_letter(len(table.columns))
    # The total stays out of the filter, and last whatever the sort.
    sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
    for place, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append(_Cells(sheet, is_bold=True).row(c.label for c in table.columns))
    cells = _Cells(sheet)
    for row in table.rows:
        sheet.append(cells.row(row))
    bold = _Cells(sheet, is_bold=True)
    for total in _totals(table):
        sheet.append(bold.row(total))
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


class _Cells:
    """Cells used again for each row: half the time of new ones.

    Their styles must not change any more: openpyxl keeps them, it does not copy them.
    """

    def __init__(self, sheet: WriteOnlyWorksheet, *, is_bold: bool = False) -> None:
        self._sheet = sheet
        self._is_bold = is_bold
        self._made: dict[tuple[int, str], tuple[WriteOnlyCell, WriteOnlyCell]] = {}

    def row(self, values: Iterable[TableValue]) -> Iterator[WriteOnlyCell]:
        """Give the cells of a row one by one: each is written before the next."""
        for place, value in enumerate(values):
            written = value.amount if isinstance(value, Money) else value
            yield filled(*self._pair(place, _format(value)), written)

    def _pair(
        self, place: int, number_format: str
    ) -> tuple[WriteOnlyCell, WriteOnlyCell]:
        # Never the same cell twice in a row: openpyxl forgets the kind of the one
        # before when it meets the next.
        wanted = place, number_format
        if wanted not in self._made:
            usual, quoted = WriteOnlyCell(self._sheet), WriteOnlyCell(self._sheet)
            for cell in (usual, quoted):
                cell.number_format = number_format
                if self._is_bold:
                    cell.font = Font(bold=True)
            quoted.quotePrefix = True
            self._made[wanted] = usual, quoted
        return self._made[wanted]


def _format(value: TableValue) -> str:
    if isinstance(value, Money):
        euros = value.currency == EUR
        return _EUROS if euros else f'#,##0.00\u00a0"{value.currency}"'
    if isinstance(value, date):
        return _FORMATS[TableKind.DATE]
    return _FORMATS[TableKind.NUMBER] if isinstance(value, int) else "General"


def _all_rows(table: TableContent) -> Iterator[Sequence[TableValue]]:
    yield from table.rows
    yield from _totals(table)


def _totals(table: TableContent) -> Iterator[list[TableValue]]:
    """Give the lines of totals: one, or one per currency."""
    apart = {
        name: value if isinstance(value, tuple) else (value,)
        for name, value in table.totals.items()
    }
    for line in range(max(map(len, apart.values()), default=0)):
        found = {n: values[line] for n, values in apart.items() if line < len(values)}
        yield [found.get(column.name) for column in table.columns]


def _widths(table: TableContent) -> Iterator[int]:
    for place, column in enumerate(table.columns):
        longest = _WIDTHS.get(column.kind) or _longest(table, place)
        needed = max(longest + 2, len(column.label) + _FILTER_BUTTON)
        yield min(max(needed, _NARROWEST), _WIDEST)


def _longest(table: TableContent, place: int) -> int:
    return max((len(str(row[place] or "")) for row in table.rows), default=0)


def _tab_name(title: str) -> str:
    name = _NOT_IN_TAB_NAME.sub(" ", storable(title))[:_LONGEST_TAB_NAME]
    return name.strip(" '") or "Relance"
