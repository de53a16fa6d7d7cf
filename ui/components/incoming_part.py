"""What came back by e-mail and waits for a person, on « Envois »."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from nicegui import ui

from domain.dunning.incoming import IncomingKind
from domain.usecases.follow_lists import read_activity
from domain.usecases.incoming_desk import (
    IncomingRow,
    IncomingView,
    correct_address,
    mark_looked_at,
)
from ui import addresses, design, formatting
from ui.components.activity_dialog import activity_dialog
from ui.components.buttons import icon_button, secondary_button
from ui.components.text import secondary, section_title
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _

_ICONS = {
    IncomingKind.HUMAN: "reply",
    IncomingKind.PERMANENT_BOUNCE: "unsubscribe",
    IncomingKind.TEMPORARY_BOUNCE: "schedule_send",
    IncomingKind.AUTO_REPLY: "event_busy",
}


def incoming_part(
    session: Session, view: IncomingView, refresh: Callable[[], Any]
) -> None:
    """Draw what came back, and when the mailbox was read; nothing without one."""
    if view.has_account:
        _last_look(session, view, refresh)
    for heading, rows in (
        (_("Replies to read"), view.replies),
        (_("E-mails not delivered"), view.bounces),
        (_("Absent for now"), view.absences),
    ):
        if not rows:
            continue
        with ui.element("div").classes(design.ROW):
            section_title(heading)
            secondary(formatting.count(len(rows)))
        with ui.element("div").classes(design.LIST):
            for row in rows:
                _row(session, row, refresh)


def _last_look(
    session: Session, view: IncomingView, refresh: Callable[[], Any]
) -> None:
    """Say when the mailbox was last read, or why it could not be."""

    async def read() -> None:
        button.props("loading")
        await session.mailbox.look(session.entity_id)
        await refresh()

    with ui.element("div").classes(design.ROW).mark("mailbox"):
        if view.last is None:
            secondary(_("The mailbox has not been read yet."))
        elif view.last.problem:
            with ui.element("div").classes(design.NOTICE_BOX):
                ui.icon("warning").props("aria-hidden=true")
                ui.label(_(view.last.problem))
                ui.link(_("Mailbox settings"), f"{addresses.SETTINGS}#mailbox")
        else:
            moment = formatting.moment(view.last.at)
            secondary(_("Mailbox read on {moment}", moment=moment))
        button = secondary_button(_("Read the mailbox"), read, icon="inbox")
        button.mark("read-mailbox")


def _row(session: Session, row: IncomingRow, refresh: Callable[[], Any]) -> None:
    incoming = row.incoming

    async def change(action: Callable[[], Awaitable[object]]) -> None:
        with refusals_shown():
            await action()
            await refresh()

    async def read() -> None:
        activity = await session.run(read_activity, incoming.activity_id)
        code = row.customer.code
        await activity_dialog(session, activity, code, on_change=refresh)

    def looked_at() -> Awaitable[object]:
        today, now = session.today(), session.now()
        return session.run(mark_looked_at, incoming.id, today, now)

    with ui.element("div").classes(design.LIST_ROW).mark(f"incoming-{incoming.kind}"):
        ui.icon(_ICONS[incoming.kind]).props("aria-hidden=true")
        with ui.element("div").classes(design.LIST_MAIN):
            ui.link(row.customer.name, addresses.customer(row.customer.id)).classes(
                design.STRONG
            )
            for words in _words(row):
                ui.label(words)
            if incoming.says:
                ui.label(incoming.says).classes(design.SECONDARY_TEXT)
        ui.label(formatting.moment(incoming.received_at)).classes(design.SECONDARY_TEXT)
        with ui.element("div").classes(design.ROW):
            if incoming.kind is IncomingKind.PERMANENT_BOUNCE:
                _correction(session, row, change)
            else:
                secondary_button(
                    _("Read, carry on")
                    if incoming.kind is IncomingKind.HUMAN
                    else _("Noted"),
                    partial(change, looked_at),
                ).mark("looked-at")
            icon_button("visibility", _("Read the message"), read).mark("read")


def _words(row: IncomingRow) -> list[str]:
    """Say what came back, and about what."""
    incoming = row.incoming
    match incoming.kind:
        case IncomingKind.PERMANENT_BOUNCE:
            said = _("The address {address} failed", address=incoming.failed_address)
        case IncomingKind.TEMPORARY_BOUNCE:
            said = _("Its server gave up for now: the reminder is proposed again.")
        case IncomingKind.AUTO_REPLY if incoming.back_on:
            day = formatting.day(incoming.back_on)
            said = _("{address}: back on {day}", address=incoming.sender, day=day)
        case _other:
            said = f"{incoming.sender} · {incoming.subject}"
    about = [row.message.subject] if row.message else []
    return [said, *(about if incoming.kind is not IncomingKind.HUMAN else [])]


def _correction(
    session: Session,
    row: IncomingRow,
    change: Callable[[Callable[[], Awaitable[object]]], Awaitable[None]],
) -> None:
    """Let the address be corrected where it is said to be wrong."""
    field = ui.input(_("Right address"), value=row.incoming.failed_address)
    field.props(design.INPUT).mark("right-address")

    def correct() -> Awaitable[object]:
        return session.run(
            correct_address,
            row.incoming.id,
            field.value or "",
            session.outside.mail.can_be_sent_to,
            session.now(),
        )

    secondary_button(_("Correct the address"), partial(change, correct)).mark("correct")
