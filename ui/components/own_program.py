"""Send an e-mail from the user's own program, and ask whether it left (row B17)."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from nicegui import ui

from domain.dunning.outbox import OutboxMessage
from domain.usecases.outbox import MessageView, show_message
from domain.usecases.waiting import sent_elsewhere
from ui import design
from ui.components.buttons import primary_button, quiet_button, secondary_button
from ui.components.dialog import page_dialog
from ui.components.save_file import open_file
from ui.components.text import paragraph, section_title
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _

# Outlook and others open a kept message as a draft when this header is there.
_AS_DRAFT = b"X-Unsent: 1\r\n"
_LONGEST_LINK = 1800
"""Signs; Windows and some browsers cut a longer mailto."""


async def own_program(
    session: Session, message: OutboxMessage, on_change: Callable[[], Awaitable[None]]
) -> None:
    """Offer the draft and the link, then close the loop: did it leave?"""
    view = await session.run(show_message, message.id)
    content = view.document
    if content is None:
        return

    async def draft() -> None:
        name = f"{view.customer.code}-{message.prepared_on:%Y-%m-%d}.eml"
        await open_file(name, _AS_DRAFT + content)

    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG):
        section_title(_("Send from your own mail program"))
        paragraph(
            _(
                "The draft opens with its recipients, its text and its attachments. "
                "The link writes the text only: attach the files yourself."
            )
        )
        with ui.element("div").classes(design.ROW):
            secondary_button(_("Open the draft (.eml)"), draft, icon="drafts").mark(
                "draft"
            )
            ui.link(_("Write by a link (mailto)"), mailto(view)).mark("mailto")
        paragraph(_("Did you send it?"))
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Not yet"), lambda: dialog.submit(False)).mark("not-yet")
            primary_button(_("Yes, it has left"), lambda: dialog.submit(True)).mark(
                "did-send"
            )
    has_left = await dialog
    dialog.delete()
    if has_left:
        with refusals_shown():
            today, now = session.today(), session.now()
            await session.run(sent_elsewhere, message.id, today, now)
            await on_change()


def mailto(view: MessageView) -> str:
    """Write the link that opens the user's program with the message in it."""
    message = view.message
    to = ",".join(
        quote(address, safe="@") for address in message.recipient.splitlines()
    )
    fields = {"subject": message.subject, "body": message.body}
    if message.copies:
        fields["cc"] = ",".join(message.copies.splitlines())
    words = "&".join(f"{name}={quote(text)}" for name, text in fields.items())
    link = f"mailto:{to}?{words}"
    # Cut between two signs, never inside the code of one.
    return (
        link if len(link) < _LONGEST_LINK else link[:_LONGEST_LINK].rpartition("%")[0]
    )
