"""Workbooks that are cut, locked, or made to fill the memory."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from domain.basics.errors import UnreadableFileError
from storage.files.errors import (
    ArchiveError,
    DamagedWorkbookError,
    NotAnAccountingFileError,
    OtherSpreadsheetError,
    TooLargeError,
    WorkbookEncryptedError,
)
from storage.files.reading import AccountingFiles
from storage.files.sheets import OLE_MARK
from tests.storage.test_fec import DATA
from tests.storage.test_newton_workbook import DUE, REMINDED, a_workbook, read

ASKS_FOR_TERABYTES = (2118, 2730)


def altered(change: Callable[[str, bytes], bytes]) -> bytes:
    """Make a workbook with some of its parts changed."""
    stream = BytesIO()
    with (
        ZipFile(BytesIO(a_workbook(due=[DUE]))) as good,
        ZipFile(stream, "w", ZIP_DEFLATED) as made,
    ):
        for name in good.namelist():
            made.writestr(name, change(name, good.read(name)))
    return stream.getvalue()


def archive(*names: str) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, b"content")
    return stream.getvalue()


def in_sheets(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    def change(name: str, part: bytes) -> bytes:
        return part.replace(old, new) if "worksheets/" in name else part

    return change


def test_a_workbook_changed_in_nothing_is_read() -> None:
    assert len(read(altered(lambda _name, part: part)).lines) == 1


def test_a_lone_cell_far_away_does_not_take_the_memory() -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'

    with pytest.raises(TooLargeError):
        read(altered(in_sheets(b"</sheetData>", far)))


def test_a_far_cell_with_a_format_and_nothing_in_it_does_no_harm() -> None:
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'

    assert len(read(altered(in_sheets(b"</sheetData>", far))).lines) == 1


def test_a_part_that_unpacks_to_gigabytes_is_refused() -> None:
    stream = BytesIO(a_workbook(due=[DUE]))
    with ZipFile(stream, "a", ZIP_DEFLATED) as package:
        package.writestr("xl/media/image1.png", bytes(201_000_000))

    assert len(stream.getvalue()) < 1_000_000
    with pytest.raises(TooLargeError):
        read(stream.getvalue())


def test_an_entity_that_expands_a_billion_times_is_not_expanded() -> None:
    laughs = b"<!DOCTYPE w [<!ENTITY a0 'ha'>" + b"".join(
        b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
    )

    def laughing(name: str, part: bytes) -> bytes:
        if "worksheets/" not in name:
            return part
        return laughs + b"]>" + part.replace(b"VE1", b"&a9;")

    try:
        found = read(altered(laughing)).lines
    except UnreadableFileError:
        found = []
    assert all(len(line.journal) < 1000 for line in found)


def test_a_workbook_cut_anywhere_is_refused() -> None:
    content = a_workbook([REMINDED], [DUE])

    for size in range(100, len(content), 97):
        with pytest.raises(UnreadableFileError):
            read(content[:size])


def test_a_workbook_altered_anywhere_is_refused_or_read_as_it_was() -> None:
    content = a_workbook([REMINDED], [DUE])
    whole = read(content).lines

    for place in range(0, len(content), 61):
        damaged = bytearray(content)
        damaged[place] ^= 0xFF
        try:
            source = read(bytes(damaged))
        except UnreadableFileError:
            continue
        assert source.lines == whole, place


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (archive("732829320FEC20261231.txt"), ArchiveError),
        (archive("[Content_Types].xml", "word/document.xml"), NotAnAccountingFileError),
        (archive("mimetype", "content.xml"), OtherSpreadsheetError),
        (archive("xl/workbook.bin"), OtherSpreadsheetError),
        (archive("xl/workbook.xml"), DamagedWorkbookError),
        (b"PK\x03\x04", DamagedWorkbookError),
        (OLE_MARK + b"EncryptedPackage".hex().encode(), DamagedWorkbookError),
        (
            OLE_MARK + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
            WorkbookEncryptedError,
        ),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", NotAnAccountingFileError),
        (bytes(range(256)) * 4, NotAnAccountingFileError),
    ],
)
def test_what_is_no_workbook_is_refused_for_its_reason(
    content: bytes, refusal: type[UnreadableFileError]
) -> None:
    with pytest.raises(refusal, match=r"^clients\.xlsx "):
        AccountingFiles().read("clients.xlsx", content)


def test_an_old_workbook_that_ends_its_reader_does_not_end_the_app() -> None:
    content = (DATA / "newton_excel_97.xls").read_bytes()
    whole = read(content)

    for place in ASKS_FOR_TERABYTES:
        damaged = bytearray(content)
        damaged[place] ^= 0xFF
        try:  # a large machine may grant what is asked
            assert read(bytes(damaged)).lines == whole.lines
        except DamagedWorkbookError:
            continue
