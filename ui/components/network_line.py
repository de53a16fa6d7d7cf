"""Whether the mail server can be reached, and what waits for it."""

import asyncio
from itertools import count

from nicegui import ui

from domain.usecases.delivering import account_for
from ui import design, formatting
from ui.design import Tone
from ui.session import Session
from ui.translation import _, ngettext

_LOOK_EVERY = 5.0
_LOOKS_WHEN_REACHED = 6
"""While the server can be reached, one look in so many asks it again."""


def network_line(session: Session, released: int) -> None:
    """Show it; when the server can be reached again, what was let go leaves."""
    line = ui.element("div").mark("network")
    line.props["role"] = "status"
    network = session.postman.network
    drawn: list[object] = []
    looks = count()

    def draw() -> None:
        known = (network.is_reached, network.since)
        if drawn == [known]:
            return
        drawn[:] = [known]
        line.clear()
        line.set_visibility(network.is_reached is not None)
        if network.is_reached is None or network.since is None:
            return
        tone = Tone.SETTLED if network.is_reached else Tone.WARNING
        look = design.ROW if network.is_reached else design.NOTICE_BOX
        line.classes(replace=f"{look} {tone.css}")
        with line:
            icon = "cloud_done" if network.is_reached else "cloud_off"
            ui.icon(icon).classes(design.ROW_ICON).props("aria-hidden=true")
            ui.label(_words(network.is_reached, released)).tooltip(
                _("Since {moment}", moment=formatting.moment(network.since))
            )

    async def look() -> None:
        is_turn = next(looks) % _LOOKS_WHEN_REACHED == 0 or not network.is_reached
        account = await session.run(account_for, session.entity_id) if is_turn else None
        if account and not session.postman.is_sending:
            mail = session.outside.mail
            was = network.is_reached
            is_there = await asyncio.to_thread(mail.is_reachable, account)
            network.note(session.now(), is_reached=is_there)
            if is_there and was is False:
                session.postman.round_soon()
        draw()

    draw()
    ui.timer(_LOOK_EVERY, look, immediate=True)


def _words(is_reached: bool, released: int) -> str:
    if is_reached:
        return _("The mail server can be reached.")
    if not released:
        return _("No network, or the mail server does not answer: messages wait here.")
    return ngettext(
        "No network, or the mail server does not answer: {count} e-mail leaves when "
        "it is back, checked again first.",
        "No network, or the mail server does not answer: {count} e-mails leave when "
        "it is back, each checked again first.",
        released,
    )
