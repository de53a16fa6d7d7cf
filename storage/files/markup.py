"""Tables that packages write as a web page or as XML, often under the name .xls."""

import re
from collections.abc import Sequence
from datetime import datetime
from html.parser import HTMLParser

from domain.basics.text import squeezed
from domain.ledger.mapping import Cell, Rows
from storage.files.errors import DamagedWorkbookError, TooLargeError

# Two to three megabytes a second; 100,000 lines of a ledger take 17 MB.
_LARGEST = 40_000_000
_MOST_CELLS = 2_000_000
_MOST_TABLES = 50
_MOST_SPANNED = 300
_MOST_SKIPPED_ROWS = 10_000
_START = 4_096
_PAGE = re.compile(r"<(?:!doctype html|html|head|body|meta|table|center|div)\b")
_EXCEL_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
# What loads other files or fills memory; no spreadsheet writes any.
_TRAP = re.compile(r"<!(?:entity|element)|<!doctype[^>]{0,999}\[", re.IGNORECASE)
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "iso-8859-1": "cp1252",  # as browsers take it
    "latin1": "cp1252",
    "iso-8859-15": "iso-8859-15",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "us-ascii": "cp1252",
    "macintosh": "mac-roman",
}
_AMOUNT = re.compile(r".*\d[.,]\d\d\D{0,5}")
_UNSEEN = frozenset({"script", "style", "noscript", "template"})


def is_markup(content: bytes) -> bool:
    """Tell a web page, or the XML of Excel 2003, from other texts."""
    start = _decoded(content[:_START]).lstrip("\ufeff \t\r\n\0").casefold()
    return start.startswith("<") and bool(_PAGE.search(start) or _EXCEL_2003 in start)


def read_markup(name: str, content: bytes) -> dict[str, Rows]:
    """Read the tables of a page, by their rank, or the sheets of such a workbook.

    Raises:
        UnreadableFileError: it is too large, damaged or a trap.
    """
    if len(content) > _LARGEST:
        raise TooLargeError(file=name)
    text = _decoded(content)
    if _TRAP.search(text):
        raise DamagedWorkbookError(file=name)
    is_workbook = _EXCEL_2003 in text[:_START].casefold()
    reading = _Workbook() if is_workbook else _Page()
    try:
        # Never closed: what a cut file leaves open would be looked at again and again.
        reading.feed(text)
    except _TooManyCellsError as many:
        raise TooLargeError(file=name) from many
    except (AssertionError, ValueError, RecursionError) as e:
        raise DamagedWorkbookError(file=name) from e
    if reading.is_cut:
        raise DamagedWorkbookError(file=name)
    return reading.sheets()


