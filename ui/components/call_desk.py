"""The session of calls: where it stands, how each call ended, the next customer."""

import asyncio
from dataclasses import dataclass
from functools import partial

from nicegui import ui

from domain.customers.call import Call, CallResult
from domain.customers.customer import Customer
from domain.ledger.open_item import OpenItem
from domain.usecases.call_results import Outcome, record_call, take_back_call
from domain.usecases.call_session import (
    CallEntry,
    CallSession,
    CallTally,
    CallView,
    show_call,
    show_session,
    tally,
)
from ui import addresses, design, formatting
from ui.components.buttons import quiet_button, secondary_button
from ui.components.call_card import call_card
from ui.components.call_forms import ask
from ui.components.call_script import call_script
from ui.components.empty_state import empty_state
from ui.components.exchanges import exchanges
from ui.components.undo_bar import forget, tell_done
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext


def local_hour(session: Session) -> str:
    """Read the hour where the user is, as « 14:30 »."""
    return f"{session.now().astimezone():%H:%M}"


@dataclass(slots=True)
class _Place:
    """A customer's place in the session, and how its last call ended."""

    customer: Customer
    items: tuple[OpenItem, ...] = ()
    by_scenario: bool = False
    call: Call | None = None
    is_done: bool = False


class CallDesk:
    """One customer at a time; what is recorded is in the books at once."""

    def __init__(self, session: Session, view: CallSession) -> None:
        self._session = session
        self._client = ui.context.client
        self._places = [
            *(
                _Place(one.customer, items=one.items, call=one.call, is_done=True)
                for one in view.done
            ),
            *(_place(entry) for entry in view.to_call),
        ]
        self._at = len(view.done)
        self._busy = False
        self._tally = CallTally(calls=0, reached=0, promises=0, promised=())
        self._view: CallView | None = None

    async def draw(self) -> None:
        """Draw the session where it stands."""
        await self._read()
        with ui.element("div").classes(design.STACK):
            self._content()

    async def _read(self) -> None:
        """Read the customer to show, or what the day came to."""
        session = self._session
        self._tally = await session.run(tally, session.entity_id, session.today())
        if not self._places:
            return
        if self._at >= len(self._places):
            self._view = None
            return
        place = self._places[self._at]
        scripts = await asyncio.to_thread(session.outside.documents.call_scripts)
        self._view = await session.run(
            show_call,
            place.customer.id,
            place.items,
            scripts,
            session.outside.mail.check_address,
            session.today(),
        )

    @ui.refreshable_method
    def _content(self) -> None:
        if not self._places:
            _nobody()
            return
        self._bar()
        if self._view is None:
            self._summary()
            return
        place = self._places[self._at]
        self._results(place)
        with ui.element("div").classes(design.CALL_DESK):
            with ui.element("section").classes(design.CARD).mark("caller"):
                call_card(self._view, place.items, self._session.today())
            with ui.element("div").classes(design.STACK):
                with ui.element("section").classes(design.CARD):
                    call_script(self._view.script)
                with ui.element("section").classes(design.CARD).mark("exchanges"):
                    exchanges(self._view.sheet)

    def _bar(self) -> None:
        """Say where the session stands, and move in it."""
        total = len(self._places)
        done = sum(place.is_done for place in self._places)
        with ui.element("div").classes(design.CALL_BAR):
            if self._view:
                words = _("{place} of {total}", place=self._at + 1, total=total)
                ui.label(words).classes(design.STRONG).mark("progress")
            progress = ui.linear_progress(done / total, show_value=False, size="8px")
            progress.props["aria-label"] = _("Calls made")
            left = ngettext("{count} left", "{count} left", total - done)
            ui.label(left).classes(design.SECONDARY_TEXT).mark("left")
            back = quiet_button(_("Previous"), partial(self._move, -1))
            _with_key(back, "←", "ArrowLeft").mark("previous")
            back.set_enabled(self._at > 0)
            ahead = quiet_button(_("Next"), partial(self._move, 1))
            _with_key(ahead, "→", "ArrowRight").mark("next")
            ahead.set_enabled(self._view is not None)

    def _results(self, place: _Place) -> None:
        """Draw a button for each way a call may end, with its key."""
        with ui.element("section").classes(design.CARD).mark("results"):
            if place.is_done and place.call:
                self._recorded(place, place.call)
                return
            with ui.element("div").classes(design.CALL_BAR):
                for result, (words, key) in result_words().items():
                    button = secondary_button(words, partial(self._end, place, result))
                    _with_key(button, key.upper(), key).mark(f"result-{result}")
            with ui.element("div").classes(design.CALL_BAR):
                note = ui.input(_("What was said (N)")).props(design.INPUT)
                self._note = note.classes(design.CALL_NOTE).mark("note")
                hint = quiet_button("", lambda: note.run_method("focus"))
                hint.props["data-key"] = "n"
                hint.props["aria-label"] = _("Write what was said")
                hint.props["icon"] = "edit_note"
                self._counts = None
                if not place.by_scenario:
                    self._counts = ui.checkbox(
                        _("Count this call as the next step of the scenario")
                    ).mark("counts")

    def _recorded(self, place: _Place, call: Call) -> None:
        """Say how the call ended, and let it be taken back."""
        words = result_words()[call.result][0]
        with ui.element("div").classes(design.ROW_SPREAD):
            ui.label(_("Recorded: {result}", result=words)).classes(design.STRONG)
            quiet_button(
                _("Undo"), partial(self._take_back, place, call), icon="undo"
            ).mark("undo-call")

    async def _move(self, step: int) -> None:
        """Show the customer before, or after; past the last one, the summary."""
        if self._busy:
            return
        self._busy = True
        try:
            self._at = min(max(self._at + step, 0), len(self._places))
            await self._show()
        finally:
            self._busy = False

    async def _show(self) -> None:
        await self._read()
        self._content.refresh()

    async def _end(self, place: _Place, result: CallResult) -> None:
        """Record how a call ended, once what it needs has been asked for."""
        if self._busy or place.is_done or self._view is None:
            return
        outcome = Outcome(
            result=result,
            comment=(self._note.value or "").strip(),
            item_ids=[item.id for item in place.items],
            counts=bool(self._counts and self._counts.value),
        )
        record = partial(self._record, place)
        if result in {CallResult.REACHED, CallResult.ABSENT}:
            with refusals_shown():
                await record(outcome)
        else:
            ask(outcome, self._view, place.items, self._session.today(), record)

    async def _record(self, place: _Place, outcome: Outcome) -> None:
        if self._busy or place.is_done:
            return
        self._busy = True
        session = self._session
        try:
            call = await session.run(
                record_call,
                place.customer.id,
                outcome,
                session.outside.mail.check_address,
                session.today(),
                session.now(),
            )
            self._follow(place, call)
            await self._show()
            tell_done(
                self._client,
                _(
                    "{customer}: {result}.",
                    customer=place.customer.name,
                    result=result_words()[call.result][0].lower(),
                ),
                partial(self._take_back, place, call),
            )
        finally:
            self._busy = False

    def _follow(self, place: _Place, call: Call) -> None:
        """Put the customer where its call leaves it, and turn to the next one."""
        place.call = call
        place.is_done = not call.is_to_repeat(self._session.today())
        stays = call.result is CallResult.WRONG_NUMBER and not place.is_done
        if stays:
            return
        if not place.is_done:
            self._places.remove(place)
            self._places.append(place)
        else:
            self._at += 1
        self._at = self._next_from(self._at, place)

    def _next_from(self, at: int, just_called: _Place) -> int:
        """Find the next customer to call, from a place on, then from the first."""
        ahead = [*range(at, len(self._places)), *range(min(at, len(self._places)))]
        open_ones = [i for i in ahead if not self._places[i].is_done]
        others = [i for i in open_ones if self._places[i] is not just_called]
        return next(iter([*others, *open_ones]), len(self._places))

    async def _take_back(self, place: _Place, call: Call) -> None:
        """Undo a call with what came of it, and go back to the customer."""
        session = self._session
        forget(self._client)
        with refusals_shown():
            await session.run(
                take_back_call,
                place.customer.id,
                call.activity_id,
                session.today(),
                session.now(),
            )
            found = await session.run(
                show_session,
                session.entity_id,
                session.outside.mail.check_address,
                session.today(),
                local_hour(session),
            )
            place.call, place.is_done = None, False
            for entry in found.to_call:
                if entry.customer.id == place.customer.id:
                    place.items, place.by_scenario = entry.items, entry.by_scenario
                    place.call = entry.last
            self._at = self._places.index(place)
            await self._show()

    def _summary(self) -> None:
        """Say what the day came to."""
        done = self._tally
        sentences = [
            ngettext("{count} call", "{count} calls", done.calls),
            ngettext("{count} reached", "{count} reached", done.reached),
        ]
        promised = ngettext("{count} promise", "{count} promises", done.promises)
        if done.promised:
            amount = " · ".join(formatting.money(one) for one in done.promised)
            promised = _("{promises} for {amount}", promises=promised, amount=amount)
        left = sum(not place.is_done for place in self._places)
        heading = (
            ngettext(
                "{count} customer is still to be called",
                "{count} customers are still to be called",
                left,
            )
            if left
            else _("All the calls of the day are made")
        )
        with (
            ui.element("div").mark("summary"),
            empty_state(
                heading,
                ", ".join([*sentences, promised]) + ".",
                icon="phone_in_talk" if left else "task_alt",
            ),
        ):
            ui.link(_("Go back to the home page"), addresses.HOME)


