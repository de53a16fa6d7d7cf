"""What a customer received, word for word, with its file."""

from collections.abc import Callable
from functools import partial
from typing import Any

from nicegui import ui

from domain.customers.activity import Activity
from domain.dunning.outbox import OutboxMessage
from domain.dunning.posting import grouped_number
from domain.dunning.scenario import Channel
from domain.usecases.customer_sheet import ActivityView
from ui import design, formatting, labels, post_words
from ui.components.buttons import quiet_button, secondary_button
from ui.components.dialog import page_dialog
from ui.components.invoice_button import InvoiceButtons, invoice_buttons
from ui.components.registered_dialog import registered_dialog
from ui.components.save_file import open_file, save_file
from ui.components.text import paragraph, secondary, section_title
from ui.session import Session
from ui.translation import _


async def activity_dialog(
    session: Session,
    view: ActivityView,
    customer_code: str,
    sheet: str = "",
    *,
    on_change: Callable[[], Any],
) -> None:
    """Show a message as it was sent: recipient, words, items, file.

    ``sheet`` is the address of the customer's sheet, where it is not shown behind.
    """
    activity = view.activity
    registered = view.registered

    async def follow(letter: OutboxMessage) -> None:
        dialog.close()
        await registered_dialog(session, on_change, [letter.id])

    items = [line.item for line in view.lines if line.item]
    invoices = await invoice_buttons(session, items)
    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG_WIDE):
        section_title(activity.subject or labels.activity_kind(activity.kind))
        secondary(_summary(activity))
        if registered:
            secondary(_posted(registered))
        if activity.body:
            with ui.element("div").classes(design.MESSAGE_TEXT):
                for words in activity.body.split("\n\n"):
                    paragraph(words)
        _items(view, invoices)
        with ui.element("div").classes(design.PAGE_ACTIONS):
            if sheet:
                ui.link(_("Customer sheet"), sheet)
            if registered:
                secondary_button(
                    _("Follow-up…"), partial(follow, registered), icon="how_to_reg"
                ).mark("follow")
            if view.document is not None:
                _file_button(activity, customer_code, view.document)
            quiet_button(_("Close"), dialog.close)
    await dialog
    dialog.delete()


def _summary(activity: Activity) -> str:
    parts = (
        labels.activity_kind(activity.kind, activity.level),
        formatting.day(activity.happened_on),
        labels.channel(activity.channel),
        activity.recipients.replace("\n", ", "),
        _("copy: {addresses}", addresses=activity.copies.replace("\n", ", "))
        if activity.copies
        else "",
        _("from {address}", address=activity.sender) if activity.sender else "",
        formatting.money(activity.amount) if activity.amount else "",
    )
    return " · ".join(part for part in parts if part)


def _posted(letter: OutboxMessage) -> str:
    """Name a registered letter by its number, and say where it is."""
    number = grouped_number(letter.registered_number)
    standing = labels.capitalised(post_words.standing(letter))
    if not number:
        return _("Registered letter. {standing}.", standing=standing)
    return _(
        "Registered letter {number}. {standing}.", number=number, standing=standing
    )


def _items(view: ActivityView, invoices: InvoiceButtons) -> None:
    """List what the message asked for, with what was left to pay then."""
    with ui.element("div").classes(design.PLAIN_TABLE):
        for line in view.lines:
            with ui.element("div").classes(design.PLAIN_ROW):
                item = line.item
                with ui.element("span").classes(design.NAMED_INVOICE):
                    if item:
                        invoices.button(item)
                    ui.label(item.reference if item else _("no longer in the books"))
                ui.label(
                    _("due on {day}", day=formatting.day(item.due_on if item else None))
                )
                ui.label(formatting.money(line.left)).classes(design.AMOUNT)


def _file_button(activity: Activity, code: str, content: bytes) -> None:
    stem = f"{code}-{activity.happened_on:%Y-%m-%d}"
    if activity.channel == Channel.LETTER:
        secondary_button(_("Open the PDF"), lambda: open_file(f"{stem}.pdf", content))
    else:
        secondary_button(
            _("Save the e-mail (.eml)"), lambda: save_file(f"{stem}.eml", content)
        )
