"""From the content of a message to an e-mail, as HTML and as plain text."""

from domain.dunning.letter import LetterContent
from storage.documents.templates import environment


def email_html(letter: LetterContent) -> str:
    """Lay an e-mail out in tables, which every mail reader draws."""
    return environment().get_template("emails/base.html").render(letter=letter)


def email_text(letter: LetterContent) -> str:
    """Write the same e-mail for readers that show no HTML."""
    return environment().get_template("emails/base.txt").render(letter=letter)
