"""A key figure: what it is, how much, and a word about it."""

from nicegui import ui

from ui import design
from ui.design import Tone


def figure(
    label: str, value: str, note: str = "", *, tone: Tone | None = None, href: str = ""
) -> ui.element:
    """Draw a key figure; with ``href``, a click shows what it is made of."""
    drawn = ui.link(target=href) if href else ui.element("div")
    drawn.classes(design.FIGURE)
    if tone:
        drawn.classes(tone.css)
    with drawn:
        with ui.element("div").classes(design.FIGURE_LABEL):
            if tone:
                ui.icon(design.TONE_ICONS[tone]).props("aria-hidden=true")
            ui.label(label)
        ui.label(value).classes(design.FIGURE_VALUE)
        if note:
            ui.label(note).classes(design.SECONDARY_TEXT)
    return drawn
