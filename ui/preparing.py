"""Turns today's ticked reminders into letters and e-mails, without freezing."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from domain.dunning.scenario import Channel
from domain.usecases.acting import Choice
from domain.usecases.composing import Composed, compose_chosen
from domain.usecases.emails import Envelope, envelope_of
from domain.usecases.preparing import Prepared, make_files, queue_messages
from ui.session import Session


@dataclass(slots=True)
class Progress:
    """How far a preparation is; a screen shows it, and may cancel it."""

    done: int = 0
    total: int = 0
    is_cancelled: bool = False

    def cancel(self) -> None:
        """Ask the work to stop at the next document."""
        self.is_cancelled = True

    def tell(self, done: int, total: int) -> bool:
        """Note one more document; False stops the work."""
        self.done, self.total = done, total
        return not self.is_cancelled


async def prepare(
    session: Session,
    choices: Sequence[Choice],
    progress: Progress,
    *,
    even_today: bool = False,
) -> Prepared:
    """Prepare the ticked reminders of today."""
    composed = await session.run(
        compose_chosen,
        session.entity_id,
        choices,
        session.outside.mail.check_address,
        session.today(),
        even_today=even_today,
    )
    return await prepare_composed(session, composed, progress)


async def prepare_composed(
    session: Session, composed: Sequence[Composed], progress: Progress
) -> Prepared:
    """Make the files of messages, and put these in the outbox.

    A failed preparation leaves no trace; one that is stopped keeps what was made.
    """
    envelope = None
    if any(c.message.channel is Channel.EMAIL for c in composed):
        await session.invoices.look(session.entity_id)  # one may just have come
        envelope = await session.run(envelope_of, session.entity_id)
    return await _queue(session, composed, envelope, progress)


async def prepare_one(session: Session, composed: Composed) -> Prepared:
    """Put one message that a person wrote in the outbox, like any other."""
    envelope = None
    if composed.message.channel is Channel.EMAIL:
        envelope = await session.run(envelope_of, session.entity_id)
    return await _queue(session, [composed], envelope, Progress())


async def _queue(
    session: Session,
    composed: Sequence[Composed],
    envelope: Envelope | None,
    progress: Progress,
) -> Prepared:
    made = await asyncio.to_thread(
        make_files,
        session.outside,
        composed,
        envelope,
        session.now(),
        progress.tell,
    )
    return await session.run(
        queue_messages, session.entity_id, made, session.today(), session.now()
    )
