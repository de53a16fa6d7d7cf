from typing import Any

from nicegui.elements.mixins.value_element import ValueElement
from nicegui.testing import User

from domain.dunning.envelopes import Window
from tests.ui.window import open_window


def chosen(user: User, name: str) -> ValueElement[Any]:
    """Find a choice of the layout."""
    found = user.find(marker=f"layout-{name}").elements.pop()
    assert isinstance(found, ValueElement)
    return found


async def test_the_look_of_letters_is_kept_and_shown_again() -> None:
    async with open_window() as user:
        await user.open("/settings")

        chosen(user, "window").value = Window.C5_LEFT.value
        chosen(user, "foot").value = "Membre d’un centre agréé"
        chosen(user, "offset_x").value = -1.5
        user.find(marker="save-layout").click()

        await user.should_see("Enregistré.")
        await user.open("/settings")
        assert chosen(user, "window").value == Window.C5_LEFT.value
        assert chosen(user, "offset_x").value == -1.5
        assert chosen(user, "foot").value == "Membre d’un centre agréé"


async def test_a_colour_too_light_is_refused_and_not_kept() -> None:
    async with open_window() as user:
        await user.open("/settings")

        chosen(user, "colour").value = "#ffff00"
        user.find(marker="save-layout").click()

        await user.should_see("trop claire")
        await user.open("/settings")
        assert chosen(user, "colour").value == "#12436d"


async def test_the_layout_that_ships_is_a_click_away() -> None:
    async with open_window() as user:
        await user.open("/settings")
        chosen(user, "margin_left").value = 28
        user.find("Revenir à l’origine").click()

        assert chosen(user, "margin_left").value == 22
