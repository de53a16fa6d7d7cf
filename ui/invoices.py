"""Keeps what is known of the folders of invoices up to date, and opens their PDFs."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from nicegui import app, ui
from starlette.responses import PlainTextResponse, Response

from domain.basics.errors import FolderUnreachableError
from domain.basics.identifiers import EntityId
from domain.files import Attachment
from domain.ledger.invoice_file import InvoiceFile
from domain.usecases.invoice_files import (
    FolderChanges,
    FolderKnown,
    Mark,
    attachment_of,
    firms_with_invoices,
    folder_changes,
    invoice_file,
    keep_invoice_files,
    known_folder,
    refresh_due_dates,
)
from ui import addresses
from ui.components.save_file import open_file
from ui.session import Session
from ui.translation import _

_LOOK_EVERY = 30.0
"""Seconds between looks at a folder, which may be on a network drive."""


@dataclass(slots=True)
class FolderProgress:
    """How far the reading of a folder is."""

    done: int
    total: int


class InvoiceDesk:
    """The folders of invoices of the app."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._busy = asyncio.Lock()
        self._is_leaving = False
        self.progress: dict[EntityId, FolderProgress] = {}
        """Of the folders being read now."""
        self.changed: Counter[EntityId] = Counter()
        """How many times a look found something new: screens notice it."""
        self.unreachable: set[EntityId] = set()
        self._next_round = 0.0

    async def round(self) -> None:
        """Look at every folder now and then, after the first screen is drawn."""
        is_early = time.monotonic() < self._next_round
        if is_early or self._session.shown is None or self._busy.locked():
            return
        self._next_round = time.monotonic() + _LOOK_EVERY
        for entity_id in await self._session.run(firms_with_invoices):
            await self.look(entity_id)

    async def look(self, entity_id: EntityId) -> None:
        """Read what changed in a firm's folder; nobody waits for it on the books."""
        session = self._session
        async with self._busy:
            known = await session.run(known_folder, entity_id)
            changes = await self._changes(known)
            was_unreachable = entity_id in self.unreachable
            if changes is None:
                self.unreachable.add(entity_id)
            else:
                self.unreachable.discard(entity_id)
            if changes and (changes.to_read or changes.gone):
                await self._read(entity_id, known, changes)
            elif was_unreachable is (changes is None):
                return
            self.changed[entity_id] += 1

    async def _changes(self, known: FolderKnown) -> FolderChanges | None:
        """List what changed; None out of reach: a network drive may well be."""
        files = self._session.outside.files
        try:
            return await asyncio.to_thread(folder_changes, files, known)
        except FolderUnreachableError:
            return None

    def leave(self) -> None:
        """Stop reading; what was read stays."""
        self._is_leaving = True

    async def _read(
        self, entity_id: EntityId, known: FolderKnown, changes: FolderChanges
    ) -> None:
        session = self._session
        progress = FolderProgress(0, len(changes.to_read))
        self.progress[entity_id] = progress
        folder = session.outside.files.invoices(known.folder)

        def read_some(batch: Sequence[Mark]) -> list[InvoiceFile]:
            found = []
            for file in folder.read(entity_id, batch):
                found.append(file)
                progress.done += 1
                if self._is_leaving:
                    break
            return found

        async def keep(read: Sequence[InvoiceFile], gone: Sequence[str] = ()) -> bool:
            return await session.run(
                keep_invoice_files, entity_id, known.folder, read, gone
            )

        try:
            are_dues_moved = await keep([], changes.gone)
            for batch in changes.batches:
                are_dues_moved |= await keep(await asyncio.to_thread(read_some, batch))
                if self._is_leaving:
                    break
        finally:
            del self.progress[entity_id]
        if are_dues_moved:
            today, now = session.today(), session.now()
            await session.run(refresh_due_dates, entity_id, today, now)


async def read_invoice(
    session: Session, entity_id: EntityId, name: str
) -> Attachment | None:
    """Read a PDF by its name; None unless it was found in the firm's folder."""
    folder = await session.run(invoice_file, entity_id, name)
    if folder is None:
        return None
    return await asyncio.to_thread(attachment_of, session.outside.files, folder, name)


async def open_invoice(session: Session, entity_id: EntityId, name: str) -> None:
    """Show a PDF: in the system's program, or in another tab of the browser."""
    if app.native.main_window is None:
        ui.navigate.to(addresses.invoice(entity_id, name), new_tab=True)
        return
    invoice = await read_invoice(session, entity_id, name)
    if invoice is None:
        ui.notify(_gone(name), type="warning")
        return
    await open_file(invoice.name, invoice.content)


def serve_invoices(session: Session) -> None:
    """Let the browser show PDFs; the local guard stands before, as for any screen.

    The name is looked up among the files found in the folder: it is never a path.
    """

    async def served(entity_id: str, name: str) -> Response:
        invoice = await read_invoice(session, EntityId(entity_id), name)
        if invoice is None:
            return PlainTextResponse(_gone(name), status_code=404)
        head = {
            "content-disposition": f"inline; filename*=UTF-8''{quote(invoice.name)}",
            "cache-control": "no-store",
        }
        return Response(invoice.content, media_type=invoice.mime, headers=head)

    app.get(addresses.INVOICE)(served)


def _gone(name: str) -> str:
    return _("This PDF is no longer in the folder of the invoices: {file}", file=name)
