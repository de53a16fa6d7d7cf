"""A dialog with something to fill in."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from nicegui import ui

from ui import design
from ui.components.buttons import primary_button, quiet_button
from ui.components.text import section_title
from ui.refusals import refusals_shown
from ui.translation import _


@contextmanager
def form_dialog(
    heading: str, verb: str, on_save: Callable[[], Awaitable[None]]
) -> Iterator[None]:
    """Open a dialog; draw its fields inside.

    It stays open, with what was typed, as long as ``on_save`` is refused.
    """

    async def save() -> None:
        with refusals_shown():
            await on_save()
            dialog.close()

    # What opened it may be drawn anew while it is open: it hangs on the page.
    with (
        ui.context.client.content,
        ui.dialog(value=True) as dialog,
        ui.element("div").classes(design.DIALOG),
    ):
        section_title(heading)
        with ui.element("div").classes(design.DIALOG_FORM):
            yield
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Cancel"), dialog.close)
            primary_button(verb, save).mark("save")
    dialog.on("hide", dialog.delete)


def text_field(label: str, value: str = "", *, lines: int = 1) -> ui.input:
    """Draw a field for text, on several lines if asked."""
    if lines > 1:
        field: ui.input = ui.textarea(label, value=value)
        field.props(f"rows={lines}")
    else:
        field = ui.input(label, value=value)
    return field.props(design.INPUT)


def typed(field: ui.input) -> str:
    """Read what was typed, without the spaces around."""
    return (field.value or "").strip()
