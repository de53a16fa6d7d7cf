"""One letter after another, each as its own PDF."""

from domain.dunning.letter import LetterContent, LetterFile
from storage.documents.codes import qr_rows
from storage.documents.engine import Engine
from storage.documents.express import Forms, picture
from storage.documents.letters import layout_style, letter_html, qr_uri

_PICTURES_KEPT = 64
"""The logo is decoded once; codes to pay would pile up, each used by one letter."""
_CODE = "data:,code-to-pay"
"""Stands for the picture of a code to pay, which differs in every letter."""


class LetterPress:
    """Fills a form where one was kept of a letter alike, or lays a letter out."""

    def __init__(self, engine: Engine, forms: Forms) -> None:
        self._engine, self._forms = engine, forms
        self._pictures: dict[str, object] = {}
        self.laid_out = 0
        """Letters for which no form would do."""

    def printed(self, letter: LetterContent) -> LetterFile:
        """Make a letter, in the shortest way."""
        return self.filled(letter) or self._laid_out(letter)

    def filled(self, letter: LetterContent) -> LetterFile | None:
        """Fill a form with a letter; None where no form would do."""
        if letter.layout.is_archival:
            # It holds its data, and conforms to more than forms know of.
            return None
        payload = _payload(letter)
        pdf = self._forms.written(
            letter_html(letter, code=_CODE),
            layout_style(letter.layout),
            picture(qr_rows(payload)) if payload else b"",
        )
        return LetterFile(pdf=pdf, page_count=1) if pdf else None

    def _laid_out(self, letter: LetterContent) -> LetterFile:
        """Have WeasyPrint lay a letter out, and keep a form of it."""
        self.laid_out += 1
        if len(self._pictures) > _PICTURES_KEPT:
            self._pictures.clear()
        payload, style = _payload(letter), layout_style(letter.layout)
        html, code = letter_html(letter, code=_CODE), qr_uri(payload) if payload else ""
        document = self._engine.render(html.replace(_CODE, code), self._pictures, style)
        is_archival = letter.layout.is_archival
        if not is_archival and self._forms.learn(document, html, style, code):
            filled = self.filled(letter)
            if filled:
                return filled
        pdf = self._engine.write(document, letter.data, archival=is_archival)
        return LetterFile(pdf=pdf, page_count=len(document.pages))


def _payload(letter: LetterContent) -> str:
    return letter.payment.qr_payload if letter.payment else ""
