"""Looks at the watched folders, and holds what they brought until it is imported."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from domain.basics.errors import (
    DunningError,
    FolderUnreachableError,
    UnreadableFileError,
)
from domain.basics.identifiers import EntityId
from domain.basics.progress import StoppedError, Tell, untold
from domain.files import FoundFile
from domain.ledger.import_report import ImportRecord, SourceFile
from domain.usecases.accepting import accept_import
from domain.usecases.importing import (
    ImportPreview,
    preview_import,
)
from domain.usecases.mapping_files import mapping_told
from domain.usecases.synchronising import (
    Doubt,
    Watch,
    judge,
    note_seen,
    set_aside,
    watch_of,
    watches,
)
from ui.session import Session
from ui.translation import refusal

_log = logging.getLogger("relance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A file read from a watched folder, and what it would change."""

    preview: ImportPreview
    doubts: tuple[Doubt, ...]


@dataclass(slots=True)
class Desk:
    """What the folder of one firm brought."""

    waiting: Prepared | None = None
    """To be accepted by someone."""
    applied: ImportRecord | None = None
    """Imported by itself, and not looked at yet."""
    folder_problem: str = ""
    unreadable: dict[str, datetime] = field(default_factory=dict)
    """The files passed over: sha256, and when they were modified."""
    file_problem: str = ""
    """Why the last of them could not be read."""


Listener = Callable[[EntityId], Awaitable[None]]


