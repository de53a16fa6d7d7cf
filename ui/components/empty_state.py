"""A list without rows, or a page that cannot be shown: why, and what to do next."""

from contextlib import AbstractContextManager

from nicegui import ui

from ui import design
from ui.components.text import paragraph, section_title


def empty_state(
    heading: str, why: str = "", *, icon: str = "inbox"
) -> AbstractContextManager[ui.element]:
    """Say why there is nothing; draw the next gesture inside.

    ``with empty_state(_("No promise yet"), _("…")): primary_button(…)``
    """
    with ui.element("div").classes(design.EMPTY_STATE).mark("empty-state") as drawn:
        ui.icon(icon).classes(design.EMPTY_ICON).props("aria-hidden=true")
        section_title(heading)
        if why:
            paragraph(why)
    return drawn
