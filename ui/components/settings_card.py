"""Parts of the settings, each saved on its own, and the list that leads to them."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from nicegui import ui
from nicegui.elements.mixins.value_element import ValueElement

from ui import design
from ui.components.buttons import secondary_button
from ui.components.text import secondary, section_title
from ui.refusals import refusals_shown
from ui.translation import _

Save = Callable[[], Awaitable[bool | None]]
"""False: the user gave up, and nothing was saved."""


class SettingsCards:
    """The cards of the page; the one last typed in has the filled button."""

    def __init__(self) -> None:
        with ui.element("div").classes(design.SETTINGS):
            self._anchors = ui.element("nav").classes(design.ANCHORS)
            self._anchors.props["aria-label"] = _("Parts of this page")
            self._place = ui.element("div").classes(design.STACK)
        self._cards: list[SettingsCard] = []

    @contextmanager
    def card(
        self, anchor: str, heading: str, why: str = ""
    ) -> Iterator["SettingsCard"]:
        """Draw a card, and a link to it; its fields are drawn inside."""
        with self._anchors:
            ui.link(heading, f"#{anchor}")
        with self._place:
            section = ui.element("section").classes(design.CARD)
        section.props["id"] = anchor
        drawn = SettingsCard(self._light)
        self._cards.append(drawn)
        with section:
            section_title(heading)
            if why:
                secondary(why)
            yield drawn

    def _light(self, lit: "SettingsCard") -> None:
        for card in self._cards:
            card.fill_button(is_filled=card is lit)


class SettingsCard:
    """A part of the settings: what was typed stays until it is saved."""

    def __init__(self, on_touch: Callable[["SettingsCard"], None]) -> None:
        self._on_touch = on_touch
        self._button: ui.button | None = None
        self._unsaved: ui.label | None = None

    @contextmanager
    def fields(self) -> Iterator[None]:
        """Arrange the fields drawn inside, and notice what is typed in them."""
        with ui.element("div").classes(design.FORM) as form:
            yield
        for element in form.descendants():
            if isinstance(element, ValueElement):
                element.on_value_change(self._touch)

    def save_row(self, save: Save, *, name: str) -> ui.element:
        """Draw « Enregistrer »; returns the place of other buttons beside it."""
        with ui.element("div").classes(design.CARD_ACTIONS):
            self._unsaved = ui.label(_("Not saved yet")).classes(design.SECONDARY_TEXT)
            self._unsaved.visible = False
            others = ui.element("div").classes(design.ROW)
            self._button = secondary_button(_("Save"), lambda: self.keep(save))
            self._button.mark(f"save-{name}")
        return others

    async def keep(self, save: Save) -> bool:
        """Save the card and say so; a refusal is shown, and nothing is lost."""
        with refusals_shown():
            if await save() is False:
                return False
            self.fill_button(is_filled=False)
            if self._unsaved:
                self._unsaved.visible = False
            ui.notify(_("Saved."), type="positive")
            return True
        return False

    def fill_button(self, *, is_filled: bool) -> None:
        """Make the button the screen's next gesture, or one among others."""
        if self._button is None:
            return
        look, other = design.PRIMARY_BUTTON, design.SECONDARY_BUTTON
        if not is_filled:
            look, other = other, look
        self._button.props(remove=other).props(look)
        self._button.classes(
            **{"add" if is_filled else "remove": design.PRIMARY_ACTION}
        )

    def _touch(self) -> None:
        if self._unsaved:
            self._unsaved.visible = True
        self._on_touch(self)
