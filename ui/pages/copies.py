"""Copies of the books: where they are, what they take, and how to take one up again."""

import asyncio
from pathlib import Path

from nicegui import app, ui

from ui import copy_words, design
from ui.components.buttons import secondary_button
from ui.components.copies_list import copies_list
from ui.components.page_head import page_head
from ui.components.save_file import choose_folder, open_folder
from ui.components.settings_fields import text_field
from ui.components.settings_files import backup_button
from ui.components.text import paragraph, secondary, section_title
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _


async def copies_page(session: Session) -> None:
    """Show the copies, and let the user choose their folder."""
    with page_head(_("Backups")):
        backup_button(session)
    paragraph(
        _(
            "A copy is made each day, before each import and before each update of "
            "Relance. One is kept for each of the last 7 days, 4 weeks and 12 months, "
            "and all those of the day up to ten. Each is read again once written."
        )
    )
    await _place(session)
    section_title(_("Copies"))
    with ui.element("section").classes(design.CARD):
        await copies_list(session)


async def _place(session: Session) -> None:
    copies = session.outside.copies(session.folder)
    place = await asyncio.to_thread(copies.place)
    with ui.element("section").classes(design.CARD):
        section_title(_("Where they are"))
        if place.out_of_reach:
            with ui.element("div").classes(design.NOTICE_BOX):
                ui.label(
                    _(
                        "The folder {folder} is out of reach: copies are kept beside "
                        "the data meanwhile.",
                        folder=place.out_of_reach,
                    )
                )
        with ui.element("div").classes(design.ROW_SPREAD):
            with ui.element("div").classes(design.PLACE):
                ui.label(place.folder).classes(design.STRONG)
                secondary(_("Room taken: {size}", size=copy_words.size(place.used)))
            if await asyncio.to_thread(Path(place.folder).is_dir):
                secondary_button(
                    _("Open the folder"),
                    lambda: open_folder(place.folder),
                    icon="folder_open",
                )
        secondary(
            _(
                "On another disk they survive this computer: in a folder of your own, "
                "copies go with what was sent. Leave empty for the usual folder."
            )
        )
        with ui.element("div").classes(design.FORM):
            folder = text_field(
                _("Folder of the copies"),
                place.out_of_reach or _own(session, place.folder),
                name="copies-folder",
            ).classes(design.WIDE)

        async def choose() -> None:
            folder.value = await choose_folder() or folder.value

        async def save() -> None:
            with refusals_shown():
                await asyncio.to_thread(copies.choose, folder.value.strip())
                ui.navigate.reload()

        with ui.element("div").classes(design.CARD_ACTIONS):
            if app.native.main_window is not None:
                secondary_button(_("Choose…"), choose, icon="folder_open")
            secondary_button(_("Save"), save).mark("save-copies-folder")


def _own(session: Session, folder: str) -> str:
    """Tell the folder that the user chose; empty for the usual one."""
    return "" if Path(folder).is_relative_to(session.folder) else folder
