"""What is shown in the place of the app when the books cannot be opened."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from nicegui import background_tasks, ui

from domain.basics.errors import BooksUnreadableError, DunningError
from domain.copies import CopyPreview
from ui import addresses, design, formatting
from ui.components.buttons import danger_button, primary_button, secondary_button
from ui.components.confirm_dialog import confirm
from ui.components.copies_list import copies_list
from ui.components.copy_preview import holding_table, show_copy
from ui.components.page_head import page_head
from ui.components.save_file import open_folder
from ui.components.text import paragraph, secondary, section_title
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, refusal


def damaged_books(session: Session, error: BooksUnreadableError) -> None:
    """Say why the books cannot be opened, and offer their last good state."""
    with ui.element("main").classes(design.PAGE).mark("damaged-books"):
        page_head(_("Your data cannot be opened"))
        paragraph(refusal(error))
        paragraph(
            _(
                "Nothing has been deleted. The file stays where it is until you "
                "restore a copy; it is then moved aside, under another name."
            )
        )
        with ui.element("div").classes(design.ROW):
            secondary_button(
                _("Try again"), lambda: _try_again(session), icon="refresh"
            ).mark("try-again")
            folder = str(error.details["folder"])
            if Path(folder).is_dir():
                secondary_button(
                    _("Open the folder"),
                    lambda: open_folder(folder),
                    icon="folder_open",
                )
        place = ui.element("div").classes(design.STACK)
    background_tasks.create(_offer(session, place))


async def _offer(session: Session, place: ui.element) -> None:
    last = await asyncio.to_thread(_last_good, session)
    if place.is_deleted:
        return
    with place:
        if last:
            _last_state(session, last)
        section_title(_("All copies"))
        await copies_list(session)
        section_title(_("Without any copy"))
        secondary(
            _(
                "You can also begin with empty books and import your accounts again. "
                "Promises, notes and what was sent would then be unknown."
            )
        )
        with ui.element("div").classes(design.ROW):
            danger_button(
                _("Begin with empty books"), lambda: _begin_anew(session)
            ).mark("begin-anew")


def _last_state(session: Session, last: CopyPreview) -> None:
    moment = formatting.moment(last.copy.made_at)
    with ui.element("section").classes(design.CARD):
        section_title(_("Last good state: {moment}", moment=moment))
        holding_table(last)
        with ui.element("div").classes(design.CARD_ACTIONS):
            primary_button(
                _("Restore this state"),
                lambda: show_copy(session, last.copy),
                icon="restore",
            ).mark("last-state")


def _last_good(session: Session) -> CopyPreview | None:
    """Look for the latest copy that can be opened."""
    copies = session.outside.copies(session.folder)
    for copy in copies.all():
        try:
            return copies.preview(copy.file)
        except DunningError:
            continue  # damaged as well: the one before it
    return None


async def _try_again(session: Session) -> None:
    with refusals_shown():
        await session.replace_books(lambda _copies: None)
        await session.opened()
        ui.navigate.to(addresses.HOME)


async def _begin_anew(session: Session) -> None:
    if not await confirm(
        _("Begin with empty books?"),
        _(
            "The damaged file is moved aside and kept. Everything else begins anew: "
            "company, customers, scenarios, what was sent."
        ),
        _("Begin with empty books"),
        dangerous=True,
    ):
        return
    with refusals_shown():
        await session.replace_books(
            lambda copies: copies.start_empty(datetime.now(UTC))
        )
        ui.navigate.to(addresses.HOME)
