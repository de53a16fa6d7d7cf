"""« Classeur »: the firm's workbook, refreshed where the user keeps it."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path

from nicegui import app, ui

from domain.basics.file_names import safe_file_name
from domain.basics.file_problems import FileMissingError, why
from domain.ledger.workbook import WorkbookTab, WorkbookWritten
from domain.usecases.reporting import workbook_content
from domain.usecases.workbook import (
    TabSummary,
    WorkbookView,
    save_workbook_file,
    show_workbook,
)
from ui import design, formatting
from ui.components.buttons import primary_button, secondary_button
from ui.components.figure import figure
from ui.components.import_sheet import show_import
from ui.components.page_head import page_head
from ui.components.save_file import choose_file, save_file
from ui.components.settings_fields import text_field
from ui.components.text import secondary, section_title
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext
from ui.workbook_words import refresh_verb, tab_says, workbook_written

Refresh = Callable[[Collection[WorkbookTab]], Awaitable[None]]


async def workbook_page(session: Session) -> None:
    """Show what each tab would hold, and write it where the user says."""
    view = await session.run(show_workbook, session.entity_id)

    async def refresh(tabs: Collection[WorkbookTab]) -> None:
        with refusals_shown():
            kept = await session.run(
                save_workbook_file, session.entity_id, file.value or ""
            )
            written = await _written(session, kept, tabs)
            # What could not be kept is read at leisure.
            ui.notify(
                workbook_written(written),
                type="warning" if written.lost else "positive",
                multi_line=True,
                timeout=0 if written.lost else 5000,
                close_button=_("Close") if written.lost else False,
            )

    async def bring_in() -> None:
        with refusals_shown():
            kept = await session.run(
                save_workbook_file, session.entity_id, file.value or ""
            )
            content = await asyncio.to_thread(_read, kept)
            await show_import(session, place, (kept, content), start_again)

    async def start_again() -> None:
        ui.navigate.reload()

    place = ui.element("div").classes(design.STACK)
    with place:
        with page_head(_("Workbook")):
            secondary_button(
                _("Import this workbook"), bring_in, icon="upload_file"
            ).mark("import-workbook")
            secondary_button(
                _("Export a copy"), lambda: _export(session, view), icon="download"
            ).mark("export")
            primary_button(
                _("Refresh all"), lambda: refresh(list(WorkbookTab)), icon="sync"
            ).mark("refresh-all")
        file = _where(view)
        with ui.element("div").classes(design.GRID):
            for summary in view.tabs:
                _tab(summary, refresh)


def _where(view: WorkbookView) -> ui.input:
    """Draw where the workbook is; what is typed is kept when it is used."""
    with ui.element("section").classes(design.CARD):
        section_title(_("Workbook of {entity}", entity=view.entity_name))
        file = text_field(
            _("Where the workbook is"),
            view.file,
            name="workbook-file",
            says=_path_says,
            hint=_("Its folder and its name, on this computer."),
        ).classes(design.WIDE)
        secondary(
            _(
                "A workbook that is not there yet is made. In one that is, Relance "
                "writes the rows of its own three tabs; your other tabs, your "
                "formats and your notes stay."
            )
        )

        async def choose() -> None:
            name = safe_file_name(f"{view.entity_name}.xlsx")
            chosen = await choose_file(name, ("Excel", "*.xlsx;*.xlsm"))
            file.value = chosen or file.value

        if app.native.main_window is not None:
            with ui.element("div").classes(design.CARD_ACTIONS):
                secondary_button(_("Choose…"), choose, icon="folder_open")
    return file


def _tab(summary: TabSummary, refresh: Refresh) -> None:
    heading, says = tab_says(summary.tab)
    with ui.element("section").classes(design.CARD).mark(summary.tab):
        section_title(heading)
        rows = ngettext("{count} row", "{count} rows", summary.row_count)
        if summary.total is None:
            figure(summary.tab, rows)
        else:
            figure(summary.tab, formatting.money(summary.total), rows)
        secondary(says)
        with ui.element("div").classes(design.CARD_ACTIONS):
            secondary_button(
                refresh_verb(summary.tab), lambda: refresh([summary.tab]), icon="sync"
            ).mark(f"refresh-{summary.tab}")


async def _written(
    session: Session, file: str, tabs: Collection[WorkbookTab]
) -> WorkbookWritten:
    """Refresh the workbook, and say that it takes a moment."""
    waiting = ui.notification(
        _("The workbook is being written…"), spinner=True, timeout=None
    )
    try:
        content = await session.run(workbook_content, session.entity_id)
        return await asyncio.to_thread(
            session.outside.files.update_workbook, file, content, tabs
        )
    finally:
        waiting.dismiss()


async def _export(session: Session, view: WorkbookView) -> None:
    with refusals_shown():
        content = await session.run(workbook_content, session.entity_id)
        workbook = await asyncio.to_thread(
            session.outside.files.write_workbook, content
        )
        name = f"{view.entity_name}-{session.today():%Y-%m-%d}.xlsx"
        await save_file(name, workbook)


def _read(file: str) -> bytes:
    try:
        return Path(file).expanduser().read_bytes()
    except OSError as problem:
        raise FileMissingError(file=file, reason=why(problem)) from problem


async def _path_says(text: str) -> str | None:
    return await asyncio.to_thread(_says, text.strip().strip('"'))


def _says(path: str) -> str | None:
    if not path:
        return None
    file = Path(path).expanduser()
    if not file.is_absolute():
        return _("Write the whole path, from the disk or from ~ on.")
    if file.parent.is_dir():
        return None
    return _("This folder is not on this computer, or its disk is not connected.")
