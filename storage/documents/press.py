"""Batches of letters, laid out one by one and bound for a duplex printer."""

from collections.abc import Generator, Sequence
from contextlib import closing
from functools import cache

from domain.dunning.calibration import CalibrationPage
from domain.dunning.case_file import PrintedSheet
from domain.dunning.letter import (
    BoundLetter,
    LetterBatch,
    LetterContent,
    LetterFile,
    pages_bound,
)
from domain.dunning.posting import PostingSlip
from domain.dunning.printed_list import PrintedList
from domain.ports import ProgressTold
from storage.documents.binding import bound
from storage.documents.engine import Engine
from storage.documents.express import Forms
from storage.documents.letter_press import LetterPress
from storage.documents.letters import (
    calibration_html,
    list_html,
    sheet_html,
    slip_html,
)
from storage.documents.turns import one_at_a_time
from storage.documents.workshop import is_worth_it, made_apart


def print_letters(
    letters: Sequence[LetterContent], progress: ProgressTold | None
) -> tuple[LetterFile, ...]:
    """Lay letters out one by one: those made before it is stopped.

    Each is written as soon as it is laid out: only its PDF stays in memory.
    """
    files: list[LetterFile] = []
    with closing(_each(letters)) as made:
        for file in made:
            files.append(file)
            if progress and not progress(len(files), len(letters)):
                break
    return tuple(files)


def print_batch(
    letters: Sequence[LetterContent], progress: ProgressTold | None
) -> LetterBatch:
    """Lay letters out, then bind them."""
    files = print_letters(letters, progress)
    with one_at_a_time:
        whole = bound(
            [
                BoundLetter(title=_title(letter), pdf=file.pdf)
                for letter, file in zip(letters, files, strict=False)
            ]
        )
    pages = pages_bound([file.page_count for file in files])
    return LetterBatch(pdf=whole, page_count=pages, letters=files)


def _each(letters: Sequence[LetterContent]) -> Generator[LetterFile, None, None]:
    """Make letters in order, by several processes where it is sooner done."""
    done, before = 0, _press().laid_out
    while done < len(letters):
        if is_worth_it(_press().laid_out - before, len(letters) - done):
            break
        yield print_letter(letters[done])
        done += 1
    with closing(made_apart(letters[done:])) as apart:
        for file in apart:
            done += 1
            yield file
    for letter in letters[done:]:
        yield print_letter(letter)


def print_letter(letter: LetterContent) -> LetterFile:
    """Make a letter at once, as its own PDF."""
    with one_at_a_time:
        return _press().printed(letter)


def _title(letter: LetterContent) -> str:
    return next(iter(letter.recipient_lines), letter.customer_code)


def print_list(content: PrintedList) -> bytes:
    """Lay a list of customers out."""
    return _printed(list_html(content))


def print_calibration(page: CalibrationPage) -> bytes:
    """Lay the test page out."""
    return _printed(calibration_html(page))


def print_slip(slip: PostingSlip) -> bytes:
    """Lay a posting slip, or the cover of a batch, out."""
    return _printed(slip_html(slip))


def _printed(html: str) -> bytes:
    with one_at_a_time:
        document = _engine().render(html, {})
        return _engine().write(document, archival=False)


def print_sheet(sheet: PrintedSheet) -> bytes:
    """Lay out a sheet of the firm's own."""
    return _printed(sheet_html(sheet))


@cache
def _engine() -> Engine:
    return Engine()


@cache
def _press() -> LetterPress:
    return LetterPress(_engine(), Forms())
