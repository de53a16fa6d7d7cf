"""« Envois »: what waits, what left, and what only a person can settle."""

from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic
from typing import Any

from nicegui import ui

from domain.usecases.delivering import check_can_send
from domain.usecases.outbox import OutboxRow, OutboxView, show_outbox
from ui import addresses, design, formatting
from ui.components.batch_row import batch_row, posted_row
from ui.components.buttons import primary_button, secondary_button
from ui.components.empty_state import empty_state
from ui.components.incoming_part import incoming_part
from ui.components.message_row import message_row
from ui.components.network_line import network_line
from ui.components.outbox_export import outbox_export
from ui.components.page_head import page_head
from ui.components.sending_dialog import confirm_sending
from ui.components.sending_line import sending_line
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
    seen = (postman.is_sending, postman.done, postman.rounds)
    drawn_at = monotonic()

    @ui.refreshable
    async def content() -> None:
        view = await session.run(show_outbox, session.entity_id)
        _head(session, view)
        if view.has_account:
            network_line(session, view.released)
        elif view.ready:
            _no_account()
        sending_line(session)
        await incoming_part(session, content.refresh)
        if view.is_empty:
            _nothing()
            return
        _parts(session, view, content.refresh)

    async def look() -> None:
        nonlocal seen, drawn_at
        now = (postman.is_sending, postman.done, postman.rounds)
        has_ended = now[2] != seen[2]
        is_due = monotonic() - drawn_at > _REDRAW_EVERY
        if now[0] != seen[0] or has_ended or (now != seen and is_due):
            seen, drawn_at = now, monotonic()
            await content.refresh()
        if has_ended:  # the counts around the page have changed too
            ui.navigate.reload()

    await content()
    ui.timer(_LOOK_EVERY, look)


def _parts(session: Session, view: OutboxView, refresh: Callable[[], Any]) -> None:
    """Draw the messages, what a person must do first."""
    _part(_("To check"), view.to_check, session, refresh)
    if view.batches:
        section_title(_("Letters to be confirmed printed"))
        with ui.element("div").classes(design.LIST):
            for row in view.batches:
                batch_row(session, row, refresh)
    _part(_("Ready to leave"), view.ready, session, refresh)
    if view.posted:
        section_title(_("Letters posted"))
        with ui.element("div").classes(design.LIST):
            for row in view.posted:
                posted_row(session, row)
    _part(_("Sent and withdrawn"), view.done, session, refresh)


def _head(session: Session, view: OutboxView) -> None:
    with page_head(_("Outbox")):
        if not view.is_empty:
            outbox_export(session)
        if view.released and not session.postman.is_sending:
            secondary_button(
                _("Hold everything back"), partial(_hold, session), icon="front_hand"
            ).mark("hold")
        if view.leaving and view.has_account and not session.postman.is_sending:
            count = len(view.leaving)
            primary_button(
                ngettext("Send {count} e-mail", "Send {count} e-mails", count),
                partial(_send_all, session, count),
                icon="send",
            ).mark("send-all")


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


async def _hold(session: Session) -> None:
    await session.postman.stop(session.entity_id)
    ui.navigate.reload()


def _nothing() -> None:
    with empty_state(
        _("No message yet"),
        _("The e-mails and letters you prepare in « Agir » wait here, and stay here."),
        icon="outbox",
    ):
        ui.link(_("Act by scenario"), addresses.ACT_BY_SCENARIO)


def _part(
    heading: str,
    rows: Sequence[OutboxRow],
    session: Session,
    on_change: Callable[[], Any],
) -> None:
    if not rows:
        return
    with ui.element("div").classes(design.ROW):
        section_title(heading)
        secondary(formatting.count(len(rows)))
    with ui.element("div").classes(design.LIST):
        for row in rows:
            message_row(session, row, on_change)


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
