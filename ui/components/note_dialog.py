"""Write something worth remembering."""

from collections.abc import Awaitable, Callable

from ui.components.form_dialog import form_dialog, text_field, typed
from ui.translation import _


def note_dialog(
    about: str, on_note: Callable[[str], Awaitable[None]], written: str = ""
) -> None:
    """Ask for the note; ``about`` names items, empty the customer."""

    async def save() -> None:
        await on_note(typed(text))

    heading = _("Note on {about}", about=about) if about else _("Note")
    with form_dialog(heading, _("Save the note"), save):
        text = text_field(_("What is worth remembering"), written, lines=5)
        text.props("autofocus").mark("note")
