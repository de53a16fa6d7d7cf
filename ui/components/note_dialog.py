"""Write something worth remembering."""

from collections.abc import Awaitable, Callable

from ui.components.form_dialog import form_dialog, text_field, typed
from ui.translation import _


def note_dialog(on_note: Callable[[str], Awaitable[None]]) -> None:
    """Ask for the note."""

    async def save() -> None:
        await on_note(typed(text))

    with form_dialog(_("Note"), _("Save the note"), save):
        text = text_field(_("What is worth remembering"), lines=5)
        text.props("autofocus").mark("note")
