"""The files that go with an e-mail: from the disk, or the customer's invoices."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from mimetypes import guess_type

from nicegui import ui

from domain.files import Attachment
from domain.ledger.open_item import OpenItem
from domain.usecases.emails import sure_invoices
from domain.usecases.writing import check_attachments
from ui import design, formatting
from ui.components.buttons import icon_button, secondary_button
from ui.components.file_drop import file_drop
from ui.components.text import secondary
from ui.invoices import read_invoice
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext

_MEGABYTE = 1_000_000
_ANY_FILE = "application/octet-stream"


class AttachedFiles:
    """The list of files, kept in a list that the draft owns."""

    def __init__(
        self,
        session: Session,
        files: list[Attachment],
        ticked: Callable[[], Sequence[OpenItem]],
        on_change: Callable[[], Awaitable[None]],
    ) -> None:
        self._session, self._files = session, files
        self._ticked, self._on_change = ticked, on_change

    def draw(self) -> None:
        """Draw the files, a place to drop others, and the invoices' button."""
        self._list()
        with ui.element("div").classes(design.ROW):
            file_drop(_("Add a file (15 at most, 15 MB in all)"), self._dropped)
            secondary_button(
                _("Enclose the invoices ticked"), self._invoices, icon="attach_file"
            ).mark("enclose-invoices")

    @ui.refreshable_method
    def _list(self) -> None:
        if not self._files:
            secondary(_("No file enclosed"))
        for file in self._files:
            with ui.element("div").classes(design.ROW).mark("attached"):
                ui.label(file.name)
                ui.label(_size(len(file.content))).classes(design.SECONDARY_TEXT)
                icon_button("close", _("Remove"), partial(self._remove, file))
        if len(self._files) > 1:
            total = sum(len(file.content) for file in self._files)
            secondary(
                ngettext(
                    "{count} file, {size} in all",
                    "{count} files, {size} in all",
                    len(self._files),
                ).format(size=_size(total))
            )

    async def _dropped(self, name: str, content: bytes) -> None:
        mime = guess_type(name)[0] or _ANY_FILE
        await self.add([Attachment(name=name, mime=mime, content=content)])

    async def add(self, files: Sequence[Attachment]) -> None:
        """Add files, all or none; those enclosed already are left out."""
        names = {file.name for file in self._files}
        new = [file for file in files if file.name not in names]
        with refusals_shown():
            check_attachments([*self._files, *new])
            self._files.extend(new)
            self._list.refresh()
            await self._on_change()

    async def _remove(self, file: Attachment) -> None:
        self._files.remove(file)
        self._list.refresh()
        await self._on_change()

    async def _invoices(self) -> None:
        session, items = self._session, self._ticked()
        found = await session.run(sure_invoices, session.entity_id, items) or {}
        names = dict.fromkeys(f.name for i in items if (f := found.get(i.id)))
        read = [await read_invoice(session, session.entity_id, name) for name in names]
        files = [file for file in read if file]
        if not files:
            ui.notify(
                _("No PDF of the invoices ticked was found for sure in their folder."),
                type="warning",
            )
            return
        await self.add(files)


def _size(octets: int) -> str:
    """Write a size in kilobytes, or in megabytes to a tenth."""
    if octets < _MEGABYTE:
        return _("{size} kB", size=formatting.count(-(-octets // 1000)))
    tenths = round(octets / 100_000)
    return _("{size} MB", size=f"{tenths // 10},{tenths % 10}")
