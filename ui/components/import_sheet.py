"""From a file to the sheet of movements, and from there into the books."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import PurePath

from nicegui import ui

from domain.basics.errors import UnreadableFileError
from domain.ledger.import_report import SourceFile
from domain.ledger.mapping import Mapping, TableFile, problems
from domain.ledger.proposing import propose_for
from domain.usecases.accepting import accept_import
from domain.usecases.importing import ImportPreview, preview_import
from domain.usecases.mapping_files import remember, remembered
from domain.usecases.synchronising import judge, sync_settings
from ui import addresses
from ui.components.mapping_assistant import MappingAssistant
from ui.components.movements_sheet import movements_sheet
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _

OnCancel = Callable[[], Awaitable[None]]


async def show_import(
    session: Session, place: ui.element, file: tuple[str, bytes], on_cancel: OnCancel
) -> None:
    """Draw in a place what a file would change; it is written once accepted.

    Of a table whose columns are not known yet, their meaning is asked first.

    Raises:
        DunningError: the file cannot be read, or not into this firm.
    """
    name, content = file
    await _Importing(session, place, on_cancel).take(PurePath(name).name, content)


async def show_source(
    session: Session,
    place: ui.element,
    source: SourceFile,
    on_cancel: OnCancel,
    on_review: Callable[[], None] | None = None,
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

    async def take(self, name: str, content: bytes) -> None:
        # Reading a file never holds the books up.
        try:
            source = await asyncio.to_thread(self._files.read, name, content)
        except UnreadableFileError as unknown:
            await self._take_table(name, content, unknown)
        else:
            await show_source(self._session, self._place, source, self._on_cancel)

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
        source = await asyncio.to_thread(
            self._files.read_mapped, table, mapping, table.name
        )
        await show_source(
            self._session,
            self._place,
            source,
            self._on_cancel,
            on_review=lambda: self._ask(table, mapping),
        )
