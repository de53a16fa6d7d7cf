"""Several e-mail addresses, as chips: what was typed is never lost."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from nicegui import ui

from ui import design
from ui.components.buttons import quiet_button
from ui.components.text import secondary
from ui.translation import _

_BETWEEN = re.compile(r"[,;\s]+")


class AddressChips:
    """A field whose addresses are kept in a list that the draft owns.

    Enter, a comma, or leaving the field makes a chip of what was typed; ``read``
    does it too, so that a click on « Envoyer » loses nothing.
    """

    def __init__(
        self,
        label: str,
        addresses: list[str],
        known: Sequence[str],
        problem_of: Callable[[str], str],
        on_change: Callable[[], Any],
    ) -> None:
        self._addresses, self._known = addresses, known
        self._problem_of, self._on_change = problem_of, on_change
        with ui.element("div").classes(design.STACK):
            self._field = ui.input(label).props(design.INPUT)
            self._field.props("autocomplete=off inputmode=email")
            self._field.on("keydown.enter", self._take)
            self._field.on("blur", self._take)
            self._field.on_value_change(self._look)
            self._chips()

    def mark(self, name: str) -> "AddressChips":
        """Name it for the tests."""
        self._field.mark(name)
        return self

    async def read(self) -> tuple[str, ...]:
        """Read the addresses, the one being typed included."""
        await self._take()
        return tuple(self._addresses)

    async def _look(self) -> None:
        if _BETWEEN.search((self._field.value or "").lstrip()):
            await self._take()

    async def _take(self) -> None:
        """Make chips of what stands in the field."""
        typed = [part for part in _BETWEEN.split(self._field.value or "") if part]
        if not typed:
            return
        self._field.value = ""
        for address in typed:
            if address.casefold() not in map(str.casefold, self._addresses):
                self._addresses.append(address)
        await self._changed()

    async def _changed(self) -> None:
        self._chips.refresh()
        await self._on_change()

    async def _add(self, address: str) -> None:
        self._addresses.append(address)
        await self._changed()

    async def _remove(self, address: str) -> None:
        if address in self._addresses:
            self._addresses.remove(address)
        await self._changed()

    @ui.refreshable_method
    def _chips(self) -> None:
        with ui.element("div").classes(design.ROW):
            for address in self._addresses:
                chip = ui.chip(address, removable=True, color=None)
                chip.props("dense outline color=primary")
                chip.on("remove", partial(self._remove, address))
                chip.mark("address-chip")
            for address in self._known:
                if address not in self._addresses:
                    offered = quiet_button(
                        address, partial(self._add, address), icon="add"
                    )
                    offered.props("dense").tooltip(_("Add this address"))
        for address in self._addresses:
            problem = self._problem_of(address)
            if problem:
                secondary(f"{address} : {_(problem)}")
