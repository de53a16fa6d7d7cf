"""Recognise what was dropped, by its content rather than its name."""

from collections.abc import Collection
from collections.abc import Mapping as ByName
from pathlib import Path

from domain.basics.collecting import rarely_collecting
from domain.basics.progress import Tell, untold
from domain.basics.tables import TableContent, TableFormat
from domain.files import InvoiceFolder
from domain.ledger.import_report import SourceFile
from domain.ledger.mapping import Mapping, TableFile
from domain.ledger.workbook import WorkbookContent, WorkbookTab, WorkbookWritten
from storage.files.cegid_tra import looks_like_cegid_tra, read_cegid_tra
from storage.files.errors import (
    EmptyFileError,
    ExcelLockFileError,
    NotAnAccountingFileError,
    TooLargeError,
    XmlFecError,
)
from storage.files.fec import read_fec
from storage.files.journals import numbered
from storage.files.markup import is_markup
from storage.files.quadratus import looks_like_quadratus, read_quadratus
from storage.files.rimport import looks_like_rimport, read_rimport
from storage.files.sage_text import looks_like_sage_text, read_sage_text
from storage.files.sheets import OLE_MARK, ZIP_MARK
from storage.files.text_lines import text_lines
from storage.files.ximport import looks_like_ximport, read_ximport

# Two million lines; beyond, the memory of a small laptop would not do.
_LARGEST = 300_000_000
_LOCK_NAMES = ("~$", ".~lock.")
# Excel's lock: the length of a user's name, the name, blanks, the name again.
_EXCEL_LOCK_SIZE = 165
_LONGEST_USER_NAME = 54
_XML_STARTS = (b"<?xml", b"<\0?")
_MARKS_AND_BLANKS = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"

# Named layouts, and how their first lines look. The FEC takes what they leave.
_LAYOUTS = (
    (looks_like_cegid_tra, read_cegid_tra),
    (looks_like_rimport, read_rimport),
    (looks_like_sage_text, read_sage_text),
    (looks_like_quadratus, read_quadratus),
    (looks_like_ximport, read_ximport),
)
_FIRST_BYTES = 1 << 16


class AccountingFiles:
    """Reads accounting files, and writes workbooks and tables."""

    @rarely_collecting()
    def read(self, name: str, content: bytes, tell: Tell = untold) -> SourceFile:
        """Recognise and read a file.

        Raises:
            UnreadableFileError: it is none of the formats known, or damaged.
        """
        start = _checked_start(name, content)
        if content.startswith((ZIP_MARK, OLE_MARK)):
            from storage.files.newton_workbook import read_workbook

            return read_workbook(name, content)
        if is_markup(content):
            raise NotAnAccountingFileError(file=name)
        if start.startswith(_XML_STARTS):
            raise XmlFecError(file=name)
        first = _first_lines(content)
        for looks_like, read_layout in _LAYOUTS:
            if looks_like(first):
                return read_layout(name, content)
        return read_fec(name, content, tell)

    def table(self, name: str, content: bytes) -> TableFile:
        """Open any table, its meaning not known yet.

        Raises:
            UnreadableFileError: it holds no table, or it is damaged.
        """
        from storage.files.table_reading import read_table

        _checked_start(name, content)
        return read_table(name, content)

    def read_mapped(self, table: TableFile, mapping: Mapping, name: str) -> SourceFile:
        """Read a table as its mapping says."""
        from storage.files.mapped_reading import read_mapped

        return read_mapped(table, mapping, name)

    def invoices(self, folder: str) -> InvoiceFolder:
        """Open the folder of a firm's invoices; an empty name holds nothing."""
        from storage.files.invoices import InvoiceFolder as FolderOfPdfs

        return FolderOfPdfs(folder)

    def write_workbook(self, workbook: WorkbookContent) -> bytes:
        """Make the per-entity workbook."""
        from storage.files.newton_writer import write_workbook

        return write_workbook(workbook)

    def update_workbook(
        self, file: str, workbook: WorkbookContent, tabs: Collection[WorkbookTab]
    ) -> WorkbookWritten:
        """Refresh tabs of the user's own workbook, made whole if it is not there."""
        from storage.files.workbook_update import update_workbook

        return update_workbook(Path(file), workbook, tabs)

    def write_table(self, table: TableContent, kind: TableFormat) -> bytes:
        """Make a file of a table, for a spreadsheet."""
        from storage.files.table_writer import write_table

        return write_table(table, kind)

    def pack(self, files: ByName[str, bytes]) -> bytes:
        """Put small files in one archive: the same files, the same bytes."""
        from storage.files.archive import pack

        return pack(files)

    def unpack(
        self, name: str, content: bytes, wanted: Collection[str]
    ) -> ByName[str, bytes]:
        """Take small files out of an archive that holds these only."""
        from storage.files.archive import unpack

        return unpack(name, content, wanted)


def _first_lines(content: bytes) -> list[str]:
    """Decode the lines at the start of a file, but one that the start cuts."""
    lines = [line for _, line in numbered(text_lines(content[:_FIRST_BYTES]))]
    return lines if len(content) <= _FIRST_BYTES else lines[:-1]


def _checked_start(name: str, content: bytes) -> bytes:
    """Refuse what cannot be a file of accounts at all; give how it begins."""
    if _is_lock(name, content):
        raise ExcelLockFileError(file=name)
    if len(content) > _LARGEST:
        raise TooLargeError(file=name)
    start = content[:_EXCEL_LOCK_SIZE].lstrip(_MARKS_AND_BLANKS)
    if not start and not content.strip(_MARKS_AND_BLANKS):
        raise EmptyFileError(file=name)
    return start


def _is_lock(name: str, content: bytes) -> bool:
    if name.startswith(_LOCK_NAMES):
        return True
    return (
        len(content) == _EXCEL_LOCK_SIZE
        and 0 < content[0] <= _LONGEST_USER_NAME
        and not content[1 + content[0] : _LONGEST_USER_NAME].strip(b" \0")
    )
