"""Folders of the firm, and the copies of its books."""

import asyncio
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from nicegui import app, background_tasks, ui

from domain.ledger.entity import Entity
from domain.usecases.settings import back_up
from ui import addresses, design
from ui.components.buttons import secondary_button
from ui.components.computer_warnings import place_sentence
from ui.components.invoice_folder import InvoiceFolderSummary
from ui.components.save_file import choose_folder, open_folder, save_file
from ui.components.settings_card import SettingsCards
from ui.components.settings_fields import text_field
from ui.components.settings_firm import save_changes
from ui.components.text import secondary
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _


def folders_card(session: Session, cards: SettingsCards, entity: Entity) -> None:
    """Let the user say where the invoices' PDFs are."""
    with cards.card("folders", _("Folder of the invoices")) as card:
        with card.fields():
            folder = text_field(
                _("Folder of the invoices' PDFs"),
                entity.invoices_folder,
                name="invoices-folder",
                says=folder_says,
                hint=_("Where your invoicing program puts them."),
            ).classes(design.WIDE)
        summary = InvoiceFolderSummary(session)

        async def choose() -> None:
            folder.value = await choose_folder() or folder.value

        async def save() -> None:
            await save_changes(
                session,
                entity,
                lambda kept: replace(kept, invoices_folder=folder.value.strip()),
            )
            background_tasks.create(session.invoices.look(entity.id))
            await summary.refresh()

        with card.save_row(save, name="folders"):
            if app.native.main_window is not None:
                secondary_button(_("Choose…"), choose, icon="folder_open")


async def copies_card(session: Session, cards: SettingsCards) -> None:
    """Show where the data is, and hand over copies of it."""
    with cards.card(
        "copies",
        _("Data and backups"),
        _("Everything is on this computer: copy it now and then to another disk."),
    ):
        await _place(_("Data folder"), session.folder)
        shared = await asyncio.to_thread(session.outside.shared_place, session.folder)
        if shared:
            with ui.element("div").classes(design.NOTICE_BOX):
                ui.label(place_sentence(shared))
        secondary(
            _("A copy is made each day, before each import and before each update.")
        )
        with ui.element("div").classes(design.CARD_ACTIONS):
            ui.link(_("See the copies, choose their folder"), addresses.COPIES)
            backup_button(session)


async def _place(heading: str, folder: str) -> None:
    with ui.element("div").classes(design.ROW_SPREAD):
        with ui.element("div").classes(design.PLACE):
            ui.label(heading).classes(design.STRONG)
            secondary(folder)
        if await asyncio.to_thread(Path(folder).is_dir):
            secondary_button(
                _("Open the folder"), lambda: open_folder(folder), icon="folder_open"
            )


def backup_button(session: Session) -> None:
    """Hand over a complete copy in one file, where the user says."""

    async def save() -> None:
        button.props("loading")
        with refusals_shown():
            name = f"relance-{session.today():%Y-%m-%d}.db"
            with TemporaryDirectory() as folder:
                copy = Path(folder, name)
                await session.run(back_up, str(copy))
                content = await asyncio.to_thread(copy.read_bytes)
            await save_file(name, content)
        button.props(remove="loading")

    button = secondary_button(_("Back up now"), save, icon="save").mark("back-up")


async def folder_says(text: str) -> str | None:
    """Tell that a folder is not within reach."""
    folder = text.strip()
    if not folder or await asyncio.to_thread(_is_folder, folder):
        return None
    return _("This folder is not on this computer, or its disk is not connected.")


def _is_folder(name: str) -> bool:
    return Path(name).expanduser().is_dir()
