"""The demonstration: entered and left at will, in books and a folder of its own.

It is a session beside the user's own: a screen drawn in one never acts on the books
of the other, and nothing of a firm marked as made up can leave this computer.
"""

import asyncio
from pathlib import Path

from domain.basics.errors import DunningError
from ui.instance import Instance
from ui.session import Session

# NOTE: storage/app_folder.py puts the demonstration there too.
_FOLDER = "demonstration"


class DemonstrationElsewhereError(DunningError):
    """Another window of the app shows it."""

    message = (
        "The demonstration is already open in another window of Relance: close that"
        " one first."
    )


class Demonstration:
    """The way into the demonstration, and back to one's own data as it was."""

    def __init__(self, own: Session) -> None:
        self._own = own
        self._visited: Session | None = None
        self._instance: Instance | None = None
        self._entering = asyncio.Lock()
        self._is_inside = False

    @property
    def shown(self) -> Session:
        """The session that screens are drawn from."""
        return self._visited if self._is_inside and self._visited else self._own

    @property
    def can_leave(self) -> bool:
        """Whether there is something to go back to."""
        return self._is_inside

    async def enter(self) -> None:
        """Show the demonstration from the next screen on; filled the first time.

        Raises:
            DemonstrationElsewhereError: another window shows it.
        """
        async with self._entering:
            if self._visited is None:
                self._visited = await self._open()
            self._is_inside = True

    def leave(self) -> None:
        """Show one's own data from the next screen on; nobody has touched it."""
        self._is_inside = False

    def close(self) -> None:
        """Close its books with the app."""
        if self._visited:
            self._visited.invoices.leave()
            self._visited.close()
        if self._instance:
            self._instance.leave()

    async def _open(self) -> Session:
        own = self._own
        inside = str(Path(own.folder, _FOLDER))
        place = await asyncio.to_thread(own.outside.data_folder, inside, demo=True)
        instance = Instance(Path(place))
        if not instance.claim():
            instance.leave()
            raise DemonstrationElsewhereError
        visited = Session(own.outside, place, today=own.today, is_demo=True)
        visited.demonstration = self
        try:
            await visited.opened()
        except BaseException:
            await asyncio.to_thread(visited.close)
            instance.leave()
            raise
        self._instance = instance
        return visited
