"""Prepares messages while the user watches, and may change their mind."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from nicegui import ui

from domain.usecases.acting import Choice
from domain.usecases.preparing import Prepared
from ui import addresses, design, formatting
from ui.components.buttons import primary_button, quiet_button
from ui.components.dialog import page_dialog
from ui.components.text import paragraph, section_title
from ui.preparing import Progress, prepare
from ui.session import Session
from ui.translation import _, ngettext

_LOOK_EVERY = 0.2


async def preparing_dialog(
    session: Session, choices: Sequence[Choice], *, even_today: bool = False
) -> Prepared | None:
    """Prepare the chosen messages behind a progress bar; None when stopped."""
    preparing = partial(prepare, session, choices, even_today=even_today)
    return await watched(preparing, len(choices))


async def watched(
    preparing: Callable[[Progress], Awaitable[Prepared]], count: int
) -> Prepared | None:
    """Show how far the making of messages is; None when stopped.

    What was made by then waits in the outbox, and the screen shows the rest anew.
    """
    progress = Progress(total=count)
    dialog = page_dialog().props("persistent")
    with dialog, ui.element("div").classes(design.DIALOG):
        section_title(_("Preparing the messages…"))
        bar = ui.linear_progress(0, show_value=False)
        words = ui.label()
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Stop"), progress.cancel).mark("stop-preparing")

    def look() -> None:
        bar.value = progress.done / max(1, progress.total)
        words.text = _(
            "{done} of {total}",
            done=formatting.count(progress.done),
            total=formatting.count(progress.total),
        )

    timer = ui.timer(_LOOK_EVERY, look)
    dialog.open()
    try:
        prepared = await preparing(progress)
    finally:
        timer.cancel()
        dialog.close()
        dialog.delete()
    ready = prepared.email_count + prepared.letter_count + prepared.already_there
    if not progress.is_cancelled or ready == count:
        return prepared
    await _say_stopped(ready, count)
    return None


async def _say_stopped(ready: int, count: int) -> None:
    """Tell what was kept, then where the user wants to go on."""
    dialog = page_dialog().props("persistent")
    with dialog, ui.element("div").classes(design.DIALOG).mark("stopped"):
        section_title(_("Preparing was stopped"))
        paragraph(
            ngettext(
                "{count} message of {total} is ready: it waits in the outbox, and "
                "nothing has left. The others are proposed again.",
                "{count} messages of {total} are ready: they wait in the outbox, "
                "and nothing has left. The others are proposed again.",
                ready,
                total=formatting.count(count),
            )
        )
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Close"), lambda: dialog.submit(False))
            primary_button(
                _("See the outbox"), lambda: dialog.submit(True), icon="outbox"
            ).mark("see-outbox")
    goes = await dialog
    dialog.delete()
    if goes:
        ui.navigate.to(addresses.OUTBOX)
    else:
        ui.navigate.reload()
