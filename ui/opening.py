"""A file that the user opens with Relance, from the folder where it is."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from domain.basics.errors import DunningError
from ui.refusals import refusals_shown
from ui.session import Session


class NotOpenedError(DunningError):
    """The file went away, or belongs to someone else."""

    message = "{file} cannot be opened: it was moved, or you may not read it."


async def take_opened(
    session: Session, take: Callable[[str, bytes], Awaitable[None]]
) -> None:
    """Hand over the file that waits, if one does; once."""
    if not session.file_to_show:
        return
    path, session.file_to_show = Path(session.file_to_show), ""
    with refusals_shown():
        try:
            content = await asyncio.to_thread(path.read_bytes)
        except OSError as problem:
            raise NotOpenedError(file=path.name) from problem
        await take(path.name, content)
