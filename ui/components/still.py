"""Places drawn again only where something changed.

What is drawn again loses the click being made on it, its focus, its open menu. So a
place keeps what it shows while it is told the same, and waits for what is open in it
to be closed.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from nicegui import ui


class StillPlace:
    """A place on screen that holds one thing, or nothing."""

    def __init__(self) -> None:
        self.element = ui.element("div")
        self.element.set_visibility(False)
        self._told: object = None

    def show(self, told: object, draw: Callable[[], object]) -> bool:
        """Draw what ``told`` describes; tell whether it is what is on screen now."""
        if told == self._told:
            return True
        if _is_busy(self.element):
            return False
        self._told = told
        self.element.clear()
        with self.element:
            draw()
        self.element.set_visibility(bool(self.element.default_slot.children))
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class StillRow:
    """A row of a list: which one, all that it shows, and how to draw it."""

    key: Hashable
    told: object
    draw: Callable[[], ui.element]


class StillRows:
    """The rows of a list on screen; only those that changed are drawn again."""

    def __init__(self, place: ui.element) -> None:
        self._place = place
        self._drawn: dict[Hashable, tuple[object, ui.element]] = {}

    def show(self, rows: Sequence[StillRow]) -> bool:
        """Show these rows in this order; tell whether they are what is on screen."""
        wanted = {row.key for row in rows}
        is_done = True
        for key in [key for key in self._drawn if key not in wanted]:
            if _is_busy(self._drawn[key][1]):
                is_done = False
            else:
                self._drawn.pop(key)[1].delete()
        for place, row in enumerate(rows):
            is_done &= self._show(row, place)
        return is_done

    def _show(self, row: StillRow, place: int) -> bool:
        told, element = self._drawn.get(row.key, (None, None))
        if element is None or told != row.told:
            if element and _is_busy(element):
                return False
            if element:
                element.delete()
            with self._place:
                element = row.draw()
            self._drawn[row.key] = (row.told, element)
        if self._place.default_slot.children.index(element) != place:
            element.move(self._place, place)
        return True


def _is_busy(element: ui.element) -> bool:
    """Whether a menu or a dialog opened from there is still open."""
    return any(
        isinstance(inside, ui.menu | ui.dialog) and inside.value
        for inside in element.descendants()
    )
