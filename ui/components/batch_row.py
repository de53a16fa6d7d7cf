"""A batch of letters that waits to be confirmed printed."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from domain.usecases.delivering import cancel_batch
from domain.usecases.outbox import BatchRow
from ui import design, formatting
from ui.components.buttons import quiet_button, secondary_button
from ui.components.confirm_dialog import confirm
from ui.components.printed_dialog import printed_dialog
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext


def batch_row(session: Session, row: BatchRow, on_change: Callable[[], Any]) -> None:
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

    with ui.element("div").classes(design.LIST_ROW).mark("batch"):
        ui.icon(design.CHANNEL_ICONS["letter"])
        with ui.element("div").classes(design.LIST_MAIN):
            ui.label(
                ngettext("{count} letter", "{count} letters", row.waiting)
            ).classes(design.STRONG)
            ui.label(
                ngettext("{count} page", "{count} pages", batch.page_count)
            ).classes(design.SECONDARY_TEXT)
        ui.label(formatting.moment(batch.created_at)).classes(design.SECONDARY_TEXT)
        with ui.element("div").classes(design.ROW):
            secondary_button(_("Print or confirm…"), settle, icon="print").mark(
                "settle-batch"
            )
            quiet_button(_("Cancel the batch"), cancel)
