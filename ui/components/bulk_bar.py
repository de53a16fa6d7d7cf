"""What can be done to several rows at once, and taken back."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from nicegui import ui

from ui import design
from ui.components.buttons import quiet_button, secondary_button
from ui.components.text import paragraph
from ui.refusals import refusals_shown
from ui.translation import _, ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkGesture:
    """Something done to the ticked rows; ``act`` receives their identifiers."""

    verb: str
    icon: str
    act: Callable[[list[str]], Any]
    mark: str
    """What tests look for."""


class BulkBar:
    """A line that appears with the first tick."""

    def __init__(
        self, gestures: Sequence[BulkGesture], tick_all: Callable[[], Awaitable[None]]
    ) -> None:
        self._ids: list[str] = []
        self.count = 0
        """Of all rows of the list."""
        self._bar = ui.element("div").classes(design.BULK_BAR).mark("bulk-bar")
        self._bar.props["role"] = "status"
        with self._bar:
            self._says = ui.label().classes(design.STRONG)
            self._all = quiet_button("", tick_all).mark("tick-all")
            for gesture in gestures:
                secondary_button(
                    gesture.verb, partial(self._run, gesture), icon=gesture.icon
                ).mark(gesture.mark)
        self._bar.set_visibility(False)
        self._done = ui.element("div").classes(design.BULK_DONE).mark("bulk-done")
        self._done.props["role"] = "status"
        self._done.set_visibility(False)

    def show(self, ids: list[str]) -> None:
        """Say how many rows are ticked; hidden when none is."""
        self._ids = ids
        self._bar.set_visibility(bool(ids))
        self._says.set_text(
            ngettext("{count} row ticked", "{count} rows ticked", len(ids))
        )
        self._all.set_text(
            ngettext("Tick the {count} row", "Tick the {count} rows", self.count)
        )
        self._all.set_visibility(len(ids) < self.count)

    def done(self, sentence: str, undo: Callable[[], Awaitable[None]] | None) -> None:
        """Say what was done, and let it be undone until something else is.

        Without ``undo``, nothing was.
        """
        self._done.clear()
        self._done.set_visibility(True)
        with self._done:
            paragraph(sentence)
            if undo:
                back = partial(self._take_back, undo)
                quiet_button(_("Undo"), back, icon="undo").mark("undo")

    async def _take_back(self, undo: Callable[[], Awaitable[None]]) -> None:
        with refusals_shown():
            await undo()
            self._done.set_visibility(False)

    async def _run(self, gesture: BulkGesture) -> None:
        found = gesture.act(list(self._ids))
        if isinstance(found, Awaitable):
            await found
