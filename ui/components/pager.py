"""Turns the pages of a list: which rows are shown, of how many."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from ui import design, formatting
from ui.components.buttons import icon_button
from ui.translation import _

Turn = Callable[[int], Awaitable[None]]


class Pager:
    """Two buttons around « 51 to 100 of 2,000 »; not there while one page is enough.

    They stay in place from one page to the next, and the keyboard on them.
    """

    def __init__(self, name: str, turn: Turn) -> None:
        """Draw the buttons; ``turn`` is told how many rows come before the page."""
        self._turn = turn
        self._offset = self._count = self._size = 0
        self._place = ui.element("div").classes(design.PAGES).mark(f"pages-{name}")
        with self._place:
            self._before = icon_button(
                "chevron_left", _("Previous page"), lambda: self._go(-1)
            ).mark(f"previous-{name}")
            self._words = ui.label().classes(design.SECONDARY_TEXT)
            self._after = icon_button(
                "chevron_right", _("Next page"), lambda: self._go(1)
            ).mark(f"next-{name}")
        self._place.set_visibility(False)

    def show(self, offset: int, count: int, size: int) -> None:
        """Say which rows are on screen."""
        self._offset, self._count, self._size = offset, count, size
        last = min(offset + size, count)
        self._words.text = _(
            "{first} to {last} of {count}",
            first=formatting.count(offset + 1),
            last=formatting.count(last),
            count=formatting.count(count),
        )
        self._before.set_enabled(offset > 0)
        self._after.set_enabled(last < count)
        self._place.set_visibility(count > size)

    async def _go(self, pages: int) -> None:
        offset = self._offset + pages * self._size
        await self._turn(max(0, min(offset, self._count - 1)))
