"""The rows of one tab of a user's workbook: taken out, and put back with others."""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass

from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.comments import Comment
from openpyxl.formula.translate import Translator
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from storage.files.newton_layout import (
    DUE_INVOICES,
    REMINDERS,
    WITHOUT_RECIPIENT,
    Tab,
)
from storage.files.newton_writer import NUMBER_FORMATS, Row
from storage.files.sheets import Cell as CellValue
from storage.files.spreadsheet_cells import FORMULA_STARTS, put_text, storable
from storage.files.tables import HEADER_WITHIN, TabRow, find_header
from storage.files.values import UnusableValueError

RowKey = tuple[Hashable, ...]

_CUSTOMER = {
    REMINDERS.name: "Compte client",
    DUE_INVOICES.name: "Num compte",
    WITHOUT_RECIPIENT.name: "Code",
}
_NOT_A_FIGURE = re.compile(r"[^0-9]")


@dataclass(frozen=True, slots=True)
class _KeptCell:
    """What a user's cell holds, apart from where it is."""

    value: object
    kind: str
    style: StyleArray | None
    comment: Comment | None
    link: Hyperlink | None

    @classmethod
    def of(cls, cell: Cell) -> "_KeptCell":
        style = copy(cell._style)  # noqa: SLF001 - as openpyxl's own copies do
        link = copy(cell.hyperlink)
        return cls(cell.value, cell.data_type, style, copy(cell.comment), link)

    @property
    def formula(self) -> str:
        """Its formula; empty when it has none, or is a text that looks like one."""
        is_formula = self.kind == "f" and isinstance(self.value, str)
        return str(self.value) if is_formula else ""


@dataclass(frozen=True, slots=True)
class _KeptRow:
    """A row of the user, and where it was."""

    number: int
    cells: tuple[_KeptCell, ...]
    key: RowKey | None
    """None when it is not a row of ours."""

    @property
    def is_blank(self) -> bool:
        """Whether nobody wrote anything on it."""
        return not any(c.value is not None or c.comment for c in self.cells)


def row_key(tab: Tab, row: TabRow) -> RowKey | None:
    """Tell a row apart from others; None when it is not a row of the tab."""
    code = _words(row.text(_CUSTOMER[tab.name]))
    if not code:
        return None
    if tab is WITHOUT_RECIPIENT:
        return (code,)
    try:
        if tab is DUE_INVOICES:
            return (code, _words(row.text("Num fact")), row.day("Date ecriture"))
        return (
            code,
            _words(row.text("Numero de facture")),
            row.day("Date relance"),
            _NOT_A_FIGURE.sub("", row.text("Niveau de relance")),
            row.amount("D").cents,
            row.amount("C").cents,
        )
    except UnusableValueError:
        return None


def content_key(tab: Tab, row: Row) -> RowKey:
    """Tell a row to be written apart from others, as it will be read again."""
    cells: dict[str, CellValue] = {}
    for column, value in zip(tab.columns, row, strict=True):
        text = storable(value) if isinstance(value, str) else value
        cells[column.heading] = "" if text is None else text  # type: ignore[assignment]
    return row_key(tab, TabRow(tab.name, 0, cells, [])) or ()


def _words(text: str) -> str:
    return " ".join(text.split())


