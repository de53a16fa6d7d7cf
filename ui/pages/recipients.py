"""« Destinataires »: the four lists, and the sending of exactly one of them."""

from nicegui import ui

from domain.basics.money import per_currency
from domain.usecases.delivering import check_can_send
from domain.usecases.recipients import RecipientList, RecipientsView, show_recipients
from ui import addresses, design, formatting
from ui.components.buttons import primary_button
from ui.components.page_head import page_head
from ui.components.preparing_dialog import preparing_dialog
from ui.components.recipient_desk import RecipientDesk
from ui.components.sending_dialog import confirm_sending
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext


async def recipients_page(session: Session) -> None:
    """Show who is written to today, who is not and why; send to the send list."""

    @ui.refreshable
    async def content() -> None:
        view = await session.run(
            show_recipients,
            session.entity_id,
            session.outside.mail.check_address,
            session.today(),
        )
        with page_head(_("Recipients")):
            _send_button(session, view)
        await desk.draw(view)
        if view.by_letter:
            with ui.element("div").classes(design.ROW):
                ui.label(
                    ngettext(
                        "{count} other customer is to be reminded by letter only.",
                        "{count} other customers are to be reminded by letter only.",
                        view.by_letter,
                    )
                ).classes(design.SECONDARY_TEXT)
                ui.link(_("Act by scenario"), addresses.ACT_BY_SCENARIO)

    async def refresh() -> None:
        await content.refresh()

    desk = RecipientDesk(session, refresh)
    with ui.element("div").classes(design.STACK):
        await content()


def _send_button(session: Session, view: RecipientsView) -> None:
    count = len(view.choices)

    async def send() -> None:
        await _send(session, view)

    words = ngettext("Send {count} reminder", "Send {count} reminders", count)
    primary_button(words, send, icon="send").mark("send").set_enabled(count > 0)


async def _send(session: Session, view: RecipientsView) -> None:
    """Prepare exactly the send list, once confirmed, and let it leave."""
    with refusals_shown():
        await session.run(check_can_send, session.entity_id)
        count = len(view.choices)
        agreed = await confirm_sending(
            session,
            ngettext("Send {count} reminder?", "Send {count} reminders?", count),
            _what_leaves(view),
            ngettext("Send {count} reminder", "Send {count} reminders", count),
        )
        if agreed is None:
            return
        even_on = agreed.even_on
        prepared = await preparing_dialog(
            session, view.choices, even_today=even_on is not None
        )
        if prepared:
            session.postman.send_soon(
                session.entity_id, prepared.email_ids, even_on=even_on
            )
            ui.navigate.to(addresses.OUTBOX)


def _what_leaves(view: RecipientsView) -> str:
    """Say who is written to, for how much, and who is not."""
    lines = view.lists[RecipientList.TO_SEND]
    others = sum(map(len, view.lists.values())) - len(lines)
    totals = per_currency(total for line in lines for total in line.totals)
    sentence = ngettext(
        "One customer receives its reminders by e-mail, for {amount} in all.",
        "{count} customers receive their reminders by e-mail, for {amount} in all.",
        len(lines),
        amount=formatting.amounts(totals),
    )
    if others:
        rest = ngettext(
            "The customer of the other lists receives nothing.",
            "The {count} customers of the other lists receive nothing.",
            others,
        )
        sentence = f"{sentence} {rest}"
    ending = _(
        "The e-mails leave one by one, and what is paid meanwhile is withdrawn. "
        "What has left cannot be taken back."
    )
    return f"{sentence} {ending}"
