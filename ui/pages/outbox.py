"""« Envois »: what waits, what left, and what only a person can settle."""

from collections.abc import Callable, Iterable
from functools import partial
from time import monotonic

from nicegui import ui

from domain.dunning.outbox import Pile
from domain.usecases.delivering import check_can_send
from domain.usecases.incoming_desk import show_incoming
from domain.usecases.outbox import (
    BatchRow,
    OutboxPart,
    OutboxRow,
    OutboxView,
    show_outbox,
)
from ui import addresses, design, formatting
from ui.components.batch_row import batch_row, posted_row
from ui.components.buttons import primary_button, secondary_button
from ui.components.empty_state import empty_state
from ui.components.incoming_part import incoming_part
from ui.components.message_row import message_row
from ui.components.network_line import network_line
from ui.components.outbox_export import outbox_export
from ui.components.page_head import page_head
from ui.components.pager import Pager
from ui.components.registered_dialog import registered_dialog
from ui.components.sending_dialog import confirm_sending
from ui.components.sending_line import sending_line
from ui.components.still import StillPlace, StillRow, StillRows
from ui.components.text import secondary, section_title
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext

_LOOK_EVERY = 1.0
_REDRAW_EVERY = 5.0
"""Seconds: the line of progress moves meanwhile, the list need not."""


async def outbox_page(session: Session) -> None:
    """Show the messages by what they need; what is in doubt comes first."""
    postman = session.postman
    screen = _Outbox(session)
    seen = (postman.is_sending, postman.done, postman.rounds)
    drawn_at = monotonic()

    async def look() -> None:
        nonlocal seen, drawn_at
        now = (postman.is_sending, postman.done, postman.rounds)
        has_turned = (now[0], now[2]) != (seen[0], seen[2])
        is_due = monotonic() - drawn_at > _REDRAW_EVERY
        if has_turned or (now != seen and is_due) or not screen.is_done:
            seen, drawn_at = now, monotonic()
            await screen.refresh()

    await screen.show()
    ui.timer(_LOOK_EVERY, look)


