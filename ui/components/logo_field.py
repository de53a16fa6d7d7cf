"""The firm's logo: shown, replaced, removed."""

import asyncio
from base64 import b64encode

from nicegui import ui

from domain.basics.identifiers import EntityId
from domain.usecases.configuring import save_logo
from ui import design
from ui.components.buttons import quiet_button
from ui.components.file_drop import file_drop
from ui.components.text import secondary
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _

_ACCEPTED = ".png,.jpg,.jpeg,.svg,.webp,.gif,.bmp,.tif,.tiff"


class LogoField:
    """Shows the logo as letters print it; a change is saved at once."""

    def __init__(self, session: Session, entity_id: EntityId) -> None:
        self._session = session
        self._entity_id = entity_id
        with ui.element("div").classes(design.LOGO_FIELD):
            self._place = ui.element("div").classes(design.LOGO)
            file_drop(
                _("Drop your logo here, or click to choose it (PNG, JPEG or SVG)"),
                self._replace,
                accept=_ACCEPTED,
            ).mark("logo-drop")

    async def show(self, content: bytes | None) -> None:
        """Draw a logo, or say that there is none."""
        printable = None
        if content:
            with refusals_shown():
                printable = await self._printable(content)
        self._draw(printable)

    def _draw(self, printable: tuple[bytes, str] | None) -> None:
        self._place.clear()
        with self._place:
            if printable is None:
                secondary(_("No logo: letters show the name of the company alone."))
                return
            content, mime = printable
            picture = ui.element("img").mark("logo")
            picture.props["src"] = f"data:{mime};base64,{b64encode(content).decode()}"
            picture.props["alt"] = _("Logo")
            quiet_button(_("Remove the logo"), self._remove)

    async def _replace(self, name: str, content: bytes) -> None:
        with refusals_shown():
            picture, mime = await self._printable(content)
            await self._session.run(save_logo, self._entity_id, name, mime, picture)
            self._draw((picture, mime))
            ui.notify(_("The logo is saved."), type="positive")

    async def _remove(self) -> None:
        with refusals_shown():
            await self._session.run(save_logo, self._entity_id, "", "", b"")
            self._draw(None)

    async def _printable(self, content: bytes) -> tuple[bytes, str]:
        documents = self._session.outside.documents
        return await asyncio.to_thread(documents.printable_logo, content)
