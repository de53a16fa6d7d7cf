"""Where dialogs are drawn: on the page itself, whatever opened them."""

from nicegui import ui


def page_dialog() -> ui.dialog:
    """Make a dialog that outlives the list its button is in.

    Drawn inside a list, it would go with it at the list's next refresh, unanswered.
    """
    with ui.context.client.content:
        return ui.dialog()
