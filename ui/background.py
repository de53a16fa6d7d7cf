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
        self._chores: list[tuple[Chore, float]] = []
        self._running: list[asyncio.Task[None]] = []
        self._stopping = asyncio.Event()

    def every(self, seconds: float, chore: Chore) -> None:
        """Plan a chore, before the start."""
        self._chores.append((chore, seconds))

    def start(self) -> None:
        """Begin all chores; call it from the running event loop."""
        self._running = [
            asyncio.create_task(self._repeat(chore, seconds))
            for chore, seconds in self._chores
        ]

    async def stop(self) -> None:
        """Start nothing more, and wait a little for what is going on."""
        self._stopping.set()
        if self._running:
            _done, late = await asyncio.wait(self._running, timeout=_STOP_WITHIN)
            for task in late:
                task.cancel()

    async def _repeat(self, chore: Chore, seconds: float) -> None:
        while not self._stopping.is_set():
            try:
                await chore()
            except Exception:  # noqa: BLE001 - its next turn may succeed
                _log.exception("A background chore failed")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), seconds)
