"""What is worth remembering about a customer."""

from collections.abc import Sequence

from nicegui import ui

from domain.customers.agreements import Note
from ui import design, formatting
from ui.components.text import paragraph, secondary, section_title
from ui.translation import _


def notes_card(notes: Sequence[Note]) -> None:
    """Draw the notes, the latest first."""
    with ui.element("section").classes(design.CARD).mark("notes"):
        section_title(_("Notes"))
        if not notes:
            secondary(_("No note yet: what was said on the phone may go here."))
        for note in notes:
            with ui.element("div"):
                paragraph(note.text).classes(design.KEPT_LINES)
                secondary(formatting.moment(note.written_at))
