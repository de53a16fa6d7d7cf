"""From a file to the sheet of movements, and from there into the books."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import PurePath

from nicegui import ui

from domain.usecases.importing import ImportPreview, confirm_import, preview_import
from ui import addresses
from ui.components.movements_sheet import movements_sheet
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _


async def show_import(
    session: Session,
    place: ui.element,
    file: tuple[str, bytes],
    on_cancel: Callable[[], Awaitable[None]],
) -> None:
    """Draw in a place what a file would change; it is written once accepted.

    Raises:
        DunningError: the file cannot be read, or not into this firm.
    """
    name, content = file
    # Reading a file never holds the books up.
    source = await asyncio.to_thread(
        session.outside.files.read, PurePath(name).name, content
    )
    preview = await session.run(
        preview_import, source, session.entity_id, session.today()
    )

    async def accept(preview: ImportPreview, swaps: bool) -> None:
        with refusals_shown():
            await session.run(
                confirm_import, preview, session.now(), accept_swaps=swaps
            )
            ui.notify(_("Imported: {file}", file=preview.source.name), type="positive")
            ui.navigate.to(addresses.HOME)

    place.clear()
    with place:
        movements_sheet(preview, accept, on_cancel)
