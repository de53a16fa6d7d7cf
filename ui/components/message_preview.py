"""A message as its customer will receive it."""

import asyncio
from base64 import b64encode
from collections.abc import Callable

from nicegui import ui

from domain.dunning.letter import LetterContent
from domain.dunning.scenario import Channel
from domain.ports import Documents
from domain.usecases.composing import Composed
from domain.usecases.emails import enclosed_invoices, sure_invoices
from ui import design, labels, text_words
from ui.components.text import secondary, section_title
from ui.session import Session
from ui.translation import _, ngettext


async def message_preview(session: Session, composed: Composed) -> None:
    """Draw an e-mail as mail programs show it, or a letter as it will be printed."""
    content = composed.content
    documents = session.outside.documents
    if composed.lacking_language:
        ui.label(
            _(
                "This customer reads in another language ({theirs}), in which there is"
                " no template: the message is in {used}.",
                theirs=text_words.language(composed.lacking_language),
                used=text_words.language(content.language),
            )
        ).classes(design.NOTICE_BOX).mark("lacking-language")
    if composed.message.channel is Channel.EMAIL:
        section_title(content.email_subject)
        recipients = ", ".join(composed.recipient.splitlines())
        secondary(_("To: {address}", address=recipients))
        if composed.copies:
            copies = ", ".join(composed.copies)
            secondary(_("Copy: {addresses}", addresses=copies))
        secondary(await _enclosures(session, composed))
        draw = await email_frame(documents, content)
        draw()
        return
    for doubt in content.address_doubts:
        secondary(
            _("To check before posting: {doubt}.", doubt=labels.address_doubt(doubt))
        )
    place = ui.element("div")
    draw = await letter_pages(documents, content)
    with place:
        draw()


async def email_frame(
    documents: Documents, content: LetterContent
) -> Callable[[], None]:
    """Make an e-mail; the answer draws it."""
    payload = content.payment.qr_payload if content.payment else ""
    picture = _png(documents.qr_png(payload)) if payload else ""
    html = await asyncio.to_thread(documents.email_html, content, picture)

    def draw() -> None:
        frame = ui.element("iframe").classes(design.EMAIL_PREVIEW).mark("email-preview")
        # Nothing in a message may run or load: the frame has no right at all.
        frame.props["sandbox"] = ""
        frame.props["title"] = content.subject
        frame.props["srcdoc"] = html

    return draw


async def letter_pages(
    documents: Documents, content: LetterContent
) -> Callable[[], None]:
    """Print a letter; the answer draws its pages."""
    batch = await asyncio.to_thread(documents.letter_batch, [content])
    pictures = await asyncio.to_thread(documents.pictures, batch.pdf)

    def draw() -> None:
        place = ui.element("div").classes(design.LETTER_PREVIEW)
        with place.mark("letter-preview"):
            for number, picture in enumerate(pictures, start=1):
                page = ui.image(_png(picture))
                page.props["alt"] = _("Page {number} of the letter", number=number)

    return draw


def _png(picture: bytes) -> str:
    return f"data:image/png;base64,{b64encode(picture).decode()}"


async def _enclosures(session: Session, composed: Composed) -> str:
    """Say which files go with an e-mail, and which invoices were not found."""
    if composed.by_hand:
        files = ", ".join(file.name for file in composed.by_hand.attachments)
        return _("Enclosed: {files}", files=files) if files else _("No file enclosed")
    invoices = await session.run(
        sure_invoices, session.entity_id, composed.message.items
    )
    found = enclosed_invoices(composed, invoices or {})
    names = [f"{composed.content.message_reference}.pdf", *(f.name for f in found)]
    enclosed = _("Enclosed: {files}", files=", ".join(names))
    asked = sum(1 for item in composed.message.items if not item.is_credit)
    missing = asked - len(found)
    if invoices is None or not missing:
        return enclosed
    lacking = ngettext(
        "{count} invoice not found in the folder, or to be checked",
        "{count} invoices not found in the folder, or to be checked",
        missing,
    )
    return f"{enclosed} – {lacking}"
