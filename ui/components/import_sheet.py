"""From a file to the sheet of movements, and from there into the books."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import PurePath

from nicegui import ui

from domain.ledger.import_report import SourceFile
from domain.usecases.accepting import accept_import
from domain.usecases.importing import ImportPreview, preview_import
from domain.usecases.synchronising import judge, sync_settings
from ui import addresses
from ui.components.movements_sheet import movements_sheet
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _

OnCancel = Callable[[], Awaitable[None]]


async def show_import(
    session: Session, place: ui.element, file: tuple[str, bytes], on_cancel: OnCancel
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
    await show_source(session, place, source, on_cancel)


async def show_source(
    session: Session, place: ui.element, source: SourceFile, on_cancel: OnCancel
) -> None:
    """Draw in a place what a file already read would change.

    Raises:
        DunningError: the file cannot enter this firm.
    """
    preview = await session.run(
        preview_import, source, session.entity_id, session.today()
    )
    settings = await session.run(sync_settings, session.entity_id)

    async def accept(preview: ImportPreview, swaps: bool) -> None:
        with refusals_shown():
            await session.run(accept_import, preview, session.now(), accept_swaps=swaps)
            session.incoming.forget(preview)
            ui.notify(_("Imported: {file}", file=preview.source.name), type="positive")
            ui.navigate.to(addresses.HOME)

    async def cancel() -> None:
        await session.incoming.give_up(preview)
        await on_cancel()

    place.clear()
    with place:
        movements_sheet(preview, judge(preview, settings), accept, cancel)
