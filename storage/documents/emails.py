"""From the content of a message to an e-mail, as HTML and as plain text."""

from domain.dunning.letter import LetterContent
from storage.documents.templates import environment


def email_html(letter: LetterContent, picture: str = "") -> str:
    """Lay an e-mail out in tables, which every mail reader draws.

    ``picture`` is where the QR code of its payment is; none where it is empty.
    """
    qr = picture if letter.payment and letter.payment.qr_payload else ""
    return environment().get_template("emails/base.html").render(letter=letter, qr=qr)


def email_text(letter: LetterContent) -> str:
    """Write the same e-mail for readers that show no HTML."""
    return environment().get_template("emails/base.txt").render(letter=letter)
