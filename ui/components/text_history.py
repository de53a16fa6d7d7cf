"""What a template said before, what changed, and how to go back to it."""

from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from domain.dunning.text_changes import Change, changes
from domain.dunning.texts import TextVersion
from domain.usecases.editing_texts import TextView
from ui import design, formatting, text_words
from ui.components.buttons import primary_button, quiet_button
from ui.components.dialog import page_dialog
from ui.components.text import secondary, section_title
from ui.translation import _

_ELEMENTS = {Change.SAME: "span", Change.REMOVED: "del", Change.ADDED: "ins"}


class TextHistory:
    """A dialog: the versions on the left, the chosen one against the present one."""

    def __init__(
        self, view: TextView, on_restore: Callable[[TextVersion], Awaitable[None]]
    ) -> None:
        self._view = view
        self._on_restore = on_restore

    def open(self) -> None:
        """Show the latest version first."""
        with page_dialog() as dialog, ui.element("div").classes(design.DIALOG_WIDE):
            section_title(_("Earlier versions of this template"))
            if not self._view.versions:
                secondary(_("This template has never been changed."))
            else:
                self._draw()
            with ui.element("div").classes(design.PAGE_ACTIONS):
                quiet_button(_("Close"), dialog.close)
                if self._view.versions:
                    primary_button(_("Restore this version"), self._restore).mark(
                        "restore"
                    )
        dialog.on("hide", dialog.delete)
        dialog.open()
        self._dialog = dialog

    def _draw(self) -> None:
        self._chosen = self._view.versions[0]
        names = {
            place: _named(version) for place, version in enumerate(self._view.versions)
        }
        with ui.element("div").classes(design.TEXT_VERSIONS):
            ui.radio(names, value=0, on_change=lambda e: self._choose(int(e.value)))
            with ui.element("div").classes(design.STACK):
                secondary(
                    _("Struck out: what restoring removes. Underlined: what returns.")
                )
                self._place = ui.element("div").classes(design.TEXT_DIFFERENCE)
                self._place.mark("difference").props("tabindex=0")
        self._show()

    def _choose(self, place: int) -> None:
        self._chosen = self._view.versions[place]
        self._show()

    def _show(self) -> None:
        now, then = self._view.text, self._chosen
        before, after = (f"{one.subject}\n\n{one.body}" for one in (now, then))
        self._place.clear()
        with self._place:
            for part in changes(before, after):
                TextElement(tag=_ELEMENTS[part.change], text=part.words)

    async def _restore(self) -> None:
        self._dialog.close()
        await self._on_restore(self._chosen)


def _named(version: TextVersion) -> str:
    until = formatting.moment(version.replaced_at)
    tone = text_words.tone(version.tone)
    if version.saved_at is None:
        return _("Supplied text ({tone}), until {day}", tone=tone, day=until)
    return _("Your text ({tone}), until {day}", tone=tone, day=until)
