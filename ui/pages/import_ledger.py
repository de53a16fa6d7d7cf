"""Bring a file in: nothing enters unseen, and the last import can be taken back."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import PurePath

from nicegui import ui

from domain.basics.errors import UnreadableFileError
from domain.ledger.import_report import ImportRecord, SourceFile
from domain.ledger.mapping import Mapping, TableFile, problems
from domain.ledger.proposing import propose_for
from domain.usecases.importing import (
    ImportPreview,
    confirm_import,
    list_imports,
    preview_import,
    undo_last_import,
)
from domain.usecases.mapping_files import remember, remembered
from ui import addresses, design, formatting
from ui.components.buttons import quiet_button
from ui.components.confirm_dialog import confirm
from ui.components.file_drop import file_drop
from ui.components.mapping_assistant import MappingAssistant
from ui.components.movements_sheet import movements_sheet
from ui.components.page_head import page_head
from ui.components.text import secondary, section_title
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _

_ACCEPTED = ".txt,.csv,.tsv,.tab,.prn,.fec,.xlsx,.xlsm,.xls,.ods"


async def import_page(session: Session) -> None:
    """Take a file, show what it would change, and write it once accepted."""
    page_head(_("Import"))
    await _Importing(session).start()


class _Importing:
    """A file on its way in: dropped, its columns told if need be, accepted."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._files = session.outside.files
        self._content = ui.element("div").classes(design.STACK)

    async def start(self) -> None:
        session = self._session
        imports = await session.run(list_imports, session.entity_id)
        self._content.clear()
        with self._content:
            _drop(self._take)
            _past_imports(session, imports)

    async def _take(self, name: str, data: bytes) -> None:
        name = PurePath(name).name
        with refusals_shown():
            # Reading a file never holds the books up.
            try:
                source = await asyncio.to_thread(self._files.read, name, data)
            except UnreadableFileError as unknown:
                await self._take_table(name, data, unknown)
            else:
                await self._look(source)

    async def _take_table(
        self, name: str, data: bytes, unknown: UnreadableFileError
    ) -> None:
        session = self._session
        try:
            table = await asyncio.to_thread(self._files.table, name, data)
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

        self._content.clear()
        with self._content:
            MappingAssistant(self._files, table, mapping, chosen, self.start)

    async def _read(self, table: TableFile, mapping: Mapping) -> None:
        source = await asyncio.to_thread(
            self._files.read_mapped, table, mapping, table.name
        )
        await self._look(source, review=lambda: self._ask(table, mapping))

    async def _look(
        self, source: SourceFile, *, review: Callable[[], None] | None = None
    ) -> None:
        session = self._session
        preview = await session.run(
            preview_import, source, session.entity_id, session.today()
        )
        self._content.clear()
        with self._content:
            movements_sheet(preview, self._accept, self.start, on_review=review)

    async def _accept(self, preview: ImportPreview, swaps: bool) -> None:
        session = self._session
        with refusals_shown():
            await session.run(
                confirm_import, preview, session.now(), accept_swaps=swaps
            )
            ui.notify(_("Imported: {file}", file=preview.source.name), type="positive")
            ui.navigate.to(addresses.HOME)


def _drop(take: Callable[[str, bytes], Awaitable[None]]) -> None:
    file_drop(
        _("Drop your accounting export here, or click to choose it"),
        take,
        accept=_ACCEPTED,
    ).mark("import-drop")
    secondary(
        _(
            "Any table is read: the statutory file of entries (FEC), the three-tab "
            "workbook, and the lists of your package (aged balance, due list, customer "
            "ledger, customers, contacts) as a spreadsheet or a text. What "
            "would change is shown before anything is written."
        )
    )


def _past_imports(session: Session, imports: list[ImportRecord]) -> None:
    if not imports:
        return
    section_title(_("Past imports"))
    in_force = next((i for i in imports if i.undone_at is None), None)
    with ui.element("div").classes(design.LIST):
        for imported in imports:
            with ui.element("div").classes(design.LIST_ROW):
                _past_import(imported)
                if imported is in_force:
                    quiet_button(_("Take back…"), lambda: _undo(session)).mark("undo")


def _past_import(imported: ImportRecord) -> None:
    ui.icon("undo" if imported.undone_at else "description")
    with ui.element("div").classes(design.LIST_MAIN):
        ui.label(imported.file_name).classes(design.STRONG)
        ui.label(
            _(
                "new {new}, settled {settled}, changed {changed}, vanished {vanished}",
                new=formatting.count(imported.new),
                settled=formatting.count(imported.settled),
                changed=formatting.count(imported.changed),
                vanished=formatting.count(imported.vanished),
            )
        ).classes(design.SECONDARY_TEXT)
        if imported.undone_at:
            ui.label(
                _("taken back on {at}", at=formatting.moment(imported.undone_at))
            ).classes(design.SECONDARY_TEXT)
    ui.label(formatting.money(imported.balance_after)).classes(design.AMOUNT)
    ui.label(formatting.moment(imported.imported_at)).classes(design.SECONDARY_TEXT)


async def _undo(session: Session) -> None:
    if not await confirm(
        _("Take the last import back?"),
        _(
            "The entries become what they were before it. Your notes, stops, promises "
            "and the reminders already sent stay."
        ),
        _("Take back"),
        dangerous=True,
    ):
        return
    with refusals_shown():
        await session.run(
            undo_last_import, session.entity_id, session.today(), session.now()
        )
        ui.navigate.reload()
