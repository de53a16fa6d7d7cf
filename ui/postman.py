"""Sends what may leave, one e-mail at a time, behind the screens."""

import asyncio
import time
from collections.abc import Collection
from contextlib import suppress
from datetime import date
from ipaddress import ip_address

from domain.basics.identifiers import EntityId, MessageId
from domain.dunning.outbox import Delivery, DeliveryReport
from domain.usecases.delivering import (
    Taken,
    account_for,
    count_released,
    deliver,
    record_delivery,
    server_problem,
    take_next,
)
from domain.usecases.releasing import hold_back, release
from ui.session import Session

# Mail servers of small firms allow 20 to 30 messages a minute (domain.md H).
_SECONDS_BETWEEN = 2.0
_LEAVE_WITHIN = 10.0
"""Seconds; a server that takes longer leaves a doubt rather than an open app."""


class Postman:
    """The one sender of the app; screens show where it is.

    Sending is three short turns per message, so that a crash leaves a doubt about
    one message at most, and no doubt is ever sent again by itself.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._busy = asyncio.Lock()
        self._go_on = asyncio.Event()
        self._go_on.set()
        self._leaving = asyncio.Event()
        self.total = 0
        """Messages of the sending under way."""
        self.done = 0
        self.recipient = ""
        self.answer = ""
        """Why the last round ended early, in the server's words."""
        self._started = 0.0
        self._unrecorded: tuple[MessageId, DeliveryReport] | None = None
        """What the books do not know yet of the message on its way."""
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_sending(self) -> bool:
        """Whether messages are leaving now."""
        return self._busy.locked()

    @property
    def is_paused(self) -> bool:
        """Whether the user asked to wait."""
        return not self._go_on.is_set()

    @property
    def seconds_left(self) -> int | None:
        """Guess how long the rest takes; None before the first message is out."""
        if not self.done:
            return None
        pace = (time.monotonic() - self._started) / self.done
        return round(pace * max(0, self.total - self.done))

    async def send(
        self,
        entity_id: EntityId,
        message_ids: Collection[MessageId] | None = None,
        *,
        even_on: date | None = None,
        by_itself: bool = False,
    ) -> None:
        """Let messages leave, all that wait or some, and send them.

        During a sending they join it; a round of their own follows, for those that
        it had gone past.
        """
        self.total += await self._session.run(
            release, entity_id, message_ids, even_on=even_on, by_itself=by_itself
        )
        self._go_on.set()
        await self._round()

    def send_soon(
        self,
        entity_id: EntityId,
        message_ids: Collection[MessageId] | None = None,
        *,
        even_on: date | None = None,
    ) -> None:
        """Send behind the screens; the outbox shows how far it is."""
        task = asyncio.create_task(self.send(entity_id, message_ids, even_on=even_on))
        self._tasks.add(task)  # the event loop would let it go
        task.add_done_callback(self._tasks.discard)

    async def stop(self, entity_id: EntityId) -> None:
        """Keep back what has not left yet; the message on its way goes through."""
        self.total -= await self._session.run(hold_back, entity_id)
        self._go_on.set()

    def pause(self) -> None:
        """Wait before the next message, until asked to go on."""
        self._go_on.clear()

    def go_on(self) -> None:
        """Take up the sending again."""
        self._go_on.set()

    async def leave(self) -> None:
        """Take no more messages, and note what came of the one on its way.

        Before the books are closed: it would be in doubt at the next start.
        """
        self._leaving.set()
        self._go_on.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(_LEAVE_WITHIN), self._busy:
                pass

    async def round(self) -> None:
        """Send every message that may leave now; the rest waits for its time."""
        if not self._busy.locked():
            await self._round()

    async def _round(self) -> None:
        session = self._session
        async with self._busy:
            await self._record()
            released = await session.run(count_released, session.today(), session.now())
            if not released or self._leaving.is_set():
                return
            self.total, self.done = sum(released.values()), 0
            self._started = time.monotonic()
            self.answer = ""
            try:
                for entity_id in released:
                    await self._empty(entity_id)
            finally:
                self.recipient = ""
                await asyncio.to_thread(session.outside.mail.close)

    async def _empty(self, entity_id: EntityId) -> None:
        session = self._session
        account = await session.run(account_for, entity_id)
        problem = await asyncio.to_thread(server_problem, session.outside.mail, account)
        if problem:
            self.answer = problem.answer
            if problem.outcome is Delivery.REFUSED:  # trying again changes nothing
                await self.stop(entity_id)
            return
        while taken := await self._take(entity_id):
            report = await self._deliver(taken)
            if report.outcome is Delivery.OFFLINE:
                self.answer = report.answer
                return
            self.done += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(self._leaving.wait(), _pause_after(taken))

    async def _take(self, entity_id: EntityId) -> Taken | None:
        await self._go_on.wait()
        if self._leaving.is_set():
            return None
        session = self._session
        return await session.run(take_next, entity_id, session.today(), session.now())

    async def _deliver(self, taken: Taken) -> DeliveryReport:
        self.recipient = ", ".join(taken.message.recipient.splitlines())
        # Until the server has answered, whatever happens here is a doubt.
        doubt = DeliveryReport(outcome=Delivery.UNKNOWN)
        self._unrecorded = taken.message.id, doubt
        report = await asyncio.to_thread(deliver, self._session.outside.mail, taken)
        self._unrecorded = taken.message.id, report
        await self._record()
        return report

    async def _record(self) -> None:
        """Note what came of the last message; at the next round, if it fails now."""
        if self._unrecorded:
            session = self._session
            today, now = session.today(), session.now()
            await session.run(record_delivery, *self._unrecorded, today, now)
            self._unrecorded = None


def _pause_after(taken: Taken) -> float:
    """Spare the firm's mail server; one on this machine needs no pause."""
    if taken.account is None or _is_loopback(taken.account.host):
        return 0.0
    return _SECONDS_BETWEEN


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
