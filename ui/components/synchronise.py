"""Synchronising by hand: look at the watched folder now, or start again from it."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from domain.basics.progress import Tell
from domain.usecases.accepting import accept_import
from domain.usecases.importing import ImportPreview
from domain.usecases.synchronising import (
    DoubtKind,
    SyncSettings,
    judge,
    last_seen,
    sync_settings,
)
from ui import addresses, design, doubts, formatting
from ui.components.buttons import quiet_button, secondary_button
from ui.components.confirm_dialog import confirm
from ui.components.import_progress import behind_bar
from ui.components.text import secondary
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext

Redraw = Callable[[], Awaitable[None]]


def sync_buttons(session: Session, redraw: Redraw) -> None:
    """Draw « Synchroniser » and the full export; ``redraw`` shows what came."""

    async def look() -> None:
        button.props("loading")
        with refusals_shown():
            desk = await behind_bar(
                _("Synchronise"),
                lambda tell: session.incoming.look_now(session.entity_id, tell),
            )
            if desk and desk.applied:
                ui.navigate.reload()
            elif desk and not desk.waiting:
                ui.notify(desk.file_problem or _("No new file in the watched folder."))
        button.props(remove="loading")
        await redraw()

    async def start_again() -> None:
        full.props("loading")
        with refusals_shown():
            await _start_again(session)
        full.props(remove="loading")
        await redraw()

    full = quiet_button(_("Run a full export…"), start_again).mark("full-export")
    button = secondary_button(_("Synchronise"), look, icon="sync").mark("sync")


async def _start_again(session: Session) -> None:
    is_stopped = True

    async def newest(tell: Tell) -> ImportPreview | None:
        nonlocal is_stopped
        preview = await session.incoming.newest(session.entity_id, tell)
        is_stopped = False
        return preview

    preview = await behind_bar(_("Run a full export…"), newest)
    if is_stopped:
        return
    if preview is None:
        ui.notify(_("There is no accounting file in the watched folder."))
    elif await _agrees(session, preview):
        record = await behind_bar(
            preview.source.name,
            lambda tell: session.run_aside(
                accept_import, preview, session.now(), tell=tell
            ),
        )
        if record:
            session.incoming.forget(preview)
            ui.navigate.reload()


async def watch_line(session: Session, settings: SyncSettings) -> None:
    """Say which folder is watched and what it last brought, or offer to choose one."""
    if not settings.folder:
        with ui.element("div").classes(design.ROW):
            secondary(_("Relance can notice new exports by itself."))
            ui.link(_("Watch a folder"), f"{addresses.SETTINGS}#watch")
        return
    text = _("Watched folder: {folder}", folder=settings.folder)
    seen = await session.run(last_seen, session.entity_id)
    if seen:
        brought = _(
            "last file {file}, on {at}",
            file=seen.name,
            at=formatting.moment(seen.seen_at),
        )
        text = f"{text} · {brought}"
    with ui.element("div").classes(design.ROW):
        secondary(text)
        ui.link(_("Change"), f"{addresses.SETTINGS}#watch")
    desk = session.incoming.of(session.entity_id)
    for problem in filter(None, (desk.folder_problem, desk.file_problem)):
        with ui.element("div").classes(design.NOTICE_BOX):
            ui.icon("warning_amber").props("aria-hidden=true")
            ui.label(problem)


async def _agrees(session: Session, preview: ImportPreview) -> bool:
    """Say what starting again would change, and ask."""
    movements = preview.movements
    before = formatting.money(movements.balance_before)
    after = formatting.money(movements.balance_after)
    consequence = ngettext(
        "The entries become those of this file: {count} entry that it does not hold "
        "goes, and what is owed goes from {before} to {after}. Stops, disputes, "
        "promises, notes, levels and history stay.",
        "The entries become those of this file: {count} entries that it does not hold "
        "go, and what is owed goes from {before} to {after}. Stops, disputes, "
        "promises, notes, levels and history stay.",
        len(movements.vanished),
        before=before,
        after=after,
    )
    if not movements.vanished:
        consequence = _(
            "The entries become those of this file, and none goes; what is owed goes "
            "from {before} to {after}. Stops, disputes, promises, notes, levels and "
            "history stay.",
            before=before,
            after=after,
        )
    settings = await session.run(sync_settings, preview.entity_id)
    found = judge(preview, settings)
    # What goes is said above, and the same file again is the point.
    said = (DoubtKind.VANISHED, DoubtKind.ALREADY_IMPORTED)
    sentences = [doubts.doubt(d) for d in found if d.kind not in said]
    return await confirm(
        _("Start again from {file}?", file=preview.source.name),
        " ".join([consequence, *sentences]),
        _("Start again"),
        dangerous=True,
    )