class _Outbox:
    """The screen: what did not change stays as it is, under the pointer too."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.is_done = True
        """Whether all is up to date: what is open is not drawn again."""
        self._head, self._network, self._progress = (StillPlace() for _n in range(3))
        self._incoming, self._empty = StillPlace(), StillPlace()
        self._offsets: dict[Pile, int] = {}
        """How many messages come before the page of each pile."""
        self._to_check = self._paged(_("To check"), Pile.TO_CHECK)
        self._batches = _Part(_("Letters to be confirmed printed"))
        self._ready = self._paged(_("Ready to leave"), Pile.READY)
        self._posted = _Part(_("Letters posted"))
        self._done = self._paged(_("Sent and withdrawn"), Pile.DONE)

    async def refresh(self) -> None:
        """Read the messages again, and the counts around the page."""
        await self.show()
        await self._session.incoming.tell(self._session.entity_id)

    async def show(self) -> None:
        """Read the messages, and draw what changed."""
        session, postman = self._session, self._session.postman
        view = await session.run(show_outbox, session.entity_id, self._offsets)
        came = await session.run(show_incoming, session.entity_id, session.today())
        about = (view.is_empty, postman.is_sending, view.has_account)
        head = (*about, view.has_registered, view.leaving, bool(view.released))
        network = (view.has_account, view.released, bool(view.ready.count))
        sending = (postman.is_sending, postman.rest, postman.answer, postman.is_halted)
        refusal = None if postman.is_sending else view.refusal
        progress = (*sending, refusal)
        self.is_done = all(
            [
                self._head.show(head, partial(self._draw_head, view)),
                self._network.show(network, partial(_network, session, view)),
                self._progress.show(progress, partial(sending_line, session, refusal)),
                self._incoming.show(
                    came, partial(incoming_part, session, came, self.refresh)
                ),
                self._empty.show((view.is_empty,), _nothing if view.is_empty else _no),
                self._show_page(self._to_check, view.to_check),
                self._batches.show(map(self._batch, view.batches)),
                self._show_page(self._ready, view.ready),
                self._posted.show(map(self._posted_batch, view.posted)),
                self._show_page(self._done, view.done),
            ]
        )

    def _paged(self, heading: str, pile: Pile) -> "_Part":
        async def turn(offset: int) -> None:
            self._offsets[pile] = offset
            await self.show()

        return _Part(heading, partial(Pager, pile.value, turn))

    def _show_page(self, part: "_Part", page: OutboxPart) -> bool:
        return part.show(map(self._message, page.rows), page)

    def _message(self, row: OutboxRow) -> StillRow:
        draw = partial(message_row, self._session, row, self.refresh)
        return StillRow(key=row.message.id, told=row, draw=draw)

    def _batch(self, row: BatchRow) -> StillRow:
        draw = partial(batch_row, self._session, row, self.refresh)
        return StillRow(key=row.batch.id, told=row, draw=draw)

    def _posted_batch(self, row: BatchRow) -> StillRow:
        draw = partial(posted_row, self._session, row, self.refresh)
        return StillRow(key=row.batch.id, told=row, draw=draw)

    def _draw_head(self, view: OutboxView) -> None:
        session = self._session
        with page_head(_("Outbox")):
            if not view.is_empty:
                outbox_export(session)
            if view.has_registered:
                secondary_button(
                    _("Registered letters"),
                    partial(registered_dialog, session, self.refresh),
                    icon="mark_email_unread",
                ).mark("follow-registered")
            if view.released and not session.postman.is_sending:
                secondary_button(
                    _("Hold everything back"), self._hold, icon="front_hand"
                ).mark("hold")
            if view.leaving and view.has_account and not session.postman.is_sending:
                count = view.leaving
                primary_button(
                    ngettext("Send {count} e-mail", "Send {count} e-mails", count),
                    partial(_send_all, session, count),
                    icon="send",
                ).mark("send-all")

    async def _hold(self) -> None:
        await self._session.postman.stop(self._session.entity_id)
        await self.refresh()


class _Part:
    """A heading with its count, and its rows; nothing without any."""

    def __init__(
        self, heading: str, draw_pager: Callable[[], Pager] | None = None
    ) -> None:
        with ui.element("div").classes(design.ROW_SPREAD) as self._heading:
            with ui.element("div").classes(design.ROW):
                section_title(heading)
                self._count = secondary("")
            self._pager = draw_pager() if draw_pager else None
        self._list = ui.element("div").classes(design.LIST)
        self._rows = StillRows(self._list)

    def show(self, rows: Iterable[StillRow], page: OutboxPart | None = None) -> bool:
        """Show the rows; tell whether they are what is on screen."""
        rows = list(rows)
        is_done = self._rows.show(rows)
        self._count.text = formatting.count(page.count if page else len(rows))
        if page and self._pager:
            self._pager.show(page.offset, page.count, page.size)
        for part in (self._heading, self._list):
            part.set_visibility(bool(self._list.default_slot.children))
        return is_done


def _no() -> None:
    """Draw nothing."""


def _network(session: Session, view: OutboxView) -> None:
    if view.has_account:
        network_line(session, view.released)
    elif view.ready.count:
        _no_account()


def _no_account() -> None:
    """Say what to do without a mail account."""
    with ui.element("div").classes(design.NOTICE_BOX).mark("no-account"):
        ui.icon("drafts").props("aria-hidden=true")
        ui.label(
            _(
                "No mail account is set: send each e-mail from your own mail program,"
                " by the menu at the end of its line, then say that it has left."
            )
        )
        ui.link(_("Set a mail account"), addresses.SETTINGS)


def _nothing() -> None:
    with empty_state(
        _("No message yet"),
        _("The e-mails and letters you prepare in « Agir » wait here, and stay here."),
        icon="outbox",
    ):
        ui.link(_("Act by scenario"), addresses.ACT_BY_SCENARIO)


async def _send_all(session: Session, count: int) -> None:
    with refusals_shown():
        await session.run(check_can_send, session.entity_id)
        agreed = await confirm_sending(
            session,
            ngettext("Send {count} e-mail?", "Send {count} e-mails?", count),
            _(
                "They leave one by one, and what is paid meanwhile is withdrawn. What "
                "has left cannot be taken back."
            ),
            ngettext("Send {count} e-mail", "Send {count} e-mails", count),
        )
        if agreed:
            session.postman.send_soon(session.entity_id, even_on=agreed.even_on)
