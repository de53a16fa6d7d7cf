"""Prepares messages while the user watches, and may change their mind."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from nicegui import ui

from domain.usecases.acting import Choice
from domain.usecases.preparing import Prepared
from ui import design, formatting
from ui.components.buttons import quiet_button
from ui.components.dialog import page_dialog
from ui.components.text import section_title
from ui.preparing import Progress, prepare
from ui.session import Session
from ui.translation import _

_LOOK_EVERY = 0.2


async def preparing_dialog(
    session: Session, choices: Sequence[Choice], *, even_today: bool = False
) -> Prepared | None:
    """Prepare the chosen messages behind a progress bar; None when cancelled."""
    preparing = partial(prepare, session, choices, even_today=even_today)
    return await watched(preparing, len(choices))


async def watched(
    preparing: Callable[[Progress], Awaitable[Prepared]], count: int
) -> Prepared | None:
    """Show how far the making of messages is; None when cancelled."""
    progress = Progress(total=count)
    dialog = page_dialog().props("persistent")
    with dialog, ui.element("div").classes(design.DIALOG):
        section_title(_("Preparing the messages…"))
        bar = ui.linear_progress(0, show_value=False)
        words = ui.label()
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Cancel"), progress.cancel)

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
        return await preparing(progress)
    except Exception:
        if progress.is_cancelled:
            return None
        raise
    finally:
        timer.cancel()
        dialog.close()
        dialog.delete()
