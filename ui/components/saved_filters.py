"""The filters that a user named: use them, rename them, forget them."""

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from domain.usecases.list_choices import (
    FilterWords,
    ListChoices,
    with_filter,
    with_filter_renamed,
    without_filter,
)
from ui import design
from ui.components.buttons import icon_button, secondary_button
from ui.components.confirm_dialog import confirm
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.translation import _


class SavedFilters:
    """A menu of the saved filters of a list.

    Args:
        choices: reads what is kept of the list.
        keep: keeps it changed, and has the menu drawn again.
        use: puts filters in force, none to show everything.
        in_force: reads the filters now in force.
    """

    def __init__(
        self,
        choices: Callable[[], ListChoices],
        keep: Callable[[ListChoices], Awaitable[None]],
        use: Callable[[FilterWords], Awaitable[None]],
        in_force: Callable[[], FilterWords],
    ) -> None:
        self._choices = choices
        self._keep = keep
        self._use = use
        self._in_force = in_force
        self._button = secondary_button("", lambda: None, icon="bookmark_border")
        self._button.props("icon-right=arrow_drop_down").mark("saved-filters")
        with self._button, ui.menu() as self._menu:
            pass
        self.draw()

    def draw(self) -> None:
        """Draw the menu as the choices stand."""
        choices = self._choices()
        self._button.set_text(choices.last_used or _("My filters"))
        self._menu.clear()
        with self._menu:
            for saved in choices.saved:
                self._entry(saved.name, saved.words)
            if choices.saved:
                ui.separator()
            ui.menu_item(_("Save these filters…"), self._save).mark("save-filters")
            ui.menu_item(_("Show everything"), partial(self._use, {}))

    def _entry(self, name: str, words: FilterWords) -> None:
        with ui.element("div").classes(design.SAVED_FILTER):
            ui.menu_item(name, partial(self._use, words)).mark("use-filters")
            icon_button(
                "edit", _("Rename “{name}”", name=name), partial(self._rename, name)
            )
            icon_button(
                "delete_outline",
                _("Delete “{name}”", name=name),
                partial(self._forget, name),
            ).mark("forget-filter")

    def _save(self) -> None:
        async def save() -> None:
            words = self._in_force()
            await self._keep(with_filter(self._choices(), typed(name), words))

        with form_dialog(_("Save these filters"), _("Save"), save):
            name = text_field(_("Name"), self._choices().last_used)
            name.props("autofocus").mark("filter-name")

    def _rename(self, old: str) -> None:
        async def save() -> None:
            await self._keep(with_filter_renamed(self._choices(), old, typed(name)))

        self._menu.close()
        with form_dialog(_("Rename “{name}”", name=old), _("Rename"), save):
            name = text_field(_("Name"), old).props("autofocus").mark("filter-name")

    async def _forget(self, name: str) -> None:
        self._menu.close()
        if await confirm(
            _("Delete “{name}”?", name=name),
            _("Only the saved filter goes; the list keeps what it shows."),
            _("Delete the filter"),
            dangerous=True,
        ):
            await self._keep(without_filter(self._choices(), name))
