"""« Premiers pas »: from an empty company to a first message, at one's own pace."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from nicegui import ui

from domain.usecases.first_hour import (
    FirstHour,
    FirstStep,
    note_seen,
    pass_step,
    show_first_hour,
)
from domain.usecases.recipients import RecipientList, RecipientsView, show_recipients
from domain.usecases.settings import compose_example, show_settings
from ui import addresses, design
from ui.components.buttons import primary_button, quiet_button, secondary_button
from ui.components.empty_state import empty_state
from ui.components.first_hour_card import step_list
from ui.components.import_drop import import_drop
from ui.components.import_sheet import show_import
from ui.components.message_preview import message_preview
from ui.components.page_head import page_head
from ui.components.recipient_desk import RecipientDesk
from ui.components.settings_card import SettingsCards
from ui.components.settings_firm import address_card, payment_card
from ui.components.settings_mail import mail_card
from ui.components.text import secondary, section_title
from ui.first_hour_words import words_of
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _


async def first_hour_page(session: Session, step: str = "") -> None:
    """Show the steps, and what the chosen one asks; nothing is lost by leaving."""
    view = await session.run(show_first_hour, session.entity_id)
    chosen = FirstStep(step) if step in tuple(FirstStep) else view.next_step
    page_head(_("First steps"))
    with ui.element("div").classes(design.CARD):
        step_list(view, chosen)
    if chosen is None:
        _ready()
        return
    words = words_of(chosen)
    with ui.element("section").classes(design.STACK):
        section_title(words.title)
        await _PARTS[chosen](session)
    _buttons(session, view, chosen)


def _buttons(session: Session, view: FirstHour, chosen: FirstStep) -> None:
    """Lead to the next step, or leave for now."""
    steps = [state.step for state in view.steps]
    following = steps[steps.index(chosen) + 1 :]
    state = view.steps[steps.index(chosen)]

    async def go_on() -> None:
        # What was just saved on this screen counts.
        now = await session.run(show_first_hour, session.entity_id)
        if not now.steps[steps.index(chosen)].is_done:
            await session.run(pass_step, session.entity_id, chosen)
        address = addresses.FIRST_HOUR
        ui.navigate.to(addresses.first_step(following[0]) if following else address)

    with ui.element("div").classes(design.PAGE_ACTIONS):
        quiet_button(_("Leave for now"), lambda: ui.navigate.to(addresses.HOME))
        # Until then the step's own button is the screen's next gesture.
        button = primary_button if state.is_done else secondary_button
        button(
            _("To the next step") if following else _("Finish"),
            go_on,
            icon="arrow_forward",
        ).mark("next-step")
        if not state.is_done:
            secondary(_("A step can be left for later: it stays in the list."))


async def _company(session: Session) -> None:
    view = await session.run(show_settings, session.entity_id)
    cards = SettingsCards()
    address_card(session, cards, view.entity)
    payment_card(session, cards, view.entity)


async def _import(session: Session) -> None:
    place = ui.element("div").classes(design.STACK)

    async def start() -> None:
        place.clear()
        with place:
            import_drop(take)

    async def take(name: str, content: bytes) -> None:
        with refusals_shown():
            await show_import(session, place, (name, content), start)

    await start()


async def _recipients(session: Session) -> None:
    async def look() -> RecipientsView:
        return await session.run(
            show_recipients,
            session.entity_id,
            session.outside.mail.check_address,
            session.today(),
        )

    @ui.refreshable
    async def content() -> None:
        view = await look()
        if any(view.lists.values()):
            await desk.draw(view)
        else:
            with empty_state(
                _("Nobody is to be reminded by e-mail today."),
                _(
                    "Import your accounting first, or come back when an invoice"
                    " is late."
                ),
                icon="contact_mail",
            ):
                pass

    async def refresh() -> None:
        await content.refresh()

    lacking = (await look()).lists[RecipientList.TO_SET]
    shown = RecipientList.TO_SET if lacking else RecipientList.TO_SEND
    desk = RecipientDesk(session, refresh, shown)
    with ui.element("div").classes(design.STACK):
        await content()


async def _mail(session: Session) -> None:
    view = await session.run(show_settings, session.entity_id)
    mail_card(session, SettingsCards(), view)


async def _preview(session: Session) -> None:
    composed = await session.run(
        compose_example,
        session.entity_id,
        session.outside.mail.check_address,
        session.today(),
    )
    if composed is None:
        with empty_state(
            _("No message is due today."),
            _("The first one will be shown here once an invoice is late."),
            icon="mark_email_read",
        ):
            pass
        return
    await session.run(note_seen, session.entity_id)
    with ui.element("div").classes(design.CARD).mark("first-message"):
        await message_preview(session, composed)


def _ready() -> None:
    with empty_state(
        _("Your company is ready."),
        _("Today's reminders are prepared: look at them, then print or send them."),
        icon="task_alt",
    ):
        ui.link(_("See today's reminders"), addresses.ACT_BY_SCENARIO)


_PARTS: Mapping[FirstStep, Callable[[Session], Awaitable[None]]] = MappingProxyType(
    {
        FirstStep.COMPANY: _company,
        FirstStep.IMPORT: _import,
        FirstStep.RECIPIENTS: _recipients,
        FirstStep.MAIL: _mail,
        FirstStep.PREVIEW: _preview,
    }
)
