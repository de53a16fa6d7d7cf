"""What an app that was not closed left: to read, to send oneself, or to delete."""

import asyncio

from nicegui import ui

from ui import design
from ui.components.buttons import danger_button, primary_button
from ui.components.dialog import page_dialog
from ui.components.text import paragraph, secondary, section_title
from ui.crash import CrashReport
from ui.translation import _


async def shown_crash(crash: CrashReport) -> bool:
    """Show a report; the answer tells whether the user deleted it."""
    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG):
        section_title(_("Relance stopped without being closed"))
        paragraph(
            _(
                "The computer was switched off, the program was ended, or it failed. "
                "This report stays on this computer and is never sent. It holds no "
                "address and no amount: you may give it to whoever helps you."
            )
        )
        ui.textarea(value=crash.details).props(
            f"{design.INPUT} readonly autogrow"
        ).props["aria-label"] = _("Report")
        secondary(str(crash.file))
        with ui.element("div").classes(design.PAGE_ACTIONS):
            danger_button(_("Delete the report"), lambda: dialog.submit(True)).mark(
                "delete-report"
            )
            primary_button(_("Close"), lambda: dialog.submit(False))
    is_deleted = bool(await dialog)
    dialog.delete()
    if is_deleted:
        await asyncio.to_thread(crash.delete)
    return is_deleted