class Incoming:
    """The watched folders of the app; screens show what they brought."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._busy = asyncio.Lock()
        self._desks: dict[EntityId, Desk] = {}
        self._listeners: list[Listener] = []

    def of(self, entity_id: EntityId) -> Desk:
        """Show what the folder of a firm brought."""
        return self._desks.setdefault(entity_id, Desk())

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Tell a screen about changes; returns how to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def round(self) -> None:
        """Look at every watched folder once."""
        if self._busy.locked():
            return
        async with self._busy:
            for watch in await self._session.run(watches):
                await self._look(watch)

    async def look_now(self, entity_id: EntityId, tell: Tell = untold) -> Desk:
        """Look because someone asks: what was set aside is proposed again.

        Raises:
            StoppedError: who asks wants it no more.
            DunningError: no folder is watched, it is out of reach, or its newest file
                is not readable; said to who asks.
        """
        async with self._busy:
            watch = await self._session.run(watch_of, entity_id)
            desk = self.of(entity_id)
            desk.waiting = None
            desk.unreadable.clear()
            desk.file_problem = ""
            await self._look(watch, asked=True, tell=tell)
        return desk

    async def newest(
        self, entity_id: EntityId, tell: Tell = untold
    ) -> ImportPreview | None:
        """Read the newest file again, known or not, to start from it; None: no file."""
        session = self._session
        async with self._busy:
            watch = await session.run(watch_of, entity_id)
            found = await asyncio.to_thread(
                session.outside.watched_folder.newest,
                watch.settings.folder,
                watch.settings.pattern,
                wait=True,
            )
            if found is None:
                return None
            return await self._read(watch, found, tell, from_scratch=True)

    async def give_up(self, preview: ImportPreview) -> None:
        """Set a file aside, if it is the one that waits."""
        if self.forget(preview):
            sha256 = preview.source.sha256
            await self._session.run(set_aside, preview.entity_id, sha256)
            await self.tell(preview.entity_id)

    def forget(self, preview: ImportPreview) -> bool:
        """Let go of a file, if it is the one that waits; tells whether it was."""
        desk = self.of(preview.entity_id)
        waiting = desk.waiting and desk.waiting.preview.source.sha256
        if waiting != preview.source.sha256:
            return False
        desk.waiting = None
        return True

    async def _look(
        self, watch: Watch, *, asked: bool = False, tell: Tell = untold
    ) -> None:
        desk = self.of(watch.entity_id)
        before = _shown(desk)
        if desk.waiting and desk.waiting.preview.source.sha256 in watch.imported:
            desk.waiting = None  # it was dropped on the import page meanwhile
        try:
            await self._take(watch, desk, tell, asked=asked)
            desk.folder_problem = ""
        except FolderUnreachableError as error:
            desk.folder_problem = refusal(error)
            if asked:
                raise
        finally:
            if _shown(desk) != before:
                await self.tell(watch.entity_id)

    async def _take(self, watch: Watch, desk: Desk, tell: Tell, *, asked: bool) -> None:
        """Read the newest file; one that resists gives way to the one before it."""
        while found := await self._newest(watch, desk, asked=asked):
            try:
                preview = await self._read(watch, found, tell)
            except StoppedError:
                await self._pass_over(watch, found)
                raise
            except DunningError as error:
                desk.unreadable[found.sha256] = found.modified_at
                desk.file_problem = refusal(error)
                continue
            if all(found.modified_at > passed for passed in desk.unreadable.values()):
                desk.file_problem = ""
            await self._settle(watch, desk, found, preview, tell)
            return

    async def _pass_over(self, watch: Watch, found: FoundFile) -> None:
        """Remember that a file is not wanted now: the next round leaves it."""
        session, entity_id = self._session, watch.entity_id
        await session.run(note_seen, entity_id, found, session.now())
        await session.run(set_aside, entity_id, found.sha256)

    async def _newest(
        self, watch: Watch, desk: Desk, *, asked: bool
    ) -> FoundFile | None:
        known = set(watch.imported)
        if desk.waiting:
            known.add(desk.waiting.preview.source.sha256)
        if watch.seen and watch.seen.set_aside and not asked:
            known.add(watch.seen.sha256)
        # The disk may be a network drive: it never holds the screens up.
        return await asyncio.to_thread(
            self._session.outside.watched_folder.newest,
            watch.settings.folder,
            watch.settings.pattern,
            known=known,
            unreadable=desk.unreadable.keys(),
            wait=asked,
        )

    async def _read(
        self, watch: Watch, found: FoundFile, tell: Tell, *, from_scratch: bool = False
    ) -> ImportPreview:
        session = self._session
        source = await self._source(watch.entity_id, found, tell)
        return await session.run_aside(
            preview_import,
            source,
            watch.entity_id,
            session.today(),
            from_scratch=from_scratch,
            tell=tell,
        )

    async def _source(
        self, entity_id: EntityId, found: FoundFile, tell: Tell
    ) -> SourceFile:
        """Read a file of accounts, or a table whose columns were told once."""
        session, files, name = self._session, self._session.outside.files, found.name
        try:
            return await asyncio.to_thread(files.read, name, found.content, tell)
        except UnreadableFileError as error:
            refused = error
        try:
            table = await asyncio.to_thread(files.table, name, found.content)
        except UnreadableFileError:
            raise refused from None
        mapping = await session.run(mapping_told, entity_id, table, refused)
        return await asyncio.to_thread(files.read_mapped, table, mapping, name)

    async def _settle(
        self,
        watch: Watch,
        desk: Desk,
        found: FoundFile,
        preview: ImportPreview,
        tell: Tell,
    ) -> None:
        """Import the file if the user leaves that to the app, else hold it."""
        session = self._session
        await session.run(note_seen, watch.entity_id, found, session.now())
        doubts = judge(preview, watch.settings)
        if doubts or not watch.settings.is_automatic:
            desk.waiting = Prepared(preview=preview, doubts=doubts)
            return
        desk.waiting = None
        try:
            desk.applied = await session.run_aside(
                accept_import, preview, session.now(), tell=tell
            )
        except StoppedError:
            await self._pass_over(watch, found)
            raise

    async def tell(self, entity_id: EntityId) -> None:
        """Have every screen say again what stands around it."""
        for listener in tuple(self._listeners):
            try:
                await listener(entity_id)
            except Exception:  # noqa: BLE001 - one closed tab must not hide it from others
                _log.exception("A screen could not show what a folder brought")


def _shown(desk: Desk) -> tuple[object, ...]:
    """Tell what the screens show of a desk."""
    waiting = desk.waiting and desk.waiting.preview.source.sha256
    applied = desk.applied and desk.applied.id
    return waiting, applied, desk.folder_problem, desk.file_problem
