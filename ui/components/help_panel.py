"""« Aide »: the page of the guide about this screen, beside it."""

from collections.abc import Sequence
from functools import partial

from nicegui import events, ui

from ui import addresses, design
from ui.components.buttons import icon_button, quiet_button
from ui.components.guide_text import guide_text
from ui.components.text import section_title
from ui.guide import Topic, topic_at, topic_name, topics
from ui.page import Page
from ui.translation import _

_FOLLOWED_HERE = """(event) => {
    const to = event.target.closest('a')?.getAttribute('href');
    if (to?.startsWith('/help/')) { event.preventDefault(); emit(to); }
}"""
"""Going to the guide's own screen would lose what is being typed on this one."""


def help_button(page: Page | None) -> None:
    """Draw the button that explains the screen; F1 presses it too."""
    topic = topics().get(topic_name(page.path)) if page else None

    def show() -> None:
        if topic is None:
            ui.navigate.to(addresses.HELP)
        else:
            _show(topic)

    button = quiet_button(_("Help"), show, icon="help_outline")
    button.classes(design.HELP_BUTTON).mark("help")
    button.props["aria-label"] = _("Help about this screen")
    button.tooltip(_("Help about this screen (F1)"))


def _show(topic: Topic) -> None:
    """Open the panel; what was being typed on the screen stays there."""
    with ui.dialog(value=True).props("position=right full-height") as dialog:
        panel = ui.element("div").classes(design.HELP_PANEL).mark("help-panel")
        panel.props["tabindex"] = 0  # it scrolls, so the keyboard must reach it
        panel.props["role"] = "document"
        panel.props["aria-label"] = _("Help: {title}", title=topic.title)
    _read(topic, panel, dialog, [])
    dialog.on("hide", dialog.delete)


def _read(
    topic: Topic, panel: ui.element, dialog: ui.dialog, before: Sequence[Topic]
) -> None:
    """Draw a topic in the panel, where the links between topics are followed too."""

    def follow(event: events.GenericEventArguments) -> None:
        if found := topic_at(event.args):
            _read(found, panel, dialog, [*before, topic])
        else:
            ui.navigate.to(event.args)

    panel.clear()
    with panel:
        with ui.element("div").classes(design.ROW_SPREAD):
            section_title(topic.title)
            icon_button("close", _("Close"), dialog.close).mark("close-help")
        guide_text(topic).on("click", follow, js_handler=_FOLLOWED_HERE)
        with ui.element("div").classes(design.ROW):
            if before:
                back = partial(_read, before[-1], panel, dialog, before[:-1])
                quiet_button(before[-1].title, back, icon="arrow_back")
            ui.link(_("The whole guide"), addresses.HELP)
            ui.link(_("Glossary"), addresses.GLOSSARY)
