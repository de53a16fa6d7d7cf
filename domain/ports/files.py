"""What reads and writes accounting files."""

from collections.abc import Collection, Mapping
from typing import Protocol

from domain.basics.progress import Tell, untold
from domain.basics.tables import TableContent, TableFormat
from domain.files import InvoiceFolder
from domain.ledger.import_report import SourceFile
from domain.ledger.mapping import Mapping as TableMapping
from domain.ledger.mapping import TableFile
from domain.ledger.workbook import WorkbookContent, WorkbookTab, WorkbookWritten


class LedgerFiles(Protocol):
    """Reads accounting files, and writes workbooks and tables."""

    def read(self, name: str, content: bytes, tell: Tell = untold) -> SourceFile:
        """Recognise and read a file, telling how far it is.

        Raises:
            UnreadableFileError: it is none of the formats known, or damaged.
        """
        ...

    def table(self, name: str, content: bytes) -> TableFile:
        """Open any table, its meaning not known yet.

        Raises:
            UnreadableFileError: it holds no table, or it is damaged.
        """
        ...

    def read_mapped(
        self, table: TableFile, mapping: TableMapping, name: str
    ) -> SourceFile:
        """Read a table as its mapping says; bad rows are told."""
        ...

    def invoices(self, folder: str) -> InvoiceFolder:
        """Open the folder of a firm's invoices; an empty name holds nothing."""
        ...

    def write_workbook(self, workbook: WorkbookContent) -> bytes: ...
    def update_workbook(
        self, file: str, workbook: WorkbookContent, tabs: Collection[WorkbookTab]
    ) -> WorkbookWritten:
        """Refresh tabs of the user's own workbook; refused, it stays as it was."""
        ...

    def write_table(self, table: TableContent, kind: TableFormat) -> bytes: ...
    def pack(self, files: Mapping[str, bytes]) -> bytes:
        """Put small files in one archive: the same files, the same bytes."""
        ...

    def unpack(
        self, name: str, content: bytes, wanted: Collection[str]
    ) -> Mapping[str, bytes]:
        """Take small files out of an archive that holds these only.

        Raises:
            UnreadableFileError: it holds anything else, too much, or is damaged.
        """
        ...
