"""Bring a file in: nothing enters unseen, and the last import can be taken back."""

from nicegui import ui

from domain.basics.identifiers import EntityId
from domain.ledger.import_report import ImportRecord, SourceFormat
from domain.usecases.importing import (
    list_imports,
    undo_last_import,
)
from domain.usecases.synchronising import sync_settings
from ui import design, formatting
from ui.components.buttons import quiet_button
from ui.components.confirm_dialog import confirm
from ui.components.import_drop import import_drop
from ui.components.import_sheet import show_import, show_waiting
from ui.components.page_head import page_head
from ui.components.synchronise import sync_buttons, watch_line
from ui.components.text import section_title
from ui.opening import take_opened
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _


async def import_page(session: Session) -> None:
    """Take a file, show what it would change, and write it once accepted."""
    settings = await session.run(sync_settings, session.entity_id)
    head = page_head(_("Import"))
    content = ui.element("div").classes(design.STACK)
    client = ui.context.client
    is_looking = False
    """Whether a sheet of movements is on screen: nothing takes its place."""

    async def start() -> None:
        nonlocal is_looking
        is_looking = False
        desk = session.incoming.of(session.entity_id)
        desk.applied = None  # seen now
        if desk.waiting:
            is_looking = True
            is_looking = await show_waiting(
                session, content, desk.waiting.preview, start
            )
            if is_looking:
                return
        imports = await session.run(list_imports, session.entity_id)
        content.clear()
        with content:
            await watch_line(session, settings)
            import_drop(take)
            _past_imports(session, imports)
        await take_opened(session, take)

    async def brought(entity_id: EntityId) -> None:
        if entity_id == session.shown and not (is_looking or client.is_deleted):
            await start()

    async def take(name: str, data: bytes) -> None:
        nonlocal is_looking
        with refusals_shown():
            is_looking = await show_import(session, content, (name, data), start)

    if settings.folder:
        with head:
            sync_buttons(session, start)
    client.on_delete(session.incoming.listen(brought))
    await start()


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
                    quiet_button(
                        _("Take back…"), lambda: _undo(session, in_force)
                    ).mark("undo")


def _past_import(imported: ImportRecord) -> None:
    ui.icon("undo" if imported.undone_at else "description")
    with ui.element("div").classes(design.LIST_MAIN):
        ui.label(imported.file_name).classes(design.STRONG)
        ui.label(_brought(imported)).classes(design.SECONDARY_TEXT)
        if imported.undone_at:
            ui.label(
                _("taken back on {at}", at=formatting.moment(imported.undone_at))
            ).classes(design.SECONDARY_TEXT)
    ui.label(formatting.money(imported.balance_after)).classes(design.AMOUNT)
    ui.label(formatting.moment(imported.imported_at)).classes(design.SECONDARY_TEXT)


def _brought(imported: ImportRecord) -> str:
    if imported.format is SourceFormat.PEOPLE:
        return _(
            "customers and contacts: added {new}, changed {changed}",
            new=formatting.count(imported.new),
            changed=formatting.count(imported.changed),
        )
    return _(
        "new {new}, settled {settled}, changed {changed}, vanished {vanished}",
        new=formatting.count(imported.new),
        settled=formatting.count(imported.settled),
        changed=formatting.count(imported.changed),
        vanished=formatting.count(imported.vanished),
    )


async def _undo(session: Session, imported: ImportRecord) -> None:
    consequence = _(
        "The entries, customers and contacts become what they were before it. What you "
        "corrected since, your notes, stops, promises and the reminders already sent "
        "stay."
    )
    if imported.format is SourceFormat.PEOPLE:
        consequence = _(
            "The customers and contacts that this list added go, unless they were used "
            "since; those it changed become what they were, but for what you corrected "
            "since."
        )
    if not await confirm(
        _("Take the last import back?"),
        consequence,
        _("Take back"),
        dangerous=True,
    ):
        return
    with refusals_shown():
        await session.run(
            undo_last_import, session.entity_id, session.today(), session.now()
        )
        ui.navigate.reload()
