"""Ask before doing what cannot be taken back."""

from nicegui import ui

from ui import design
from ui.components.buttons import danger_button, primary_button, quiet_button
from ui.components.dialog import page_dialog
from ui.components.text import paragraph, section_title
from ui.translation import _


async def confirm(
    question: str, consequence: str, verb: str, *, dangerous: bool = False
) -> bool:
    """Ask a question, say in a sentence what will happen, and wait for the answer.

    ``verb`` names the button: « Envoyer 42 e-mails », never « OK ».
    """
    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG):
        section_title(question)
        paragraph(consequence)
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Cancel"), lambda: dialog.submit(False))
            accept = danger_button if dangerous else primary_button
            accept(verb, lambda: dialog.submit(True)).mark("confirm")
    agreed = await dialog
    dialog.delete()
    return bool(agreed)