class SheetRows:
    """The rows under the headings of a tab, which may stand in any order."""

    def __init__(self, sheet: Worksheet, tab: Tab) -> None:
        self._sheet = sheet
        self._tab = tab
        header, self._columns = self._find_header()
        self._first = header + 1
        self._last, width = self._extent()
        self._rows = [
            self._kept(cells)
            for cells in sheet.iter_rows(self._first, self._last, max_col=width)
        ]
        self._styles = self._usual_styles()

    def replace(self, rows: Iterable[Row]) -> None:
        """Write rows in the place of those there; the user's own rows go below."""
        known: dict[RowKey, deque[_KeptRow]] = defaultdict(deque)
        for kept in self._rows:
            if kept.key:
                known[kept.key].append(kept)
        lines = []
        for row in rows:
            same = known.get(content_key(self._tab, row))
            lines.append((row, same.popleft() if same else None))
        foot = [kept for kept in self._rows if not kept.key and not kept.is_blank]
        self._write(self._first, lines, foot)

    def add(self, rows: Sequence[Row]) -> None:
        """Write rows under those there, which are left as they are."""
        last = max((kept.number for kept in self._rows if kept.key), default=0)
        start = max(last + 1, self._first)
        foot = [k for k in self._rows if k.number >= start and not k.is_blank]
        if rows:
            self._write(start, [(row, None) for row in rows], foot)

    def _write(
        self, start: int, lines: list[tuple[Row, _KeptRow | None]], foot: list[_KeptRow]
    ) -> None:
        sheet = self._sheet
        old_last = max((k.number for k in self._rows if k.key), default=start - 1)
        self._clear(start)
        number = start - 1
        for number, (row, kept) in enumerate(lines, start):
            self._write_row(number, row, kept)
        self._stretch(max(number, self._first - 1))
        for place, kept in enumerate(foot, number + 1):
            for column, cell in enumerate(kept.cells, 1):
                self._restore(sheet.cell(place, column), cell, kept.number)
                self._sum_up_to(sheet.cell(place, column), cell, old_last, number)

    def _write_row(self, number: int, row: Row, kept: _KeptRow | None) -> None:
        values = dict(zip((c.heading for c in self._tab.columns), row, strict=True))
        kinds = {c.heading: c.kind for c in self._tab.columns}
        width = max(len(self._styles), max(self._columns) + 1)
        for place in range(width):
            cell = self._sheet.cell(number, place + 1)
            if kept and place < len(kept.cells):
                self._restore(cell, kept.cells[place], kept.number)
            elif place < len(self._styles):
                cell._style = copy(self._styles[place])  # noqa: SLF001
            heading = self._columns.get(place)
            if heading:
                _put(cell, values[heading], NUMBER_FORMATS.get(kinds[heading]))

    def _restore(self, cell: Cell, kept: _KeptCell, was_on: int) -> None:
        cell._style = copy(kept.style)  # noqa: SLF001
        if kept.formula:
            moved = Translator(
                kept.formula, f"{get_column_letter(cell.column)}{was_on}"
            )
            cell.value = moved.translate_formula(cell.coordinate)
        elif isinstance(kept.value, str):
            put_text(cell, kept.value)
        else:
            cell.value = kept.value
        if kept.comment:
            cell.comment = copy(kept.comment)
        if kept.link:
            cell.hyperlink = copy(kept.link)

    def _sum_up_to(self, cell: Cell, kept: _KeptCell, old: int, new: int) -> None:
        """Let a total of the user, under the list, end where the list now ends."""
        if kept.formula:
            cell.value = re.sub(rf"(?<=[A-Za-z$]){old}\b", str(new), kept.formula)

    def _clear(self, start: int) -> None:
        sheet = self._sheet
        for merged in list(sheet.merged_cells.ranges):
            if merged.max_row >= start:
                sheet.unmerge_cells(str(merged))
        cells = sheet._cells  # noqa: SLF001 - as in _extent
        # Rows made ready below, with formats alone, stay ready.
        for place in [place for place in cells if start <= place[0] <= self._last]:
            del cells[place]
        for number, row in sheet.row_dimensions.items():
            if number >= self._first:  # a filter hid the rows that were there
                row.hidden = False

    def _extent(self) -> tuple[int, int]:
        """Find the last row and column where anything is written.

        One format on the last row of the sheet must not make a million rows of it,
        as all that openpyxl offers in the open would do.
        """
        cells = self._sheet._cells  # noqa: SLF001
        filled = [
            place for place, c in cells.items() if c.value is not None or c.comment
        ]
        rows, columns = zip(*filled, strict=True)
        return max(rows), max(columns)

    def _stretch(self, last: int) -> None:
        """Make filters and tables end where the rows end."""
        header = self._first - 1
        filtered = self._sheet.auto_filter
        if filtered.ref:
            filtered.ref = _down_to(filtered.ref, last)
        for table in self._sheet.tables.values():
            if range_boundaries(table.ref)[1] == header:
                # A table without any row is a damaged one.
                table.ref = _down_to(table.ref, max(last, header + 1))
                if table.autoFilter:
                    table.autoFilter.ref = table.ref

    def _find_header(self) -> tuple[int, dict[int, str]]:
        """Find the row of headings; those that lack are added on its right."""
        rows: list[list[CellValue]] = [
            ["" if c.value is None else str(c.value) for c in cells]
            for cells in self._sheet.iter_rows(max_row=HEADER_WITHIN)
        ]
        header, columns = find_header(self._tab, rows)
        filled = [n for n, text in enumerate(rows[header] if rows else []) if text]
        place = max(filled, default=-1) + 1
        for column in self._tab.columns:
            if column.heading not in columns.values():
                self._sheet.cell(header + 1, place + 1, column.heading)
                columns[place] = column.heading
                place += 1
        return header + 1, columns

    def _kept(self, cells: Sequence[Cell]) -> _KeptRow:
        values: dict[str, CellValue] = {}
        for place, heading in self._columns.items():
            value = cells[place].value if place < len(cells) else None
            if isinstance(value, CellRichText):
                value = str(value)
            values[heading] = "" if value is None else value
        number = cells[0].row
        row = TabRow(self._tab.name, number, values, [])
        key = row_key(self._tab, row)
        kept = tuple(_KeptCell.of(cell) for cell in cells)
        return _KeptRow(number, kept, key)

    def _usual_styles(self) -> list[StyleArray | None]:
        """Find how most rows look, so that new ones look the same."""
        ours = [kept for kept in self._rows if kept.key]
        columns = zip(*(kept.cells for kept in ours), strict=True)
        usual = []
        for cells in columns:
            looks = Counter(tuple(cell.style or ()) for cell in cells)
            most = looks.most_common(1)[0][0]
            usual.append(next(c.style for c in cells if tuple(c.style or ()) == most))
        return usual


def _put(cell: Cell, value: object, number_format: str | None) -> None:
    is_plain = cell.number_format == "General"
    if isinstance(value, str):
        text = storable(value)
        put_text(cell, text)
        if text.startswith(FORMULA_STARTS):
            cell.quotePrefix = True
        return
    cell.value = value
    if number_format and is_plain:  # the user's own format stays
        cell.number_format = number_format


def _down_to(reference: str, last: int) -> str:
    left, top, right, _bottom = range_boundaries(reference)
    return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{max(last, top)}"
