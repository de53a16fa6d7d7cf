"""What goes on behind the screens."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

Chore = Callable[[], Awaitable[None]]
_STOP_WITHIN = 10.0
"""Seconds; a message being handed over to the mail server is not cut short."""
_log = logging.getLogger("relance")


class Background:
    """Does each chore at once, then every so often, until stopped."""

    def __init__(self) -> None:
        self._chores: list[tuple[Chore, float, asyncio.Event]] = []
        self._running: list[asyncio.Task[None]] = []
        self._is_stopping = False

    def every(self, seconds: float, chore: Chore) -> Callable[[], None]:
        """Add a chore before the start; the result does it again without waiting."""
        wake = asyncio.Event()
        self._chores.append((chore, seconds, wake))
        return wake.set

    def start(self) -> None:
        """Begin all chores; call it from the running event loop."""
        self._running = [
            asyncio.create_task(self._repeat(*planned)) for planned in self._chores
        ]

    async def stop(self) -> None:
        """Start nothing more, and wait a little for what is going on."""
        self._is_stopping = True
        for _chore, _seconds, wake in self._chores:
            wake.set()
        if self._running:
            _done, late = await asyncio.wait(self._running, timeout=_STOP_WITHIN)
            for task in late:
                task.cancel()

    async def _repeat(self, chore: Chore, seconds: float, wake: asyncio.Event) -> None:
        while not self._is_stopping:
            try:
                await chore()
            except Exception:  # noqa: BLE001 - its next turn may succeed
                _log.exception("A background chore failed")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), seconds)
            if not self._is_stopping:
                wake.clear()