def _place(entry: CallEntry) -> _Place:
    return _Place(
        entry.customer,
        items=entry.items,
        by_scenario=entry.by_scenario,
        call=entry.last,
    )


def _nobody() -> None:
    with empty_state(
        _("Nobody to call today"),
        _(
            "Customers whose step of the day is a call come here, and those to be "
            "called again. Add others from « By criteria », with « Lists »."
        ),
        icon="phone_disabled",
    ):
        ui.link(_("Act by criteria"), addresses.ACT_BY_CRITERIA)


def _with_key(button: ui.button, shown: str, key: str) -> ui.button:
    """Let a key press a button, and show it there."""
    button.props["data-key"] = key
    with button, ui.element("kbd").props("aria-hidden=true"):
        ui.label(shown)
    return button


def result_words() -> dict[CallResult, tuple[str, str]]:
    """Name each way a call may end, with the key that says it."""
    return {
        CallResult.REACHED: (_("Reached"), "j"),
        CallResult.ABSENT: (_("Absent"), "a"),
        CallResult.PROMISE: (_("Promise"), "p"),
        CallResult.DISPUTE: (_("Dispute"), "l"),
        CallResult.CALL_BACK: (_("Call back on"), "r"),
        CallResult.WRONG_NUMBER: (_("Wrong number"), "f"),
    }
