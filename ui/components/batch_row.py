"""A batch of letters: one that waits to be confirmed printed, or was posted."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from domain.usecases.outbox import BatchRow
from domain.usecases.posting import bound, show_batch, slip
from domain.usecases.printed_batches import cancel_batch
from ui import design, formatting
from ui.components.buttons import quiet_button, secondary_button
from ui.components.confirm_dialog import confirm
from ui.components.printed_dialog import hand_paper, printed_dialog
from ui.components.registered_dialog import registered_dialog
from ui.components.save_file import open_file, print_file
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext


def batch_row(
    session: Session, row: BatchRow, on_change: Callable[[], Any]
) -> ui.element:
    """Draw a batch: how many letters and pages, and its two gestures."""
    batch = row.batch

    async def settle() -> None:
        await printed_dialog(session, batch.id)
        await on_change()

    async def cancel() -> None:
        if not await confirm(
            _("Cancel this batch?"),
            _("Its letters count for nothing, and their invoices are proposed again."),
            _("Cancel the batch"),
            dangerous=True,
        ):
            return
        with refusals_shown():
            await session.run(cancel_batch, batch.id, session.now())
            await on_change()

    line = ui.element("div").classes(design.LIST_ROW).mark("batch")
    with line:
        ui.icon(design.CHANNEL_ICONS["letter"])
        with ui.element("div").classes(design.LIST_MAIN):
            _words(row)
        ui.label(formatting.moment(batch.created_at)).classes(design.SECONDARY_TEXT)
        with ui.element("div").classes(design.ROW):
            secondary_button(_("Print or confirm…"), settle, icon="print").mark(
                "settle-batch"
            )
            quiet_button(_("Cancel the batch"), cancel)
    return line


def posted_row(
    session: Session, row: BatchRow, on_change: Callable[[], Any]
) -> ui.element:
    """Draw a batch that was posted: printed again as it was, or followed."""
    batch = row.batch

    async def follow() -> None:
        view = await session.run(show_batch, batch.id)
        letters = [letter.message.id for letter in view.letters]
        await registered_dialog(session, on_change, letters)

    kind = "recommandes" if row.is_registered else "courriers"
    day = batch.confirmed_on or session.today()
    line = ui.element("div").classes(design.LIST_ROW).mark("posted-batch")
    with line:
        ui.icon(design.CHANNEL_ICONS["letter"])
        with ui.element("div").classes(design.LIST_MAIN):
            _words(row)
        ui.label(formatting.day(day)).classes(design.SECONDARY_TEXT)
        with ui.element("div").classes(design.ROW):
            if row.is_registered:
                quiet_button(_("Follow-up…"), follow, icon="how_to_reg").mark("follow")
            quiet_button(
                _("Print again"),
                lambda: hand_paper(
                    session, batch.id, bound, f"{kind}-{day:%Y-%m-%d}.pdf", print_file
                ),
                icon="print",
            ).mark("print-again")
            quiet_button(
                _("Posting slip"),
                lambda: hand_paper(
                    session,
                    batch.id,
                    slip,
                    f"bordereau-{kind}-{day:%Y-%m-%d}.pdf",
                    open_file,
                ),
                icon="receipt_long",
            )
    return line


def _words(row: BatchRow) -> None:
    """Say how many letters a batch holds, and of which kind."""
    if row.is_registered:
        text = ngettext(
            "{count} registered letter", "{count} registered letters", row.letters
        )
    else:
        text = ngettext("{count} letter", "{count} letters", row.letters)
    ui.label(text).classes(design.STRONG)
    if row.batch.page_count:
        ui.label(
            ngettext("{count} page", "{count} pages", row.batch.page_count)
        ).classes(design.SECONDARY_TEXT)
