"""Sends what may leave, one e-mail at a time, behind the screens."""

import asyncio
import time
from collections.abc import Collection
from ipaddress import ip_address

from domain.basics.identifiers import EntityId, MessageId
from domain.dunning.outbox import Delivery
from domain.ports import Books
from domain.usecases.delivering import (
    Taken,
    account_for,
    deliver,
    has_released,
    hold_back,
    record_delivery,
    release,
    server_problem,
    take_next,
)
from ui.session import Session

# Mail servers of small firms allow 20 to 30 messages a minute (domain.md H).
_SECONDS_BETWEEN = 2.0


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
        self.total = 0
        """Messages of the sending under way; 0 when there is none."""
        self.done = 0
        self.recipient = ""
        self.answer = ""
        """Why the last round ended early, in the server's words."""
        self._started = 0.0
        self._task: asyncio.Task[None] | None = None

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
        self, entity_id: EntityId, message_ids: Collection[MessageId] | None = None
    ) -> None:
        """Let messages leave, all that wait or some, and send them."""
        released = await self._session.run(release, entity_id, message_ids)
        if not self.is_sending:
            self.total = self.done = 0
            self._started = time.monotonic()
        self.total += released
        self._go_on.set()
        await self.round()

    def send_soon(
        self, entity_id: EntityId, message_ids: Collection[MessageId] | None = None
    ) -> None:
        """Send behind the screens; the outbox shows how far it is."""
        self._task = asyncio.create_task(self.send(entity_id, message_ids))

    async def stop(self, entity_id: EntityId) -> None:
        """Keep back what has not left yet; the message on its way goes through."""
        await self._session.run(hold_back, entity_id)
        self.total = self.done
        self._go_on.set()

    def pause(self) -> None:
        """Wait before the next message, until asked to go on."""
        self._go_on.clear()

    def go_on(self) -> None:
        """Take up the sending again."""
        self._go_on.set()

    async def round(self) -> None:
        """Send every message that may leave now; the rest waits for its time."""
        if self._busy.locked():
            return
        async with self._busy:
            self.answer = ""
            for entity in await self._session.run(_entity_ids):
                await self._empty(entity)
            await asyncio.to_thread(self._session.outside.mail.close)
            self.recipient = ""

    async def _empty(self, entity_id: EntityId) -> None:
        session = self._session
        if not await session.run(has_released, entity_id, session.now()):
            return
        account = await session.run(account_for, entity_id)
        problem = await asyncio.to_thread(server_problem, session.outside.mail, account)
        if problem:
            self.answer = problem.answer
            if problem.outcome is Delivery.REFUSED:  # trying again changes nothing
                await self.stop(entity_id)
            return
        while True:
            await self._go_on.wait()
            taken = await session.run(
                take_next, entity_id, session.today(), session.now()
            )
            if taken is None:
                return
            self.recipient = taken.message.recipient
            report = await asyncio.to_thread(deliver, session.outside.mail, taken)
            await session.run(
                record_delivery,
                taken.message.id,
                report,
                session.today(),
                session.now(),
            )
            if report.outcome is Delivery.OFFLINE:
                self.answer = report.answer
                return
            self.done += 1
            await asyncio.sleep(_pause_after(taken))


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


def _entity_ids(books: Books) -> list[EntityId]:
    return [entity.id for entity in books.entities.all()]
