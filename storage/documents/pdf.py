"""Letters as PDF, once we know that this computer can make them."""

import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO

from domain.dunning.letter import LetterBatch, LetterContent
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

    Raises:
        PdfUnavailableError: the system lacks Pango.
        BatchStoppedError: ``progress`` asked to stop.
    """
    try:
        # WeasyPrint prints a banner before it gives up.
        with redirect_stdout(StringIO()):
            from storage.documents.press import print_letters
    except OSError as problem:
        command = _INSTALL.get(sys.platform, _INSTALL_ON_LINUX)
        raise PdfUnavailableError(command=command) from problem
    return print_letters(letters, progress)
