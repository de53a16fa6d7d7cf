"""What a page shows once it is known."""

import asyncio

import pytest
from nicegui import ui
from nicegui.testing import User

from tests.ui.window import one_firm, open_window
from ui.components.coming import Coming
from ui.page import Page
from ui.session import Session


@pytest.mark.parametrize("is_long", [True, False])
@pytest.mark.parametrize("seconds", [0, 0.3])
async def test_what_is_coming_is_drawn_in_its_place(
    seconds: float, *, is_long: bool
) -> None:
    async def known_later() -> str:
        await asyncio.sleep(seconds)
        return "Tout est là"

    def show(words: str) -> None:
        ui.label(words)

    async def builder(_session: Session) -> None:
        coming = Coming(known_later)
        with ui.element("div").mark("place"):
            coming.here(show)
        await coming.drawn(is_long=is_long)

    page = Page(path="/coming", title="Coming", builder=builder)
    async with open_window(one_firm, pages=[page]) as user:
        await User.open(user, "/coming")
        if seconds:
            await user.should_see("skeleton")

        await user.should_see("Tout est là")
        await user.should_not_see("skeleton")
