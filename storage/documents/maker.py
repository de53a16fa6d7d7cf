"""What customers receive, made from its content: the port of that name."""

from collections.abc import Sequence

from domain.dunning.case_file import CaseFile, MadeCase
from domain.dunning.letter import LetterBatch, LetterContent
from domain.dunning.printed_list import PrintedList
from domain.ports import ProgressTold
from storage.documents import emails, letters, pdf, templates
from storage.documents.refusals import LogoUnreadableError


class DocumentMaker:
    """Makes letters and e-mails; keeps nothing."""

    def letter_batch(
        self, letters: Sequence[LetterContent], progress: ProgressTold | None = None
    ) -> LetterBatch:
        """Make letters into one PDF for the printer, and one for each customer."""
        return pdf.letter_batch(letters, progress)

    def list_pdf(self, content: PrintedList) -> bytes:
        """Print a list of customers for the firm itself, in the letters' look."""
        return pdf.list_pdf(content)

    def case_file(self, case: CaseFile) -> MadeCase:
        """Make a « dossier de recouvrement », as one PDF and one ZIP."""
        return pdf.case_file(case)

    def pictures(self, pdf: bytes) -> list[bytes]:
        """Draw each page as a PNG, to be read on screen."""
        from storage.documents.pictures import pictures

        return pictures(pdf)

    def letter_html(self, letter: LetterContent) -> str:
        """Lay a letter out as a page to show on a screen."""
        return letters.letter_html(letter, stylesheet=letters.stylesheet())

    def email_html(self, letter: LetterContent, picture: str = "") -> str:
        """Lay an e-mail out; ``picture`` is where the QR code of its payment is."""
        return emails.email_html(letter, picture)

    def qr_png(self, payload: str) -> bytes:
        """Draw a SEPA QR code."""
        return letters.qr_png(payload)

    def email_text(self, letter: LetterContent) -> str:
        """Write an e-mail as plain text."""
        return emails.email_text(letter)

    def printable_logo(self, content: bytes) -> tuple[bytes, str]:
        """Reduce a picture to what letters print; give its kind (MIME) too."""
        from storage.documents.logo import printable_logo

        printable = printable_logo(content)
        if printable is None:
            raise LogoUnreadableError
        return printable

    def starting_texts(self) -> dict[tuple[str, str, str], tuple[str, str]]:
        """Read the wordings that ship: (key, channel, language) → subject, body."""
        return templates.starting_texts()
