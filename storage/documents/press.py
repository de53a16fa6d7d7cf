"""Batches of letters, laid out one by one and bound for a duplex printer."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO

import pypdfium2

from domain.dunning.calibration import CalibrationPage
from domain.dunning.letter import LetterBatch, LetterContent, LetterFile
from domain.dunning.printed_list import PrintedList
from domain.ports import ProgressTold
from storage.documents.engine import Engine
from storage.documents.letters import (
    calibration_html,
    layout_style,
    letter_html,
    list_html,
)
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
            document = _engine().render(
                letter_html(letter), pictures, layout_style(letter.layout)
            )
            pdf = _engine().write(
                document, letter.data, archival=letter.layout.is_archival
            )
        files.append(LetterFile(pdf=pdf, page_count=len(document.pages)))
        if progress and not progress(len(files), len(letters)):
            raise BatchStoppedError(done=len(files), total=len(letters))
    with one_at_a_time:
        return _bound(files)


def print_list(content: PrintedList) -> bytes:
    """Lay a list of customers out."""
    return _printed(list_html(content))


def print_calibration(page: CalibrationPage) -> bytes:
    """Lay the test page out."""
    return _printed(calibration_html(page))


def _printed(html: str) -> bytes:
    with one_at_a_time:
        document = _engine().render(html, {})
        return _engine().write(document, archival=False)


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
