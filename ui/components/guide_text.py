"""A text of the guide, as it is read on its page and in the panel."""

from nicegui import ui

from ui import design
from ui.guide import Topic


def guide_text(topic: Topic) -> ui.html:
    """Draw the text of a topic, which ships with the app and is ours."""
    return ui.html(topic.html, sanitize=False).classes(design.GUIDE)
