"""A bar in front of the page while a large file is read, compared or saved."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from nicegui import ui

from domain.basics.progress import StoppedError, Tell
from ui import design
from ui.components.buttons import quiet_button
from ui.components.dialog import page_dialog
from ui.components.text import section_title
from ui.importing import ImportProgress
from ui.translation import _

T = TypeVar("T")
_LOOK_EVERY = 0.25


async def behind_bar(title: str, work: Callable[[Tell], Awaitable[T]]) -> T | None:
    """Do a work that tells how far it is; None when the user stopped it.

    A small file is done before the bar would show.
    """
    progress = ImportProgress()
    dialog = page_dialog().props("persistent")
    with dialog, ui.element("div").classes(design.DIALOG):
        section_title(title)
        bar = ui.linear_progress(0, show_value=False).mark("import-progress")
        words = ui.label().mark("import-progress-words")
        with ui.element("div").classes(design.PAGE_ACTIONS):
            stop = quiet_button(_("Cancel"), progress.stop).mark("stop-import")

    def look() -> None:
        bar.value = progress.share
        words.text = progress.words
        stop.enabled = not progress.is_stopped
        if progress.phase and not dialog.value:
            dialog.open()

    timer = ui.timer(_LOOK_EVERY, look, immediate=False)
    try:
        return await work(progress.tell)
    except StoppedError:
        return None
    finally:
        timer.cancel()
        dialog.close()
        dialog.delete()
