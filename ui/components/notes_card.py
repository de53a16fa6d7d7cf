"""What is worth remembering about a customer."""

from collections.abc import Callable
from functools import partial
from typing import Any

from nicegui import ui

from domain.customers.agreements import Note
from domain.usecases.customer_sheet import CustomerSheet
from ui import design, formatting
from ui.components.buttons import icon_button
from ui.components.text import paragraph, secondary, section_title
from ui.translation import _


def notes_card(
    sheet: CustomerSheet,
    on_edit: Callable[[Note], Any],
    on_remove: Callable[[Note], Any],
) -> None:
    """Draw the notes, the latest first, each to correct or remove."""
    with ui.element("section").classes(design.CARD).mark("notes"):
        section_title(_("Notes"))
        if not sheet.notes:
            secondary(_("No note yet: what was said on the phone may go here."))
        for note in sheet.notes:
            with ui.element("div").classes(design.NOTE):
                with ui.element("div"):
                    paragraph(note.text).classes(design.KEPT_LINES)
                    about = sheet.reference(note.item_id) if note.item_id else ""
                    written = formatting.moment(note.written_at)
                    secondary(" · ".join(filter(None, (about, written))))
                with ui.element("div").classes(design.ROW):
                    icon_button(
                        "edit", _("Correct this note"), partial(on_edit, note)
                    ).mark("edit-note")
                    icon_button(
                        "delete_outline",
                        _("Remove this note"),
                        partial(on_remove, note),
                    ).mark("remove-note")
