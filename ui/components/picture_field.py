"""A picture of the firm's, its logo or a signature: shown, replaced, removed."""

import asyncio
from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from nicegui import ui

from ui import design
from ui.components.buttons import quiet_button
from ui.components.file_drop import file_drop
from ui.components.text import secondary
from ui.refusals import refusals_shown
from ui.session import Session

_ACCEPTED = ".png,.jpg,.jpeg,.svg,.webp,.gif,.bmp,.tif,.tiff"


KeepPicture = Callable[[str, str, bytes], Awaitable[None]]
"""Keeps a picture: its name, its kind (MIME), its content; empty content removes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureWords:
    """What a picture is called."""

    name: str
    """For tests and screen readers."""
    label: str
    ask: str
    none: str
    saved: str
    remove: str


class PictureField:
    """Shows a picture as letters print it; a change is saved at once."""

    def __init__(
        self, session: Session, words: PictureWords, keep: KeepPicture
    ) -> None:
        self._session = session
        self._words = words
        self._keep = keep
        with ui.element("div").classes(design.LOGO_FIELD):
            self._place = ui.element("div").classes(design.LOGO)
            file_drop(
                words.ask,
                self._replace,
                accept=_ACCEPTED,
            ).mark(f"{words.name}-drop")

    async def show(self, content: bytes | None) -> None:
        """Draw the picture, or say that there is none."""
        printable = None
        if content:
            with refusals_shown():
                printable = await self._printable(content)
        self._draw(printable)

    def _draw(self, printable: tuple[bytes, str] | None) -> None:
        self._place.clear()
        with self._place:
            if printable is None:
                secondary(self._words.none)
                return
            content, mime = printable
            picture = ui.element("img").mark(self._words.name)
            picture.props["src"] = f"data:{mime};base64,{b64encode(content).decode()}"
            picture.props["alt"] = self._words.label
            quiet_button(self._words.remove, self._remove)

    async def _replace(self, name: str, content: bytes) -> None:
        with refusals_shown():
            picture, mime = await self._printable(content)
            await self._keep(name, mime, picture)
            self._draw((picture, mime))
            ui.notify(self._words.saved, type="positive")

    async def _remove(self) -> None:
        with refusals_shown():
            await self._keep("", "", b"")
            self._draw(None)

    async def _printable(self, content: bytes) -> tuple[bytes, str]:
        documents = self._session.outside.documents
        return await asyncio.to_thread(documents.printable_logo, content)
