"""A message of the outbox, word for word, with its file."""

from nicegui import ui

from domain.dunning.scenario import Channel
from domain.dunning.throttle import Attempt
from domain.usecases.outbox import MessageView
from ui import design, formatting, labels
from ui.components.buttons import quiet_button, secondary_button
from ui.components.dialog import page_dialog
from ui.components.invoice_button import invoice_buttons
from ui.components.save_file import open_file, save_file
from ui.components.text import paragraph, secondary, section_title
from ui.session import Session
from ui.translation import _


async def message_dialog(session: Session, view: MessageView, sheet: str = "") -> None:
    """Show a message as prepared: recipient, items, words, file.

    ``sheet`` is the address of the customer's sheet, where it is a click away.
    """
    message = view.message
    invoices = await invoice_buttons(session, view.items)
    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG_WIDE):
        section_title(message.subject)
        secondary(
            _(
                "{kind} to {recipient}, {amount}",
                kind=labels.step_kind(message.kind, message.level),
                recipient=message.recipient.replace("\n", ", "),
                amount=formatting.money(message.total),
            )
        )
        if message.copies:
            copies = message.copies.replace("\n", ", ")
            secondary(_("Copy: {addresses}", addresses=copies))
        with ui.element("div").classes(design.ROW):
            for item in view.items:
                with ui.element("span").classes(design.NAMED_INVOICE):
                    invoices.button(item)
                    secondary(item.reference)
        with ui.element("div").classes(design.MESSAGE_TEXT):
            for words in message.body.split("\n\n"):
                paragraph(words)
        for attempt in view.attempts:
            secondary(_tried(attempt))
        with ui.element("div").classes(design.PAGE_ACTIONS):
            if sheet:
                ui.link(_("Customer sheet"), sheet)
            if view.document is not None:
                _file_button(view, view.document)
            quiet_button(_("Close"), dialog.close)
    await dialog
    dialog.delete()


def _tried(attempt: Attempt) -> str:
    """Say when it was handed to a server, and what the server said."""
    moment = formatting.moment(attempt.began_at)
    if attempt.ended_at is None:
        return _("{moment}: handed over, no answer was kept.", moment=moment)
    words = _(attempt.answer) if attempt.answer else _("No answer.")
    return _("{moment}: {answer}", moment=moment, answer=words)


def _file_button(view: MessageView, content: bytes) -> None:
    day = f"{view.message.prepared_on:%Y-%m-%d}"
    stem = f"{view.customer.code}-{day}"
    if view.message.channel is Channel.LETTER:
        secondary_button(_("Open the PDF"), lambda: open_file(f"{stem}.pdf", content))
    else:
        secondary_button(
            _("Save the e-mail (.eml)"), lambda: save_file(f"{stem}.eml", content)
        )
