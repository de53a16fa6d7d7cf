"""What was sent, kept word for word in files named by their SHA-256.

They stand in a folder beside the books, are written once and never again. Books
without a folder, and copies that must be one file, keep them inside.
"""

import os
import sqlite3
import zlib
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from domain.basics.errors import NotFoundError
from domain.basics.file_problems import FileNotWrittenError, why
from domain.basics.identifiers import DocumentId
from domain.basics.sentences import N_
from domain.dunning.journal import Fault
from domain.dunning.proof import DocumentAlteredError

FOLDER = "documents"
_ENDINGS = {
    "message/rfc822": ".eml",
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
}
_AT_ONCE = 50
"""Files moved out in one transaction."""


class Shelf:
    """Files of the books, each under the SHA-256 of its content."""

    def __init__(self, connection: sqlite3.Connection, folder: Path | None) -> None:
        self._connection = connection
        self._folder = folder

    def save(self, name: str, mime: str, content: bytes) -> DocumentId:
        """Keep a file once, however often it is saved, named by its content.

        Raises:
            FileNotWrittenError: the disk is full, or the folder cannot be written.
        """
        document_id = DocumentId(sha256(content).hexdigest())
        known = self._row(document_id)
        if known and not known[0]:
            return document_id
        if self._folder is None:
            self._insert(document_id, name, mime, content)
            return document_id
        file = self._file(document_id, known[1] if known else mime)
        if not file.exists():
            self._write(file, content)
        if not known:
            self._connection.execute(
                "INSERT INTO documents"
                " (id, name, mime, is_compressed, content, is_outside)"
                " VALUES (?, ?, ?, 0, x'', 1)",
                (document_id, name, mime),
            )
        return document_id

    def read(self, document_id: DocumentId) -> bytes:
        """Read a file whole.

        Raises:
            NotFoundError: it is not known, or its file has gone.
            DocumentAlteredError: its file is no longer what was saved.
        """
        content = self._content(document_id)
        if content is None:
            raise NotFoundError(thing=N_("document"), name=document_id)
        if sha256(content).hexdigest() != document_id:
            raise DocumentAlteredError(name=document_id)
        return content

    def fault(self, document_id: DocumentId) -> Fault | None:
        """Say what is wrong with a file, if anything."""
        if self._is_erased(document_id):
            return None
        content = self._content(document_id)
        if content is None:
            return Fault.MISSING
        is_same = sha256(content).hexdigest() == document_id
        return None if is_same else Fault.ALTERED

    def forget(self) -> None:
        """Delete the files that the books say are erased, where they still are.

        One that another program holds goes at the next start.
        """
        rows = self._connection.execute(
            "SELECT id, mime FROM documents"
            " WHERE id IN (SELECT document_id FROM erased_documents)"
        )
        for document_id, mime in rows.fetchall() if self._folder else ():
            with suppress(OSError):
                self._file(DocumentId(document_id), mime).unlink(missing_ok=True)

    @staticmethod
    def ending(mime: str) -> str:
        """Tell how the names of such files end."""
        return _ENDINGS.get(mime, "")

    def names(self) -> dict[DocumentId, str]:
        """List the files known, with the names they were saved under."""
        rows = self._connection.execute("SELECT id, name FROM documents ORDER BY rowid")
        return {DocumentId(key): name for key, name in rows}

    def strays(self) -> list[str]:
        """List the files that the books do not know; a crash may leave one."""
        if self._folder is None or not self._folder.is_dir():
            return []
        rows = self._connection.execute(
            "SELECT id, mime FROM documents WHERE is_outside"
        )
        known = {self._file(DocumentId(key), mime) for key, mime in rows}
        return [
            str(file.relative_to(self._folder))
            for file in sorted(self._folder.rglob("*"))
            if file.is_file() and file not in known
        ]

    def take_out(self) -> None:
        """Move the files that stand in the books to their folder, little by little.

        Where the disk is full they stay where they are, as readable as before.
        """
        with suppress(FileNotWrittenError):
            while self._folder and (batch := self._inside()):
                for document_id, mime in batch:
                    content = self._content(document_id)
                    if content is not None:
                        self._write(self._file(document_id, mime), content)
                self._connection.executemany(
                    "UPDATE documents SET is_outside = 1, is_compressed = 0,"
                    " content = x'' WHERE id = ?",
                    [(document_id,) for document_id, _mime in batch],
                )

    def bring_in(self, copy: sqlite3.Connection) -> None:
        """Put the files inside a copy of the books: it is complete in one file."""
        rows = copy.execute("SELECT id FROM documents WHERE is_outside").fetchall()
        for (document_id,) in rows:
            content = self._content(document_id)
            if content is not None:
                kept, is_compressed = _squeezed(content)
                copy.execute(
                    "UPDATE documents SET is_outside = 0, is_compressed = ?,"
                    " content = ? WHERE id = ?",
                    (is_compressed, kept, document_id),
                )

    def _inside(self) -> list[tuple[DocumentId, str]]:
        """Find some that stand in the books, whole: a damaged one is not moved."""
        rows = self._connection.execute(
            "SELECT id, mime FROM documents WHERE NOT is_outside"
        ).fetchall()
        whole = ((key, mime) for key, mime in rows if self.fault(key) is None)
        return [found for found, _ in zip(whole, range(_AT_ONCE), strict=False)]

    def _is_erased(self, document_id: DocumentId) -> bool:
        found = self._connection.execute(
            "SELECT 1 FROM erased_documents WHERE document_id = ?", (document_id,)
        )
        return found.fetchone() is not None

    def _row(self, document_id: DocumentId) -> tuple[int, str] | None:
        row: tuple[int, str] | None = self._connection.execute(
            "SELECT is_outside, mime FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        return row

    def _content(self, document_id: DocumentId) -> bytes | None:
        row = self._connection.execute(
            "SELECT is_outside, mime, is_compressed, content FROM documents"
            " WHERE id = ?",
            (document_id,),
        ).fetchone()
        if row is None:
            return None
        is_outside, mime, is_compressed, content = row
        if not is_outside:
            with suppress(zlib.error):
                return zlib.decompress(content) if is_compressed else bytes(content)
            return b""
        try:
            return self._file(document_id, mime).read_bytes()
        except OSError:
            return None

    def _insert(
        self, document_id: DocumentId, name: str, mime: str, content: bytes
    ) -> None:
        kept, is_compressed = _squeezed(content)
        self._connection.execute(
            "INSERT INTO documents (id, name, mime, is_compressed, content)"
            " VALUES (?, ?, ?, ?, ?)",
            (document_id, name, mime, is_compressed, kept),
        )

    def _file(self, document_id: DocumentId, mime: str) -> Path:
        folder = self._folder or Path(FOLDER)
        ending = self.ending(mime)
        return folder / document_id[:2] / document_id[2:4] / f"{document_id}{ending}"

    def _write(self, file: Path, content: bytes) -> None:
        """Write a file that appears only once it is whole and on the disk itself."""
        part = file.with_name(f"{file.name}.part")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as opened:
                opened.write(content)
                opened.flush()
                os.fsync(opened.fileno())
            part.chmod(0o400)  # nobody edits it by mistake
            part.replace(file)
            _flush_folders(file.parent)
        except OSError as problem:
            with suppress(OSError):
                part.unlink()
            raise FileNotWrittenError(file=str(file), reason=why(problem)) from problem


def _squeezed(content: bytes) -> tuple[bytes, int]:
    squeezed = zlib.compress(content)
    is_smaller = len(squeezed) < len(content)
    return (squeezed if is_smaller else content), int(is_smaller)


def _flush_folders(folder: Path) -> None:
    """Wait until the names of a file and of its folders are on the disk."""
    if os.name == "nt":  # folders cannot be opened there
        return
    for one in (folder, folder.parent, folder.parent.parent):
        opened = os.open(one, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
