"""What makes the documents that customers receive."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from domain.dunning.calibration import CalibrationPage
from domain.dunning.case_file import CaseFile, MadeCase
from domain.dunning.letter import BoundLetter, LetterBatch, LetterContent, LetterFile
from domain.dunning.posting import PostingSlip
from domain.dunning.printed_list import PrintedList
from domain.dunning.texts import Shipped


class ProgressTold(Protocol):
    """Called after each letter; returning False stops, and keeps those made."""

    def __call__(self, done: int, total: int) -> bool: ...


class Documents(Protocol):
    """Makes what customers receive."""

    def letter_batch(
        self, letters: Sequence[LetterContent], progress: ProgressTold | None = None
    ) -> LetterBatch:
        """Make letters and bind them; the first ones, where ``progress`` stopped it."""
        ...

    def letter_files(
        self, letters: Sequence[LetterContent], progress: ProgressTold | None = None
    ) -> tuple[LetterFile, ...]:
        """Make letters; the first of them only, where ``progress`` stopped it."""
        ...

    def list_pdf(self, content: PrintedList) -> bytes:
        """Print a list of customers for the firm itself, in the letters' look."""
        ...

    def calibration_pdf(self, page: CalibrationPage) -> bytes:
        """Print the test page of a layout, to be held against an envelope."""
        ...

    def slip_pdf(self, slip: PostingSlip) -> bytes:
        """Print a posting slip, or the cover of a batch."""
        ...

    def bound(self, letters: Sequence[BoundLetter]) -> bytes:
        """Bind letters made before, each on a fresh sheet, with bookmarks."""
        ...

    def page_counts(self, pdfs: Sequence[bytes]) -> list[int]: ...

    def case_file(self, case: CaseFile) -> MadeCase:
        """Make a « dossier de recouvrement », as one PDF and one ZIP."""
        ...

    def pictures(self, pdf: bytes) -> list[bytes]:
        """Draw each page as a PNG, to be read on screen."""
        ...

    def letter_html(self, letter: LetterContent) -> str: ...
    def email_html(self, letter: LetterContent, picture: str = "") -> str:
        """Lay an e-mail out; ``picture`` is where the QR code of its payment is."""
        ...

    def qr_png(self, payload: str) -> bytes: ...
    def email_text(self, letter: LetterContent) -> str: ...
    def printable_logo(self, content: bytes) -> tuple[bytes, str]:
        """Reduce a picture to what letters print; give its kind (MIME) too.

        Raises:
            LogoUnreadableError: it is no picture, or too large a one.
        """
        ...

    def starting_texts(self) -> Mapping[tuple[str, str, str], tuple[str, str]]:
        """Read the wordings that ship: (key, channel, language) → subject, body."""
        ...

    def call_scripts(self) -> Mapping[tuple[str, str], str]:
        """Read what to say on the phone: (key, language) → words with tags."""
        ...

    def shipped_texts(self) -> Shipped:
        """Read the same in every tone."""
        ...
