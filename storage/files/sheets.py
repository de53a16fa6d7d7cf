"""Open a workbook somebody else made, without letting it harm the app."""

import re
import zlib
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from domain.basics.errors import UnreadableFileError
from storage.files.errors import (
    ArchiveError,
    DamagedWorkbookError,
    NotAnAccountingFileError,
    OtherSpreadsheetError,
    TooLargeError,
    WorkbookEncryptedError,
)
from storage.files.headings import plain

ZIP_MARK = b"PK"
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Begins workbooks of Excel before 2007, and whatever Office encrypts."""

Cell = int | float | str | bool | date | datetime | time | timedelta
Rows = list[list[Cell]]

# A ledger of 100,000 lines takes 60 MB once unpacked.
_MOST_UNPACKED = 200_000_000
# A whole sheet of eleven columns. Calamine reserves a rectangle around the
# cells filled, 32 bytes each: one stray cell far away asks for 500 GB and ends the app.
_MOST_CELLS = 12_000_000
_FILLED_CELL = re.compile(
    rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]+)([0-9]+)[\"'][^>]*(?<!/)>"
)
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=[\"']([0-9]{1,12})[\"']")
# No spreadsheet writes any: they are for reading other files, or for filling memory.
_ENTITIES = b"<!ENTITY"
_ENCRYPTED = 0x1
_EXCEL_ONLY = ("workbook.xml",)
_ANY_WORKBOOK = ("workbook.xml", "content.xml")


def read_tabs(name: str, content: bytes, wanted: Collection[str]) -> Mapping[str, Rows]:
    """Read the tabs wanted, by plain name, that a workbook has.

    Raises:
        UnreadableFileError: it is no workbook, is damaged, encrypted or a trap.
    """
    return _read(name, content, wanted, _EXCEL_ONLY)


def read_every_tab(name: str, content: bytes) -> Mapping[str, Rows]:
    """Read all the tabs of a workbook, OpenDocument ones too, by their own names.

    Raises:
        UnreadableFileError: it is no workbook, is damaged, encrypted or a trap.
    """
    return _read(name, content, None, _ANY_WORKBOOK)


def _read(
    name: str, content: bytes, wanted: Collection[str] | None, parts: tuple[str, ...]
) -> Mapping[str, Rows]:
    if content.startswith(OLE_MARK):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise WorkbookEncryptedError(file=name)
        found = _apart(content, wanted)
    else:
        check_package(name, content, parts)
        found = _calamine(content, wanted)
    if isinstance(found, type):
        raise found(file=name)
    return found


def check_package(
    name: str, content: bytes, wanted: tuple[str, ...] = _EXCEL_ONLY
) -> None:
    """Refuse what is not a workbook, and what would fill the memory."""
    left = _MOST_UNPACKED
    try:
        with ZipFile(BytesIO(content)) as package:
            _check_kind(name, [p.casefold() for p in package.namelist()], wanted)
            for part in package.infolist():
                if part.flag_bits & _ENCRYPTED:
                    raise WorkbookEncryptedError(file=name)
                with package.open(part) as stream:
                    unpacked = stream.read(left + 1)
                left -= len(unpacked)
                if _ENTITIES in unpacked:
                    raise DamagedWorkbookError(file=name)
                if left < 0 or _cells_spanned(unpacked) > _MOST_CELLS:
                    raise TooLargeError(file=name)
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as e:
        raise DamagedWorkbookError(file=name) from e


def _check_kind(name: str, parts: list[str], wanted: tuple[str, ...]) -> None:
    if any(part.endswith(wanted) for part in parts):
        return
    if "content.xml" in parts or any(part.endswith("workbook.bin") for part in parts):
        raise OtherSpreadsheetError(file=name)
    if "[content_types].xml" in parts:  # a letter, a presentation
        raise NotAnAccountingFileError(file=name)
    raise ArchiveError(file=name)


def _cells_spanned(part: bytes) -> int:
    """Count the cells of the rectangle around those a sheet fills."""
    if b"office:spreadsheet" in part:
        return max(map(_open_cells, part.split(b"<table:table ")), default=0)
    if b"sheetData" not in part:
        return 0
    columns, last_row = set(), 0
    for column, row in _FILLED_CELL.findall(part):
        columns.add(column.upper())
        last_row = max(last_row, int(row))
    return last_row * max(map(_column_number, columns), default=0)


def _open_cells(table: bytes) -> int:
    """Count them in a table of OpenDocument, where one row may stand for millions."""
    row, last_row, widest = 0, 0, 0
    for start in table.split(b"<table:table-row")[1:]:
        attributes, _end, cells = start.partition(b">")
        row += _repeats(attributes)
        if b"office:value-type" in cells or b"<text:p" in cells:
            starts = cells.split(b"<table:table-cell")[1:]
            widest = max(widest, sum(_repeats(c.partition(b">")[0]) for c in starts))
            last_row = row
    return last_row * widest


def _repeats(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    return int(found[1]) if found else 1


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _apart(
    content: bytes, wanted: Collection[str] | None
) -> Mapping[str, Rows] | type[UnreadableFileError]:
    """Read an old workbook in another process, which it can bring down.

    A few altered bytes make Calamine ask for terabytes, and the process ends.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    spawning = get_context("spawn")
    try:
        with ProcessPoolExecutor(max_workers=1, mp_context=spawning) as other:
            chosen = None if wanted is None else tuple(wanted)
            return other.submit(_calamine, content, chosen).result()
    except BrokenProcessPool:
        return DamagedWorkbookError


def _calamine(
    content: bytes, wanted: Collection[str] | None
) -> Mapping[str, Rows] | type[UnreadableFileError]:
    """Read tabs; refusals are returned, for another process cannot raise them."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        return {
            tab if wanted is None else plain(tab): list(
                workbook.get_sheet_by_name(tab).iter_rows()
            )
            for tab in workbook.sheet_names
            if wanted is None or plain(tab) in wanted
        }
    except PasswordError:
        return WorkbookEncryptedError
    except (CalamineError, OSError, ValueError):
        return DamagedWorkbookError
    except BaseException as panic:
        # Calamine is Rust: what it did not foresee is no Exception.
        if type(panic).__name__ != "PanicException":
            raise
        return DamagedWorkbookError
