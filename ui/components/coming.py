"""What a page shows once it is known: at once if that is soon, else in its place."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

from nicegui import background_tasks, ui

from ui import design
from ui.components.skeleton import skeleton

T = TypeVar("T")

_SOON = 0.15
"""Seconds that a page may wait: whoever looks does not notice."""
_LINES = 4


class Coming(Generic[T]):
    """Something to be worked out, and the places of a page that will show it.

    ``coming = Coming(partial(session.run, show_work, …))``, then
    ``coming.here(draw)`` where it belongs, as often as needed, then
    ``await coming.drawn(…)`` once the rest of the page is there.
    """

    def __init__(self, work: Callable[[], Coroutine[Any, Any, T]]) -> None:
        self._work = work
        self._places: list[tuple[ui.element, Callable[[T], None]]] = []

    def here(self, draw: Callable[[T], None]) -> None:
        """Keep a place, drawn as a card being read until ``draw`` has its say."""
        place = ui.element("div").classes(design.COMING)
        with place, ui.element("section").classes(design.CARD):
            skeleton(_LINES)
        self._places.append((place, draw))

    async def drawn(self, *, is_long: bool) -> None:
        """Draw what is known soon; the rest of the page does not wait for more.

        What ``is_long`` begins once the page is on screen: it would take from the
        page the computing time it needs to get there.
        """
        client = ui.context.client
        task = None if is_long else asyncio.ensure_future(self._work())
        if task:
            done, _ = await asyncio.wait({task}, timeout=_SOON)
            if done:
                self._draw(task.result())
                return

        async def later() -> None:
            if task is None:
                await client.connected()
            result = await (task or self._work())
            if not client.is_deleted:
                with client:
                    self._draw(result)

        background_tasks.create(later(), name="what is coming")

    def _draw(self, result: T) -> None:
        for place, draw in self._places:
            place.clear()
            with place:
                draw(result)
