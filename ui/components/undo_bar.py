"""What was just done, in a sentence, with « Annuler » for ten seconds."""

from collections.abc import Awaitable, Callable
from weakref import WeakKeyDictionary

from nicegui import Client, ui

from ui import design
from ui.components.buttons import quiet_button
from ui.refusals import refusals_shown
from ui.translation import _

Undo = Callable[[], Awaitable[None]]
SHOWN_SECONDS = 10

_bars: WeakKeyDictionary[Client, ui.element] = WeakKeyDictionary()


def tell_done(client: Client, words: str, undo: Undo) -> None:
    """Say what was done, in place of what was said before; Z takes it back."""
    forget(client)

    async def take_back() -> None:
        forget(client)
        with refusals_shown():
            await undo()

    with client.content, ui.element("div").classes(design.UNDO_BAR) as bar:
        bar.props["role"] = "status"
        ui.label(words)
        button = quiet_button(_("Undo"), take_back, icon="undo").mark("undo")
        button.props["data-key"] = "z"
        ui.timer(SHOWN_SECONDS, lambda: forget(client), once=True)
    _bars[client] = bar


def forget(client: Client) -> None:
    """Take the sentence away."""
    bar = _bars.pop(client, None)
    if bar and not bar.is_deleted:
        bar.delete()
