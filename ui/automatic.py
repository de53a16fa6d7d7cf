"""Lets automatic steps leave while the window is open, the way a person would."""

import asyncio

from domain.basics.identifiers import EntityId
from domain.ports import Books
from domain.usecases.automatic import (
    automatic_choices,
    is_automatic,
    note_refusal,
    report_on,
    waiting_by_itself,
    why_not_now,
)
from domain.usecases.composing import compose_chosen
from domain.usecases.emails import envelope_of
from domain.usecases.preparing import make_files, queue_messages
from ui.session import Session


class AutomaticRounds:
    """Prepares and sends what leaves by itself, firm after firm."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._busy = asyncio.Lock()

    async def round(self) -> None:
        """Look at every firm once."""
        if self._busy.locked():
            return
        async with self._busy:
            for entity_id in await self._session.run(_firms):
                await self._send(entity_id)

    async def _send(self, entity_id: EntityId) -> None:
        session, check = self._session, self._session.outside.mail.check_address
        today, now = session.today(), session.now()
        why = await session.run(why_not_now, entity_id, now, today)
        choices = await session.run(automatic_choices, entity_id, check, today)
        if why:
            waiting = await session.run(waiting_by_itself, entity_id)
            kept = len(choices) + len(waiting)
            await session.run(note_refusal, entity_id, kept, why, now)
            return
        if not choices:
            return
        composed = await session.run(compose_chosen, entity_id, choices, check, today)
        await session.invoices.look(entity_id)
        envelope = await session.run(envelope_of, entity_id)
        made = await asyncio.to_thread(
            make_files, session.outside, composed, envelope, now
        )
        prepared = await session.run(queue_messages, entity_id, made, today, now)
        ids = prepared.email_ids
        await session.postman.send(entity_id, ids, by_itself=True)
        await session.run(report_on, entity_id, ids, session.now())


def _firms(books: Books) -> list[EntityId]:
    return [e.id for e in books.entities.all() if is_automatic(books, e.id)]
