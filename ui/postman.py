"""Sends what may leave, one e-mail at a time, behind the screens."""

import asyncio
import time
from asyncio import wait_for
from collections.abc import Collection, Coroutine
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from domain.basics.identifiers import EntityId, MessageId
from domain.dunning.outbox import Delivery, DeliveryReport
from domain.dunning.throttle import Rest
from domain.ports import SmtpAccount
from domain.usecases.account_refusals import note_account
from domain.usecases.delivering import (
    Taken,
    account_for,
    count_released,
    deliver,
    record_delivery,
    server_problem,
    take_next,
)
from domain.usecases.holding_back import hold_back
from domain.usecases.passing_on import Turn, pass_on
from domain.usecases.releasing import release
from domain.usecases.throttling import rest_of
from ui.network import Network
from ui.session import Session

_LONGEST_PAUSE = timedelta(seconds=15)
"""A longer wait ends the round: a later one takes the sending up again."""
_NAP = 2.0
_LEAVE_WITHIN = 10.0
"""Seconds; a server that takes longer leaves a doubt rather than an open app."""


class Postman:
    """The one sender of the app; screens show where it is.

    Sending is two short turns per message, so that a crash leaves a doubt about
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
        self.rounds = 0
        """How many sendings ended, so that a screen misses none that was short."""
        self.recipient = ""
        self.answer = ""
        """Why the last round ended early, in the server's words."""
        self._started = 0.0
        self._unrecorded: tuple[MessageId, DeliveryReport] | None = None
        """What the books do not know yet of the message on its way."""
        self._asked_at: datetime | None = None
        """When a person last said « envoyer »."""
        self.rest: Rest | None = None
        """What the next message waits for; None when nothing holds it."""
        self.is_halted = False
        """The server refused the sender or its account: nothing leaves by itself."""
        self.network = Network()
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
        leave_at: datetime | None = None,
    ) -> None:
        """Let messages leave, all that wait or some, and send them.

        During a sending they join it; a round of their own follows, for those that
        it had gone past.
        """
        self.total += await self._session.run(
            release,
            entity_id,
            message_ids,
            even_on=even_on,
            by_itself=by_itself,
            leave_at=leave_at,
        )
        if not by_itself:
            self._asked_at = self._session.now()
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
        self._start(self.send(entity_id, message_ids, even_on=even_on))

    def round_soon(self) -> None:
        """Send what may leave behind the screens: the network is back."""
        self._start(self.round())

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
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
            self.answer, self.is_halted, self.rest = "", False, None
            try:
                for entity_id in released:
                    await self._empty(entity_id)
            finally:
                self.recipient = ""
                self.rounds += 1
                await asyncio.to_thread(session.outside.mail.close)

    async def _empty(self, entity_id: EntityId) -> None:
        session = self._session
        account = await session.run(account_for, entity_id)
        if account and await self._rests(entity_id, account):
            return
        problem = await asyncio.to_thread(server_problem, session.outside.mail, account)
        self._note(account, problem)
        await session.run(note_account, entity_id, problem, session.now())
        if problem:
            self.answer = problem.answer
            if problem.outcome is Delivery.REFUSED:  # trying again changes nothing
                await self.stop(entity_id)
            return
        taken = await self._take(entity_id)
        while taken:
            turn = await self._deliver(taken, account)
            if turn.is_over:
                return
            if turn.taken is None and account and await self._rests(entity_id, account):
                return
            taken = turn.taken or await self._take(entity_id)

    async def _rests(self, entity_id: EntityId, account: SmtpAccount) -> bool:
        """Wait for the next message's turn; True when that is too long to sit here.

        The wait is cut into short ones and read from the clock each time: a laptop
        that slept through it goes on at once.
        """
        session = self._session
        while not self._leaving.is_set():
            now = session.now()
            rest = await session.run(rest_of, entity_id, account, now, self._asked_at)
            self.rest = rest
            if rest is None:
                return False
            if rest.until - now > _LONGEST_PAUSE:
                return True
            seconds = min(_NAP, (rest.until - now).total_seconds())
            with suppress(TimeoutError):
                await wait_for(self._leaving.wait(), seconds)
        return True

    def _note(self, account: SmtpAccount | None, report: DeliveryReport | None) -> None:
        """Remember whether the mail server can be reached."""
        if account:
            is_offline = report is not None and report.outcome is Delivery.OFFLINE
            self.network.note(self._session.now(), is_reached=not is_offline)

    async def _take(self, entity_id: EntityId) -> Taken | None:
        await self._go_on.wait()
        if self._leaving.is_set():
            return None
        session = self._session
        return await session.run(take_next, entity_id, session.today(), session.now())

    async def _deliver(self, taken: Taken, account: SmtpAccount | None) -> Turn:
        """Hand a message over; note what came of it, and take the next one."""
        self.recipient = ", ".join(taken.message.recipient.splitlines())
        # Until the server has answered, whatever happens here is a doubt.
        doubt = DeliveryReport(outcome=Delivery.UNKNOWN)
        self._unrecorded = taken.message.id, doubt
        report = await asyncio.to_thread(deliver, self._session.outside.mail, taken)
        self._unrecorded = taken.message.id, report
        turn = await self._session.run(
            pass_on,
            *self._unrecorded,
            self._session.today(),
            self._session.now(),
            account=account,
            asked_at=self._asked_at,
            is_going_on=self._go_on.is_set() and not self._leaving.is_set(),
        )
        self._unrecorded = None
        self._note(account, report)
        if turn.is_back or turn.is_over:
            self.answer = report.answer
            self.is_halted = report.outcome is Delivery.REFUSED
        else:
            self.done += 1
        return turn

    async def _record(self) -> None:
        """Note what came of a message, where that failed in an earlier round."""
        if self._unrecorded:
            session = self._session
            today, now = session.today(), session.now()
            await session.run(record_delivery, *self._unrecorded, today, now)
            self._unrecorded = None
