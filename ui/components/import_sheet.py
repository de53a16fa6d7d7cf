"""From a file to the sheet of movements, and from there into the books."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import PurePath

from nicegui import ui

from domain.basics.errors import UnreadableFileError
from domain.basics.progress import Tell
from domain.ledger.import_report import SourceFile
from domain.ledger.mapping import Mapping, TableFile, problems
from domain.ledger.proposing import propose_for
from domain.usecases.accepting import accept_import
from domain.usecases.importing import (
    ImportPreview,
    looked_at_again,
    preview_import,
)
from domain.usecases.mapping_files import remember, remembered
from domain.usecases.synchronising import judge, sync_settings
from ui import addresses
from ui.components.import_progress import behind_bar
from ui.components.mapping_assistant import MappingAssistant
from ui.components.movements_sheet import movements_sheet
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _

OnCancel = Callable[[], Awaitable[None]]


async def show_import(
    session: Session, place: ui.element, file: tuple[str, bytes], on_cancel: OnCancel
) -> bool:
    """Draw in a place what a file would change; it is written once accepted.

    Of a table whose columns are not known yet, their meaning is asked first. False
    when the user stopped the reading.

    Raises:
        DunningError: the file cannot be read, or not into this firm.
    """
    name, content = file
    importing = _Importing(session, place, on_cancel)
    return await importing.take(PurePath(name).name, content)


async def show_waiting(
    session: Session, place: ui.element, preview: ImportPreview, on_cancel: OnCancel
) -> bool:
    """Draw in a place what a file of the watched folder would change.

    Raises:
        DunningError: the file cannot enter this firm any more.
    """
    current = await behind_bar(
        preview.source.name,
        lambda tell: session.run_aside(looked_at_again, preview, tell=tell),
    )
    if current:
        await _show(session, place, current, on_cancel)
    return current is not None


async def _show(
    session: Session,
    place: ui.element,
    preview: ImportPreview,
    on_cancel: OnCancel,
    on_review: Callable[[], None] | None = None,
) -> None:
    settings = await session.run(sync_settings, session.entity_id)

    async def accept(preview: ImportPreview, swaps: bool) -> None:
        with refusals_shown():
            record = await behind_bar(
                preview.source.name,
                lambda tell: session.run_aside(
                    accept_import,
                    preview,
                    session.now(),
                    accept_swaps=swaps,
                    tell=tell,
                ),
            )
            if record is None:
                ui.notify(_("Import cancelled: the books are as they were."))
                return
            session.incoming.forget(preview)
            ui.notify(_("Imported: {file}", file=preview.source.name), type="positive")
            ui.navigate.to(addresses.HOME)

    async def cancel() -> None:
        await session.incoming.give_up(preview)
        await on_cancel()

    place.clear()
    with place:
        movements_sheet(
            session,
            preview,
            judge(preview, settings),
            accept,
            cancel,
            on_review=on_review,
        )


class _Importing:
    """A file on its way in: read as it is, or once its columns are told."""

    def __init__(
        self, session: Session, place: ui.element, on_cancel: OnCancel
    ) -> None:
        self._session = session
        self._files = session.outside.files
        self._place = place
        self._on_cancel = on_cancel

    async def take(self, name: str, content: bytes) -> bool:
        async def looked_at(tell: Tell) -> ImportPreview:
            # Reading a file never holds the books up.
            source = await asyncio.to_thread(self._files.read, name, content, tell)
            return await self._previewed(source, tell)

        try:
            preview = await behind_bar(name, looked_at)
        except UnreadableFileError as unknown:
            await self._take_table(name, content, unknown)
            return True
        if preview:
            await _show(self._session, self._place, preview, self._on_cancel)
        return preview is not None

    async def _previewed(self, source: SourceFile, tell: Tell) -> ImportPreview:
        session = self._session
        return await session.run_aside(
            preview_import, source, session.entity_id, session.today(), tell=tell
        )

    async def _take_table(
        self, name: str, content: bytes, unknown: UnreadableFileError
    ) -> None:
        session = self._session
        try:
            table = await asyncio.to_thread(self._files.table, name, content)
        except UnreadableFileError:
            raise unknown from None
        mapping = await session.run(remembered, session.entity_id, table)
        if mapping and not problems(mapping):
            await self._read(table, mapping)
        else:
            self._ask(table, mapping or propose_for(table).mapping)

    def _ask(self, table: TableFile, mapping: Mapping) -> None:
        async def chosen(mapping: Mapping) -> None:
            session = self._session
            with refusals_shown():
                await self._read(table, mapping)
                await session.run(remember, session.entity_id, table, mapping)

        self._place.clear()
        with self._place:
            MappingAssistant(self._files, table, mapping, chosen, self._on_cancel)

    async def _read(self, table: TableFile, mapping: Mapping) -> None:
        async def looked_at(tell: Tell) -> ImportPreview:
            source = await asyncio.to_thread(
                self._files.read_mapped, table, mapping, table.name
            )
            return await self._previewed(source, tell)

        preview = await behind_bar(table.name, looked_at)
        if preview is None:
            await self._on_cancel()
            return
        await _show(
            self._session,
            self._place,
            preview,
            self._on_cancel,
            on_review=lambda: self._ask(table, mapping),
        )
