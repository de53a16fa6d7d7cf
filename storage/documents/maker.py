"""What customers receive, made from its content: the port of that name."""

from collections.abc import Sequence

from domain.dunning.calibration import CalibrationPage
from domain.dunning.case_file import CaseFile, MadeCase
from domain.dunning.letter import BoundLetter, LetterBatch, LetterContent, LetterFile
from domain.dunning.posting import PostingSlip
from domain.dunning.printed_list import PrintedList
from domain.ports import ProgressTold
from storage.documents import codes, emails, letters, pdf, templates
from storage.documents.refusals import DrawingRefusedError, LogoUnreadableError
from storage.documents.turns import one_at_a_time


class DocumentMaker:
    """Makes letters and e-mails; keeps nothing."""

    def letter_batch(
        self, letters: Sequence[LetterContent], progress: ProgressTold | None = None
    ) -> LetterBatch:
        """Make letters into one PDF for the printer, and one for each customer."""
        return pdf.letter_batch(letters, progress)

    def letter_files(
        self, letters: Sequence[LetterContent], progress: ProgressTold | None = None
    ) -> tuple[LetterFile, ...]:
        """Make letters, one PDF for each customer."""
        return pdf.letter_files(letters, progress)

    def list_pdf(self, content: PrintedList) -> bytes:
        """Print a list of customers for the firm itself, in the letters' look."""
        return pdf.list_pdf(content)

    def calibration_pdf(self, page: CalibrationPage) -> bytes:
        """Print the test page of a layout."""
        return pdf.calibration_pdf(page)

    def slip_pdf(self, slip: PostingSlip) -> bytes:
        """Print a posting slip, or the cover of a batch."""
        return pdf.slip_pdf(slip)

    def bound(self, letters: Sequence[BoundLetter]) -> bytes:
        """Bind letters made before, each on a fresh sheet, with bookmarks."""
        from storage.documents.binding import bound

        with one_at_a_time:
            return bound(letters)

    def page_counts(self, pdfs: Sequence[bytes]) -> list[int]:
        """Count the pages of each PDF."""
        from storage.documents.binding import page_counts

        with one_at_a_time:
            return page_counts(pdfs)

    def case_file(self, case: CaseFile) -> MadeCase:
        """Make a « dossier de recouvrement », as one PDF and one ZIP."""
        return pdf.case_file(case)

    def pictures(self, pdf: bytes) -> list[bytes]:
        """Draw each page as a PNG, to be read on screen."""
        from storage.documents.pictures import pictures

        return pictures(pdf)

    def letter_html(self, letter: LetterContent) -> str:
        """Lay a letter out as a page to show on a screen."""
        return letters.letter_html(
            letter,
            stylesheet=letters.stylesheet() + letters.layout_style(letter.layout),
        )

    def email_html(self, letter: LetterContent, picture: str = "") -> str:
        """Lay an e-mail out; ``picture`` is where the QR code of its payment is."""
        return emails.email_html(letter, picture)

    def qr_png(self, payload: str) -> bytes:
        """Draw a SEPA QR code."""
        return codes.qr_png(payload)

    def email_text(self, letter: LetterContent) -> str:
        """Write an e-mail as plain text."""
        return emails.email_text(letter)

    def printable_logo(self, content: bytes) -> tuple[bytes, str]:
        """Reduce a picture to what letters print; give its kind (MIME) too."""
        from storage.documents.logo import is_drawing, printable_logo

        printable = printable_logo(content)
        if printable is None:
            raise DrawingRefusedError if is_drawing(content) else LogoUnreadableError
        return printable

    def starting_texts(self) -> dict[tuple[str, str, str], tuple[str, str]]:
        """Read the wordings that ship: (key, channel, language) → subject, body."""
        return templates.starting_texts()

    def call_scripts(self) -> dict[tuple[str, str], str]:
        """Read what to say on the phone: (key, language) → words with tags."""
        return templates.call_scripts()

    def shipped_texts(self) -> dict[tuple[str, str, str, str], tuple[str, str]]:
        """Read the same in every tone: (key, channel, language, tone) → words."""
        return templates.shipped_texts()
