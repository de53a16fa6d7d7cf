"""A message of the outbox on one line, with what can be done about it."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from nicegui import ui

from domain.customers.activity_line import SendingState
from domain.dunning.outbox import MessageState, OutboxMessage
from domain.dunning.scenario import Channel
from domain.dunning.server_answers import meaning_of
from domain.usecases.delivering import settle_doubt, try_again, withdraw_by_hand
from domain.usecases.outbox import OutboxRow, show_message
from domain.usecases.waiting import send_as_is
from ui import addresses, design, formatting, labels
from ui.components.badge import Badge, badge
from ui.components.buttons import icon_button, quiet_button, secondary_button
from ui.components.confirm_dialog import confirm
from ui.components.message_dialog import message_dialog
from ui.components.message_menu import message_menu
from ui.components.sending_dialog import agrees_to_quiet_day
from ui.design import Tone
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _

Changed = Callable[[], Any]

_TONES = {
    MessageState.QUEUED: Tone.NOT_DUE,
    MessageState.SENDING: Tone.NOT_DUE,
    MessageState.SENT: Tone.SETTLED,
    MessageState.FAILED: Tone.STOPPED,
    MessageState.UNCERTAIN: Tone.WARNING,
    MessageState.WITHDRAWN: Tone.NEUTRAL,
}


def message_row(session: Session, row: OutboxRow, on_change: Changed) -> ui.element:
    """Draw a message: for whom, about what, how much, where it is."""
    message = row.message
    line = ui.element("div").classes(design.LIST_ROW)
    with line.mark(f"message-{message.state}"):
        ui.icon(design.CHANNEL_ICONS[message.channel]).tooltip(
            labels.channel(message.channel)
        )
        with ui.element("div").classes(design.LIST_MAIN):
            ui.link(row.customer.name, addresses.customer(row.customer.id)).classes(
                design.STRONG
            )
            ui.label(message.subject)
            _said(message)
        ui.label(formatting.money(message.total)).classes(design.AMOUNT)
        is_letter = message.channel is Channel.LETTER
        badge(_came_back(row) or _badge(message, is_letter=is_letter))
        ui.label(formatting.moment(message.changed_at)).classes(design.SECONDARY_TEXT)
        with ui.element("div").classes(design.ROW):
            _gestures(session, message, on_change)
    return line


def _badge(message: OutboxMessage, *, is_letter: bool) -> Badge:
    words = labels.message_state(message.state, is_letter=is_letter)
    tone = _TONES[message.state]
    if message.state is MessageState.QUEUED and not is_letter:
        if message.to_review:
            words, tone = _("to review"), Tone.WARNING
        elif message.leave_at:
            moment = formatting.moment(message.leave_at)
            words = _("leaves on {moment}", moment=moment)
        elif message.is_released:
            words = _("leaving soon")
    return Badge(text=words, tone=tone)


def _came_back(row: OutboxRow) -> Badge | None:
    """Say what became of a message that left, where its mailbox told."""
    states = (
        (row.is_returned, SendingState.RETURNED, Tone.STOPPED),
        (row.is_read, SendingState.READ, Tone.SETTLED),
    )
    is_letter = row.message.channel is Channel.LETTER
    for is_so, state, tone in states:
        if is_so:
            words = labels.sending_state(state, is_letter=is_letter)
            return Badge(text=words, tone=tone)
    return None


def _said(message: OutboxMessage) -> None:
    """Say why a message is where it is: in plain words, then the server's own."""
    if message.to_review:
        ui.label(_(message.to_review)).classes(design.SECONDARY_TEXT)
    if not message.answer:
        return
    has_left = message.state is MessageState.SENT
    meaning = None if has_left else meaning_of(message.answer)
    words = _(message.answer)
    if meaning:
        ui.label(_(meaning.says)).mark("meaning")
    if message.answer[:3].isdecimal() and not has_left:
        words = _("The server answered: {answer}", answer=message.answer)
    ui.label(words).classes(design.SECONDARY_TEXT)


def _gestures(session: Session, message: OutboxMessage, on_change: Changed) -> None:
    async def read() -> None:
        await message_dialog(session, await session.run(show_message, message.id))

    async def change(action: Callable[[], Awaitable[object]]) -> None:
        with refusals_shown():
            await action()
            await on_change()

    if message.state is MessageState.UNCERTAIN:
        secondary_button(
            _("It did leave"), partial(change, partial(_settle, session, message, True))
        ).mark("it-left")
        quiet_button(
            _("Send it again"), partial(change, partial(_resend, session, message))
        )
    elif message.to_review:
        secondary_button(
            _("Keep it as it is"),
            partial(change, lambda: _keep(session, message)),
        ).mark("keep-as-is")
    elif message.state is MessageState.FAILED:
        secondary_button(
            _("Try again"), partial(change, partial(_try_again, session, message))
        ).mark("try-again")
    icon_button("visibility", _("Read the message"), read).mark("read")
    if message.state in {MessageState.QUEUED, MessageState.FAILED}:
        icon_button(
            "undo",
            _("Withdraw: its invoices will be proposed again"),
            partial(
                change,
                lambda: session.run(withdraw_by_hand, [message.id], session.now()),
            ),
        ).mark("withdraw")
    if message.state is MessageState.QUEUED and message.channel is Channel.EMAIL:
        message_menu(session, message, on_change)


async def _keep(session: Session, message: OutboxMessage) -> None:
    await session.run(send_as_is, message.id, session.today(), session.now())


async def _settle(session: Session, message: OutboxMessage, it_left: bool) -> None:
    await session.run(
        settle_doubt, message.id, session.today(), session.now(), it_left=it_left
    )


async def _resend(session: Session, message: OutboxMessage) -> None:
    if await confirm(
        _("Send this message again?"),
        _(
            "If the first one did arrive, your customer will receive it twice. Look "
            "for it first among the messages sent by your mailbox."
        ),
        _("Send it again"),
        dangerous=True,
    ):
        agreed = await agrees_to_quiet_day(session)
        if agreed is None:
            return
        await _settle(session, message, it_left=False)
        session.postman.send_soon(
            message.entity_id, [message.id], even_on=agreed.even_on
        )


async def _try_again(session: Session, message: OutboxMessage) -> None:
    agreed = await agrees_to_quiet_day(session)
    if agreed:
        await session.run(try_again, message.id, session.now())
        session.postman.send_soon(
            message.entity_id, [message.id], even_on=agreed.even_on
        )
