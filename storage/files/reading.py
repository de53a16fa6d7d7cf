"""Recognise what was dropped, by its content rather than its name."""

from domain.ledger.import_report import SourceFile
from domain.ledger.mapping import Mapping, TableFile
from domain.ports import WorkbookContent
from storage.files.errors import (
    EmptyFileError,
    ExcelLockFileError,
    TooLargeError,
    XmlFecError,
)
from storage.files.fec import read_fec
from storage.files.invoices import InvoiceFolder
from storage.files.sheets import OLE_MARK, ZIP_MARK

# Two million lines; beyond, the memory of a small laptop would not do.
_LARGEST = 300_000_000
_LOCK_NAMES = ("~$", ".~lock.")
# Excel's lock: the length of a user's name, the name, blanks, the name again.
_EXCEL_LOCK_SIZE = 165
_LONGEST_USER_NAME = 54
_XML_STARTS = (b"<?xml", b"<\0?")
_MARKS_AND_BLANKS = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"


class AccountingFiles:
    """Reads accounting files, and writes the per-entity workbook."""

    def read(self, name: str, content: bytes) -> SourceFile:
        """Recognise and read a file.

        Raises:
            UnreadableFileError: it is none of the formats known, or damaged.
        """
        start = _checked_start(name, content)
        if content.startswith((ZIP_MARK, OLE_MARK)):
            from storage.files.newton_workbook import read_workbook

            return read_workbook(name, content)
        if start.startswith(_XML_STARTS):
            raise XmlFecError(file=name)
        return read_fec(name, content)

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
        """List the folder of a firm's invoices; an empty name finds nothing."""
        return InvoiceFolder(folder)

    def write_workbook(self, workbook: WorkbookContent) -> bytes:
        """Make the per-entity workbook."""
        from storage.files.newton_writer import write_workbook

        return write_workbook(workbook)


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
