"""The list of keyboard shortcuts; static/keyboard.js makes most of them work."""

from nicegui import ui

from domain.basics.sentences import N_
from ui import design
from ui.components.buttons import icon_button, quiet_button
from ui.components.text import section_title
from ui.translation import _

SHORTCUTS = (
    ("Ctrl K", N_("Search for a customer")),
    ("Alt 1 … Alt 4", N_("Open Home, Follow up, Act, Outbox")),
    ("J  K", N_("Next row, previous row")),
    (N_("Space"), N_("Tick the row")),
    (N_("Enter"), N_("Open the row")),
    (N_("Ctrl Enter"), N_("Send or save")),
    ("Ctrl S", N_("Save a template")),
    (N_("Esc"), N_("Close")),
    ("A  N  P  L  S", N_("Customer: call, note, promise, dispute, STOP")),
    ("F  W", N_("Customer: follow, why")),
    ("V  R  X", N_("Ticked rows: level, reposition, exclude")),
    ("J  A  P  L  F  R", N_("Calls: how the call ended, as its button says")),
    ("←  →", N_("Calls: the customer before, the next one")),
    ("←  →", N_("Forecast: a week earlier, a week later")),
    ("Z", N_("Undo what was just done")),
    ("F1", N_("Help about this screen")),
    ("?", N_("Show this list")),
)


def shortcuts_button() -> None:
    """Draw the button that lists the shortcuts; « ? » presses it too."""
    button = icon_button("keyboard", _("Keyboard shortcuts"), _show)
    button.classes(design.SHORTCUTS_BUTTON).mark("shortcuts")


def _show() -> None:
    with ui.dialog(value=True) as dialog, ui.element("div").classes(design.DIALOG):
        section_title(_("Keyboard shortcuts"))
        with ui.element("div").classes(design.SHORTCUTS):
            for keys, effect in SHORTCUTS:
                with ui.element("kbd"):
                    ui.label(_(keys))
                ui.label(_(effect))
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Close"), dialog.close)
    dialog.on("hide", dialog.delete)
