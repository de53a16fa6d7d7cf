"""The invoices' own PDFs, in the folder where the accounting package leaves them."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from domain.basics.errors import FolderUnreachableError
from domain.basics.identifiers import EntityId
from domain.ledger.invoice_file import InvoiceData, InvoiceFile, InvoiceProblem
from storage.files.pdf_reader import PdfReader

_ENDING = ".pdf"
_FIELDS = tuple(field.name for field in fields(InvoiceData))


class InvoiceFolder:
    """One folder; only the files in it are ever read, never one beside or below."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder).expanduser() if folder else None

    def listing(self) -> Mapping[str, tuple[int, int]]:
        """List the PDFs with their size and date; links elsewhere are left out.

        Raises:
            FolderUnreachableError: the folder is gone, or its disk is.
        """
        if self._folder is None:
            return {}
        try:
            with os.scandir(self._folder) as entries:
                return {
                    entry.name: (status.st_size, status.st_mtime_ns)
                    for entry in entries
                    if entry.name.lower().endswith(_ENDING)
                    and entry.is_file(follow_symlinks=False)
                    and (status := entry.stat(follow_symlinks=False))
                }
        except OSError as problem:
            raise FolderUnreachableError(folder=str(self._folder)) from problem

    def read(
        self, entity_id: EntityId, marks: Sequence[tuple[str, tuple[int, int]]]
    ) -> Iterator[InvoiceFile]:
        """Read the data inside files, one by one."""
        with PdfReader() as reader:
            for name, (size, modified_ns) in marks:
                path = self._path(name)
                data = (
                    reader.read(path)
                    if path
                    else InvoiceData(problem=InvoiceProblem.OUT_OF_REACH)
                )
                yield InvoiceFile(
                    entity_id=entity_id,
                    name=name,
                    size=size,
                    modified_ns=modified_ns,
                    **{field: getattr(data, field) for field in _FIELDS},
                )

    def content(self, name: str) -> bytes | None:
        """Read a file whole; None when it has gone."""
        path = self._path(name)
        try:
            return path.read_bytes() if path else None
        except OSError:
            return None

    def _path(self, name: str) -> Path | None:
        """Place a name in the folder; None where it would lead out of it."""
        if self._folder is None or not name.lower().endswith(_ENDING):
            return None
        path = self._folder / name
        is_inside = path.name == name and path.parent == self._folder
        return path if is_inside and not path.is_symlink() else None
