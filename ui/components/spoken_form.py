"""« Téléphone » and « Autre »: a day, what was said, and what was promised."""

from datetime import date

from nicegui import ui

from domain.basics.errors import DunningError
from domain.basics.money import EUR
from domain.dunning.by_voice import spoken_effects
from domain.dunning.scenario import Channel
from domain.usecases.by_customer import ByCustomerView, remember_switches
from domain.usecases.calling import Contacted, note_contact
from ui import addresses, design
from ui.components.buttons import primary_button
from ui.components.date_input import DateInput
from ui.components.form_dialog import text_field, typed
from ui.components.hand_items import HandItems
from ui.components.hand_switches import HandSwitches
from ui.components.phone_numbers import phone_numbers
from ui.components.promise_fields import PromiseFields
from ui.components.text import secondary
from ui.drafts import Draft
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _


class DayMissingError(DunningError):
    """What happened has a day."""

    message = "Give the day of the contact."


class SpokenForm:
    """The form; what is typed stays in the draft until it is saved."""

    def __init__(
        self, session: Session, view: ByCustomerView, draft: Draft, items: HandItems
    ) -> None:
        self._session, self._view, self._draft = session, view, draft
        self._items = items

    async def draw(self) -> None:
        """Draw the fields, the switches and the button."""
        draft, by_phone = self._draft, self._draft.channel is Channel.PHONE
        situation = self._view.situation
        if by_phone:
            numbers = phone_numbers(
                situation.customer, self._view.contacts, self._view.wrong_numbers
            )
            secondary(" · ".join(numbers) or _("No phone number is known."))
        with ui.element("div").classes(design.HAND_FIELDS):
            self._day = DateInput(
                _("Date of the call") if by_phone else _("Date"),
                draft.day or self._session.today(),
            ).mark("day")
            self._comment = text_field(
                _("What was said") if by_phone else _("Comment"),
                draft.comment,
                lines=4,
            )
            self._comment.mark("comment").on_value_change(self._keep)
            self._promise = None
            if by_phone:
                currency = next((i.currency for i in situation.open_items), EUR)
                with ui.element("div").classes(design.TWO_FIELDS):
                    self._promise = PromiseFields(
                        currency, draft.promised, draft.promised_for
                    )
                self._promise.on_change(self._keep_promise)
        self._switches = HandSwitches(situation, draft, self._view.switches)
        self._day.on_change(self._keep)
        with ui.element("div").classes(design.PAGE_ACTIONS):
            words = _("Save the call") if by_phone else _("Save this contact")
            primary_button(words, self._save, icon="check").mark("save")
        await self.show()

    async def show(self) -> None:
        """Say what saving does to the items ticked now."""
        view, channel = self._view, self._draft.channel
        day = self._day.typed_day or self._session.today()
        ticked = self._items.ticked
        effects = spoken_effects(view.situation, view.plan, ticked, channel, day)
        self._switches.show(effects, channel)

    async def _keep(self) -> None:
        self._draft.day = self._day.typed_day
        self._draft.comment = self._comment.value or ""
        await self.show()

    def _keep_promise(self, amount: str, day: date | None) -> None:
        self._draft.promised = amount
        self._draft.promised_for = day

    async def _save(self) -> None:
        session, customer = self._session, self._view.situation.customer
        with refusals_shown():
            day = self._day.day
            if day is None:
                raise DayMissingError
            promised, promised_for = (
                self._promise.read() if self._promise else (None, None)
            )
            contacted = Contacted(
                channel=self._draft.channel,
                day=day,
                comment=typed(self._comment),
                item_ids=[item.id for item in self._items.ticked],
                counts=self._switches.counts,
                level_after=self._switches.level_after,
                promised=promised,
                promised_for=promised_for,
            )
            await session.run(
                note_contact,
                customer.id,
                contacted,
                session.outside.mail.check_address,
                session.today(),
                session.now(),
            )
            await session.run(remember_switches, self._switches.chosen)
            session.drafts.forget(customer.id)
            ui.navigate.to(addresses.customer(customer.id))
