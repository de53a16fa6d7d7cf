"""Letters as PDF, once we know that this computer can make them."""

import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO

from domain.dunning.calibration import CalibrationPage
from domain.dunning.case_file import CaseFile, MadeCase
from domain.dunning.letter import LetterBatch, LetterContent, LetterFile
from domain.dunning.posting import PostingSlip
from domain.dunning.printed_list import PrintedList
from domain.ports import ProgressTold
from storage.documents.refusals import PdfUnavailableError

_INSTALL = {
    "darwin": "brew install pango",
    "win32": "pacman -S mingw-w64-ucrt-x86_64-pango (MSYS2)",
}
_INSTALL_ON_LINUX = (
    "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0 libfontconfig1"
)


def letter_batch(
    letters: Sequence[LetterContent], progress: ProgressTold | None = None
) -> LetterBatch:
    """Make letters into one PDF for the printer, and one for each customer.

    Where ``progress`` asks to stop, only those made before it did.

    Raises:
        PdfUnavailableError: the system lacks Pango.
    """
    _check_system()
    from storage.documents.press import print_batch

    return print_batch(letters, progress)


def letter_files(
    letters: Sequence[LetterContent], progress: ProgressTold | None = None
) -> tuple[LetterFile, ...]:
    """Make letters, one PDF for each; only those made where ``progress`` stops it.

    Raises:
        PdfUnavailableError: the system lacks Pango.
    """
    _check_system()
    from storage.documents.press import print_letters

    return print_letters(letters, progress)


def list_pdf(content: PrintedList) -> bytes:
    """Print a list of customers.

    Raises:
        PdfUnavailableError: the system lacks Pango.
    """
    _check_system()
    from storage.documents.press import print_list

    return print_list(content)


def calibration_pdf(page: CalibrationPage) -> bytes:
    """Print the test page of a layout.

    Raises:
        PdfUnavailableError: the system lacks Pango.
    """
    _check_system()
    from storage.documents.press import print_calibration

    return print_calibration(page)


def slip_pdf(slip: PostingSlip) -> bytes:
    """Print a posting slip.

    Raises:
        PdfUnavailableError: the system lacks Pango.
    """
    _check_system()
    from storage.documents.press import print_slip

    return print_slip(slip)


def case_file(case: CaseFile) -> MadeCase:
    """Make a « dossier de recouvrement », as one PDF and one ZIP.

    Raises:
        PdfUnavailableError: the system lacks Pango.
    """
    _check_system()
    from storage.documents.case_file import make_case

    return make_case(case)


def _check_system() -> None:
    """Load what lays pages out, or tell how to install it."""
    try:
        # WeasyPrint prints a banner before it gives up.
        with redirect_stdout(StringIO()):
            import_module("storage.documents.press")
    except OSError as problem:
        command = _INSTALL.get(sys.platform, _INSTALL_ON_LINUX)
        raise PdfUnavailableError(command=command) from problem
