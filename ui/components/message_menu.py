"""What can be done with an e-mail that waits: a menu at the end of its line."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from nicegui import ui

from domain.dunning.outbox import OutboxMessage
from domain.usecases.delivering import check_can_send
from domain.usecases.outbox import show_message
from domain.usecases.releasing import release
from domain.usecases.waiting import Place, put
from ui import addresses
from ui.components.buttons import icon_button
from ui.components.later_dialog import later_dialog
from ui.components.own_program import own_program
from ui.components.rewriting import take_up
from ui.components.sending_dialog import agrees_to_quiet_day
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _

Refresh = Callable[[], Awaitable[None]]


def message_menu(session: Session, message: OutboxMessage, refresh: Refresh) -> None:
    """Draw the menu; each gesture tells at once on the screen."""

    async def place(where: Place) -> None:
        with refusals_shown():
            await session.run(put, message.entity_id, message.id, where)
            await refresh()

    with icon_button("more_vert", _("More"), lambda: None).mark("more"), ui.menu():
        _item(_("Write again…"), partial(_rewrite, session, message), "edit")
        if message.to_review:
            return
        _item(_("Send now"), partial(_now, session, message), "send-now")
        _item(
            _("Send later…"), partial(_later, session, message, refresh), "send-later"
        )
        ui.separator()
        _item(_("First to leave"), partial(place, Place.FIRST), "first")
        _item(_("Earlier"), partial(place, Place.EARLIER), "earlier")
        _item(_("Move later"), partial(place, Place.LATER), "later")
        _item(_("Last to leave"), partial(place, Place.LAST), "last")
        ui.separator()
        _item(
            _("Send from your own mail program…"),
            partial(own_program, session, message, refresh),
            "own-program",
        )


def _item(words: str, act: Callable[[], Awaitable[None]], name: str) -> None:
    ui.menu_item(words, act).mark(name)


async def _rewrite(session: Session, message: OutboxMessage) -> None:
    take_up(session, await session.run(show_message, message.id))
    ui.navigate.to(addresses.act_for(message.customer_id))


async def _now(session: Session, message: OutboxMessage) -> None:
    with refusals_shown():
        await session.run(check_can_send, message.entity_id)
        agreed = await agrees_to_quiet_day(session)
        if agreed:
            session.postman.send_soon(
                message.entity_id, [message.id], even_on=agreed.even_on
            )


async def _later(session: Session, message: OutboxMessage, refresh: Refresh) -> None:
    async def at(moment: datetime) -> None:
        await session.run(release, message.entity_id, [message.id], leave_at=moment)
        await refresh()

    later_dialog(session, at)
