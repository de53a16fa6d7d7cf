"""Batches of letters, laid out one by one and bound for a duplex printer."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from threading import Lock

import pypdfium2
from weasyprint.document import Document

from domain.dunning.letter import LetterContent
from domain.ports import LetterBatch, LetterFile, ProgressTold
from storage.documents.engine import Engine
from storage.documents.letters import letter_html
from storage.documents.refusals import BatchStoppedError

LETTERS_IN_A_PART = 100
"""A page waiting to be written weighs about 1 MB: parts bound the memory."""

# Pango's fonts and PDFium belong to one thread at a time.
_one_at_a_time = Lock()


def print_letters(
    letters: Sequence[LetterContent], progress: ProgressTold | None
) -> LetterBatch:
    """Lay letters out one by one, and bind them.

    Raises:
        BatchStoppedError: ``progress`` asked to stop.
    """
    binding = _Binding()
    files: list[LetterFile] = []
    pictures: dict[str, object] = {}
    for letter in letters:
        with _one_at_a_time:
            document = _engine().render(letter_html(letter), pictures)
            pdf = document.write_pdf()
            binding.add(document)
        files.append(LetterFile(pdf=pdf, page_count=len(document.pages)))
        if progress and not progress(len(files), len(letters)):
            raise BatchStoppedError(done=len(files), total=len(letters))
    with _one_at_a_time:
        bound = binding.bound()
    return LetterBatch(pdf=bound, page_count=binding.page_count, letters=tuple(files))


@cache
def _engine() -> Engine:
    return Engine()


class _Binding:
    """Pages of letters in order, each letter starting on the front of a sheet."""

    def __init__(self) -> None:
        self.page_count = 0
        self._parts: list[bytes] = []
        self._documents: list[Document] = []

    def add(self, document: Document) -> None:
        """Put a letter after the others; their fonts are written once per part."""
        self._documents.append(document)
        if len(self._documents) == LETTERS_IN_A_PART:
            self._write_part()

    def bound(self) -> bytes:
        """Write everything as one PDF."""
        if self._documents:
            self._write_part()
        if len(self._parts) == 1:
            return self._parts[0]
        with pypdfium2.PdfDocument.new() as whole:
            for part in self._parts:
                with pypdfium2.PdfDocument(part) as source:
                    whole.import_pages(source)
            result = BytesIO()
            whole.save(result)
        return result.getvalue()

    def _write_part(self) -> None:
        pages = []
        for document in self._documents:
            if (self.page_count + len(pages)) % 2:
                pages.append(_engine().blank_page)
            pages += document.pages
        self.page_count += len(pages)
        self._parts.append(self._documents[0].copy(pages).write_pdf())
        self._documents = []
