"""Batches of letters, laid out one by one and bound for a duplex printer."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO

import pypdfium2

from domain.dunning.case_file import PrintedSheet
from domain.dunning.letter import LetterBatch, LetterContent, LetterFile
from domain.dunning.printed_list import PrintedList
from domain.ports import ProgressTold
from storage.documents.engine import Engine
from storage.documents.letters import letter_html, list_html, sheet_html
from storage.documents.refusals import BatchStoppedError
from storage.documents.turns import one_at_a_time

_A4_POINTS = (595.28, 841.89)


def print_letters(
    letters: Sequence[LetterContent], progress: ProgressTold | None
) -> LetterBatch:
    """Lay letters out one by one, then bind them.

    Each is written as soon as it is laid out: only its PDF stays in memory.

    Raises:
        BatchStoppedError: ``progress`` asked to stop.
    """
    files: list[LetterFile] = []
    pictures: dict[str, object] = {}
    for letter in letters:
        with one_at_a_time:
            document = _engine().render(letter_html(letter), pictures)
            pdf = document.write_pdf()
        files.append(LetterFile(pdf=pdf, page_count=len(document.pages)))
        if progress and not progress(len(files), len(letters)):
            raise BatchStoppedError(done=len(files), total=len(letters))
    with one_at_a_time:
        return _bound(files)


def print_list(content: PrintedList) -> bytes:
    """Lay a list of customers out."""
    with one_at_a_time:
        pdf: bytes = _engine().render(list_html(content), {}).write_pdf()
    return pdf


def print_sheet(sheet: PrintedSheet) -> bytes:
    """Lay out a sheet of the firm's own."""
    with one_at_a_time:
        pdf: bytes = _engine().render(sheet_html(sheet), {}).write_pdf()
    return pdf


@cache
def _engine() -> Engine:
    return Engine()


def _bound(files: Sequence[LetterFile]) -> LetterBatch:
    """Bind letters in order, each starting on the front of a sheet."""
    with pypdfium2.PdfDocument.new() as whole:
        for file in files:
            if len(whole) % 2:
                whole.new_page(*_A4_POINTS)
            with pypdfium2.PdfDocument(file.pdf) as letter:
                whole.import_pages(letter)
        result = BytesIO()
        whole.save(result)
        page_count = len(whole)
    return LetterBatch(
        pdf=result.getvalue(), page_count=page_count, letters=tuple(files)
    )