def _decoded(content: bytes) -> str:
    for mark, codec in _MARKS.items():
        if content.startswith(mark):
            return content.decode(codec, "replace")
    if content[:4].count(0):
        codec = "utf-16-be" if content.startswith(b"\0") else "utf-16-le"
        return content.decode(codec, "replace")
    told = _CHARSET.search(content[:_START])
    codec = _CODECS.get(told[1].decode().casefold(), "") if told else ""
    try:
        return content.decode(codec or "utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


class _TooManyCellsError(Exception):
    """The tables would fill the memory."""


class _Table:
    """A table in the course of being read."""

    def __init__(self) -> None:
        self.rows: Rows = []
        self.size = 0
        self._below: dict[int, tuple[int, Cell]] = {}
        """Columns that a cell fills further down: until which row, and with what."""

    def add_row(self) -> None:
        """Begin a row."""
        self.size += 1
        self.rows.append([])
        self._fill_from_above()

    def add(self, cell: Cell, across: int = 1, down: int = 1) -> None:
        """Put a cell at the end of the row; those it spans across are empty."""
        if not self.rows:
            self.add_row()
        row = self.rows[-1]
        for spanned in (cell, *[""] * (across - 1)):
            if down > 1:
                last = len(self.rows) - 1 + down - 1
                self._below[len(row)] = (last, "" if _is_amount(spanned) else spanned)
            row.append(spanned)
        self.size += across
        self._fill_from_above()

    def _fill_from_above(self) -> None:
        row, here = self.rows[-1], len(self.rows) - 1
        while len(row) in self._below:
            last, cell = self._below[len(row)]
            if here > last:
                del self._below[len(row)]
                break
            row.append(cell)


class _Reading(HTMLParser):
    """What pages and workbooks have in common."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.is_cut = False
        """Whether the end is missing: nothing says how many rows went with it."""
        self.done: list[tuple[str, _Table]] = []
        self._size = 0
        self._texts: list[str] = []

    def sheets(self) -> dict[str, Rows]:
        """Give the tables that hold most, in their order."""
        largest = sorted(self.done, key=lambda named: -named[1].size)[:_MOST_TABLES]
        kept = [(name, t.rows) for name, t in self.done if (name, t) in largest]
        if len(kept) == 1:
            return {kept[0][0]: kept[0][1]}
        return {name or str(rank): rows for rank, (name, rows) in enumerate(kept, 1)}

    def handle_data(self, data: str) -> None:
        """Keep a piece of a cell's text."""
        self._texts.append(data)

    def _text(self) -> str:
        text = squeezed("".join(self._texts))
        self._texts.clear()
        return text

    def _end_table(self, name: str, table: _Table) -> None:
        self.done.append((name, table))
        self._size += table.size

    def _check_room(self, table: _Table) -> None:
        if self._size + table.size > _MOST_CELLS:
            raise _TooManyCellsError


class _Page(_Reading):
    """A web page: each table apart, those inside others too."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[_Table] = []
        self._spans: list[tuple[int, int] | None] = []
        """For each open table, how far its open cell goes, across and down."""
        self._unseen = 0

    def handle_starttag(
        self, tag: str, attrs: Sequence[tuple[str, str | None]]
    ) -> None:
        """Open a table, a row or a cell."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._texts.clear()
            self._open.append(_Table())
            self.is_cut = True
            self._spans.append(None)
        elif tag in {"br", "p", "div"}:
            self._texts.append(" ")
        elif self._open and tag == "tr":
            self._end_cell()
            self._open[-1].add_row()
        elif self._open and tag in {"td", "th"}:
            self._end_cell()
            told = dict(attrs)
            across, down = (_span(told.get(n)) for n in ("colspan", "rowspan"))
            self._spans[-1] = across, down

    def handle_endtag(self, tag: str) -> None:
        """Close what such a tag closes."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif self._open and tag in {"td", "th", "tr"}:
            self._end_cell()
        elif self._open and tag == "table":
            self._end_cell()
            self._spans.pop()
            self._end_table("", self._open.pop())
            self.is_cut = bool(self._open)

    def handle_data(self, data: str) -> None:
        """Keep what a reader sees."""
        if not self._unseen:
            super().handle_data(data)

    def _end_cell(self) -> None:
        text, span = self._text(), self._spans[-1]
        if span:
            self._open[-1].add(text, *span)
            self._check_room(self._open[-1])
        self._spans[-1] = None


class _Workbook(_Reading):
    """The XML that Excel 2003 writes: values with their kinds."""

    def __init__(self) -> None:
        super().__init__()
        self.is_cut = True
        self._name = ""
        self._table: _Table | None = None
        self._kind = ""
        self._across = 1
        self._value: Cell = ""

    def handle_starttag(
        self, tag: str, attrs: Sequence[tuple[str, str | None]]
    ) -> None:
        """Open a sheet, a row, a cell or its value."""
        told = {name.removeprefix("ss:"): value for name, value in attrs}
        match tag.removeprefix("ss:"), self._table:
            case "worksheet", _:
                self._name = told.get("name") or ""
            case "table", _:
                self._table = _Table()
            case "row", _Table() as table:
                self._skip(table, told.get("index"))
            case "cell", _Table() as table if table.rows:
                missing = _number(told.get("index")) - 1 - len(table.rows[-1])
                if missing > 0:
                    table.add("", min(missing, _MOST_SPANNED))
                self._across = 1 + min(_number(told.get("mergeacross")), _MOST_SPANNED)
                self._value = ""
            case "data", _:
                self._texts.clear()
                self._kind = told.get("type") or ""

    def handle_endtag(self, tag: str) -> None:
        """Close what such a tag closes."""
        match tag.removeprefix("ss:"), self._table:
            case "data", _:
                self._value = _typed(self._text(), self._kind)
            case "cell", _Table() as table if table.rows:
                table.add(self._value, self._across)
                self._check_room(table)
            case "table", _Table() as table:
                self._end_table(self._name, table)
                self._table = None
            case "workbook", _:
                self.is_cut = False

    def _skip(self, table: _Table, index: str | None) -> None:
        """Begin a row, which may tell that others before it are empty."""
        missing = _number(index) - 1 - len(table.rows)
        for _row in range(min(missing, _MOST_SKIPPED_ROWS)):
            table.add_row()
        table.add_row()
        self._check_room(table)


def _typed(text: str, kind: str) -> Cell:
    match kind:
        case "Number":
            return float(text) if text else ""
        case "DateTime":
            return datetime.fromisoformat(text) if text else ""
        case "Error":
            return ""
        case _:
            return text


def _span(text: str | None) -> int:
    return min(max(_number(text), 1), _MOST_SPANNED)


def _number(text: str | None) -> int:
    text = (text or "").strip()
    return int(text) if text.isdecimal() and len(text) < len("1000000") else 0


def _is_amount(cell: Cell) -> bool:
    """Said of several rows, an amount would count as many times."""
    return bool(_AMOUNT.fullmatch(str(cell)))
