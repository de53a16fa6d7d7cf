"""The head of a page: its title on the left, its gestures on the right."""

from nicegui import ui

from ui import design
from ui.components.text import title


def page_head(text: str) -> ui.element:
    """Draw a page's title; draw its buttons inside, the primary one last.

    ``with page_head(_("Customers")): primary_button(…)``
    """
    with ui.element("div").classes(design.PAGE_HEAD):
        title(text)
        return ui.element("div").classes(design.PAGE_ACTIONS)
