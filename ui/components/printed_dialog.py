"""Asks whether letters came out of the printer: only then do they count."""

from nicegui import ui

from domain.basics.identifiers import BatchId
from domain.usecases.delivering import confirm_printed
from domain.usecases.outbox import batch_pdf
from ui import design
from ui.components.buttons import primary_button, quiet_button, secondary_button
from ui.components.dialog import page_dialog
from ui.components.save_file import open_file, save_file
from ui.components.text import paragraph, section_title
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext


async def printed_dialog(session: Session, batch_id: BatchId) -> bool:
    """Hand the PDF over, then let the user say « imprimé », or see to it later.

    Returns whether the letters now count as sent.
    """
    name = f"courriers-{session.today():%Y-%m-%d}.pdf"
    content = await session.run(batch_pdf, batch_id)
    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG):
        section_title(_("The letters are ready"))
        paragraph(
            _(
                "Print the PDF, check the paper, put the letters in the post. They "
                "count as sent once you confirm; until then nothing changes, and the "
                "batch waits in the outbox."
            )
        )
        with ui.element("div").classes(design.ROW):
            secondary_button(
                _("Open the PDF"),
                lambda: open_file(name, content),
                icon="picture_as_pdf",
            )
            secondary_button(
                _("Save the PDF"), lambda: save_file(name, content), icon="save_alt"
            ).mark("save-pdf")
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Later"), lambda: dialog.submit(False))
            primary_button(
                _("Printed"), lambda: dialog.submit(True), icon="check"
            ).mark("printed")
    printed = await dialog
    dialog.delete()
    if not printed:
        return False
    with refusals_shown():
        count = await session.run(
            confirm_printed, batch_id, session.today(), session.now()
        )
        ui.notify(
            ngettext(
                "{count} letter counted as sent",
                "{count} letters counted as sent",
                count,
            ),
            type="positive",
        )
        return True
    return False
