"""Reads the mailbox now and then while the window is open."""

import asyncio
from datetime import datetime

from domain.basics.identifiers import EntityId
from domain.ports import Books
from domain.usecases.copying_sent import copies_kept, copies_to_keep
from domain.usecases.mailbox import (
    MailboxReport,
    MailboxWords,
    keep_look,
    look,
    what_to_look_for,
)
from ui import formatting
from ui.session import Session
from ui.translation import _


class MailboxReader:
    """Looks at each firm's mailbox, once at a time; never while e-mails leave."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._busy = asyncio.Lock()

    async def round(self) -> None:
        """Look at every mailbox once."""
        for entity_id in await self._session.run(_firms):
            await self.look(entity_id)

    async def look(self, entity_id: EntityId) -> MailboxReport | None:
        """Look at a firm's mailbox; None where there is none, or nothing was done."""
        session = self._session
        if self._busy.locked() or session.postman.is_sending:
            return None
        async with self._busy:
            wanted = await session.run(what_to_look_for, entity_id)
            if wanted is None:
                return None
            mailbox, now = session.outside.mailbox, session.now()
            looked = await asyncio.to_thread(look, mailbox, wanted, now)
            report = await session.run(
                keep_look,
                entity_id,
                looked,
                mailbox_words(),
                session.today(),
                session.now(),
            )
            if not report.problem:
                await self._copy(entity_id)
            return report

    async def _copy(self, entity_id: EntityId) -> None:
        """Put copies of what was sent in the Sent folder, a few at a time."""
        session = self._session
        mailbox = session.outside.mailbox
        while not session.postman.is_sending:
            wanted = await session.run(copies_to_keep, entity_id)
            if wanted is None:
                return
            kept = await asyncio.to_thread(mailbox.keep_sent, *wanted)
            await session.run(copies_kept, entity_id, kept.names, kept.problem)
            if kept.problem or not kept.names:
                return


def mailbox_words() -> MailboxWords:
    """Say what the books keep, in the user's language."""
    return MailboxWords(to_read=_("Reply received, to be read"), found_sent=_found)


def _found(moment: datetime) -> str:
    return _("Found in the Sent folder, of {moment}", moment=formatting.moment(moment))


def _firms(books: Books) -> list[EntityId]:
    return [entity.id for entity in books.entities.all()]
