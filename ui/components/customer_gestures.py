"""What is decided about the customer itself: flag, profile, call, what was sent."""

from collections.abc import Sequence
from datetime import date

from nicegui import ui

from domain.basics.identifiers import ProfileId
from domain.basics.money import EUR, Money
from domain.customers.activity import POSTAL_KINDS, Activity, ActivityKind
from domain.customers.customer import Customer
from domain.dunning.scenario import Channel
from domain.usecases.account_rows import ItemRow
from domain.usecases.agreeing import (
    cancel_promise,
    change_dispute,
    close_dispute,
    open_dispute,
    reopen_dispute,
)
from domain.usecases.call_results import take_back_call
from domain.usecases.calling import Contacted, note_contact
from domain.usecases.customer_details import choose_profile, follow, save_customer
from domain.usecases.customer_sheet import show_activity
from domain.usecases.excluding import set_excluded
from domain.usecases.levels import take_back
from domain.usecases.registered import take_back_news
from ui import addresses
from ui.components.activity_dialog import activity_dialog
from ui.components.call_dialog import call_dialog
from ui.components.customer_dialog import customer_dialog
from ui.components.phone_numbers import phone_numbers
from ui.components.profile_dialog import account_dispute, profile_dialog
from ui.components.sheet_desk import SheetDesk, about, ids
from ui.components.undo_bar import Undo
from ui.components.why_dialog import why_dialog
from ui.refusals import refusals_shown
from ui.translation import _


class CustomerGestures:
    """The gestures on one customer, as its sheet was last read."""

    def __init__(self, desk: SheetDesk) -> None:
        self._desk = desk
        self._run = desk.session.run

    async def follow(self) -> None:
        """Flag the customer as followed, or no longer."""
        customer = self._desk.sheet.customer
        await self._run(follow, customer.id, followed=not customer.is_followed)
        await self._desk.redraw()

    def profile(self) -> None:
        """Choose another profile, and say whether the whole account is contested."""

        async def act(profile_id: ProfileId, contests: bool, reason: str) -> None:
            undo_dispute = await self._contest(contests, reason)
            customer_id, when = self._desk.customer_id, self._desk.when()
            before = await self._run(choose_profile, customer_id, profile_id, *when)

            async def undo() -> None:
                if undo_dispute:
                    await undo_dispute()
                await self._run(choose_profile, customer_id, before, *self._desk.when())

            await self._desk.done(_("Profile and dispute were saved."), undo)

        profile_dialog(self._desk.sheet, act)

    async def _contest(self, contests: bool, reason: str) -> Undo | None:
        """Open, correct or close the dispute on the whole account, if it changes."""
        when, desk = self._desk.when(), self._desk
        dispute = account_dispute(desk.sheet)
        if dispute and not contests:
            await self._run(close_dispute, dispute, *when)
            return desk.undoing(reopen_dispute, dispute, *when)
        if dispute and reason != dispute.reason:
            await self._run(change_dispute, dispute, reason, *when)
            return desk.undoing(reopen_dispute, dispute, *when)
        if contests and not dispute:
            (opened,) = await self._run(open_dispute, desk.customer_id, reason, *when)
            return desk.undoing(close_dispute, opened, *when)
        return None

    def call(self, rows: list[ItemRow]) -> None:
        """Note a call, and what was promised in it."""
        sheet = self._desk.sheet
        items = ids(rows)
        currency = rows[0].item.currency if rows else EUR

        async def act(
            comment: str, counts: bool, promised: Money | None, day: date | None
        ) -> None:
            when, customer_id = self._desk.when(), self._desk.customer_id
            call = Contacted(
                channel=Channel.PHONE,
                day=self._desk.session.today(),
                comment=comment,
                item_ids=items,
                counts=counts,
                promised=promised,
                promised_for=day,
            )
            check = self._desk.session.outside.mail.check_address
            noted = await self._run(note_contact, customer_id, call, check, *when)

            async def undo() -> None:
                for promise in noted.promises:
                    await self._run(cancel_promise, promise, *self._desk.when())
                made = [noted.activity_id]
                await self._run(take_back, customer_id, made, *self._desk.when())

            await self._desk.done(_("The call was noted."), undo)

        phones = phone_numbers(sheet.customer, sheet.contacts, sheet.wrong_numbers)
        call_dialog(about(rows), phones, currency, act)

    def act_by(self, channel: Channel, rows: Sequence[ItemRow]) -> None:
        """Write to the customer, or note another contact, about the ticked items."""
        draft = self._desk.session.drafts.of(self._desk.customer_id)
        if rows:
            draft.item_ids = frozenset(ids(rows))
        draft.channel = channel
        ui.navigate.to(addresses.act_for(self._desk.customer_id))

    def edit(self) -> None:
        """Correct the address, the terms and the free fields."""

        async def act(changed: Customer) -> None:
            before = self._desk.sheet.customer
            await self._run(save_customer, changed)
            undo = self._desk.undoing(save_customer, before)
            await self._desk.done(_("The customer's details were saved."), undo)

        sheet = self._desk.sheet
        customer_dialog(sheet.customer, sheet.field_names, sheet.today, act)

    def explain(self) -> None:
        """Say why the customer is reminded today, or not."""
        why_dialog(self._desk.sheet)

    async def read(self, activity: Activity) -> None:
        """Show what was sent."""
        with refusals_shown():
            view = await self._run(show_activity, activity)
            code = self._desk.sheet.customer.code
            await activity_dialog(
                self._desk.session, view, code, on_change=self._desk.redraw
            )

    async def take_back(self, activity: Activity) -> None:
        """Undo a decision from its line in the history."""
        when, customer_id = self._desk.when(), self._desk.customer_id
        with refusals_shown():
            if activity.kind is ActivityKind.EXCLUDED:
                named = self._desk.sheet.named.get(activity.id, ())
                await self._run(set_excluded, customer_id, named, *when, excluded=False)
            elif activity.kind in POSTAL_KINDS:
                await self._run(take_back_news, [activity.id])
            else:
                await self._run(take_back_call, customer_id, activity.id, *when)
            await self._desk.redraw()
            ui.notify(_("This was taken back."), type="positive")
