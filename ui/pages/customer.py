"""Everything about one customer, for the call, on one screen."""

from dataclasses import replace
from functools import partial

from nicegui import ui

from domain.basics.identifiers import CustomerId
from domain.dunning.scenario import Channel
from domain.usecases.account_rows import ItemRow
from domain.usecases.customer_sheet import show_customer
from ui import design
from ui.components.activity_timeline import HistoryGestures, activity_timeline
from ui.components.agreement_gestures import AgreementGestures
from ui.components.agreements import AgreementLineGestures, agreements
from ui.components.contact_card import ContactCardGestures, contact_card
from ui.components.contact_gestures import ContactGestures
from ui.components.customer_cards import activity_card, amounts_card
from ui.components.customer_gestures import CustomerGestures
from ui.components.customer_head import HeadGestures, customer_head
from ui.components.item_dialog import item_dialog
from ui.components.item_gestures import ItemGestures
from ui.components.notes_card import notes_card
from ui.components.open_items_table import OpenItemsTable
from ui.components.penalty_gestures import PenaltyGestures
from ui.components.personal_data_dialog import show_personal_data
from ui.components.returned_letters import returned_letters
from ui.components.sheet_desk import SheetDesk
from ui.components.text import secondary, section_title
from ui.components.ticked_bar import RowGesture
from ui.session import Session
from ui.translation import _


async def customer_page(session: Session, customer_id: str) -> None:
    """Show what a customer owes and what was agreed, and let the user add to it."""
    await _CustomerSheet(session, CustomerId(customer_id)).draw()


class _CustomerSheet:
    """The sheet on screen: its parts, and the gestures they share."""

    def __init__(self, session: Session, customer_id: CustomerId) -> None:
        self._session = session
        self._customer_id = customer_id
        self._desk = SheetDesk(session, ui.context.client, self.draw)
        self._customer = CustomerGestures(self._desk)
        self._contacts = ContactGestures(self._desk)
        self._agreements = AgreementGestures(self._desk)
        self._items = ItemGestures(self._desk)
        self._penalties = PenaltyGestures(self._desk)
        self._table = OpenItemsTable(session, self._open, self._row_gestures())
        self._place = ui.element("div").classes(design.SHEET)

    async def draw(self) -> None:
        """Read the customer again, and draw all of it."""
        sheet = await self._session.run(
            show_customer,
            self._customer_id,
            self._session.outside.mail.check_address,
            self._session.today(),
        )
        self._desk.sheet = sheet
        self._place.clear()
        with self._place:
            self._head()
            self._cards()
            with ui.element("section").classes(design.SHEET_ITEMS):
                await self._table.draw(sheet)
            self._foot()

    def _head(self) -> None:
        agreed = self._agreements
        customer_head(
            self._desk.sheet,
            HeadGestures(
                follow=self._customer.follow,
                profile=self._customer.profile,
                explain=self._customer.explain,
                email=lambda: self._act_by(Channel.EMAIL),
                letter=lambda: self._act_by(Channel.LETTER),
                call=lambda: self._customer.call(self._table.ticked),
                other=lambda: self._act_by(Channel.OTHER),
                note=agreed.note,
                promise=agreed.promise,
                dispute=agreed.dispute,
                stop=agreed.stop,
                lift=agreed.lift,
            ),
        )
        agreements(
            self._desk.sheet,
            AgreementLineGestures(
                change_hold=agreed.change_hold,
                lift=agreed.lift,
                change_dispute=agreed.change_dispute,
                close_dispute=agreed.close_dispute,
                change_promise=agreed.change_promise,
                cancel_promise=agreed.cancel_promise,
                put_back=agreed.put_back,
            ),
        )

        returned_letters(self._desk.sheet.returned, self._customer.edit)

    def _act_by(self, channel: Channel) -> None:
        self._customer.act_by(channel, self._table.ticked)

    def _cards(self) -> None:
        with ui.element("div").classes(design.SHEET_CARDS):
            contact_card(
                self._desk.sheet,
                ContactCardGestures(
                    edit_contact=self._contacts.edit,
                    add_contact=self._contacts.add,
                    remove_contact=self._contacts.remove,
                    accept_address=self._contacts.accept_address,
                    edit_customer=self._customer.edit,
                    personal_data=partial(
                        show_personal_data, self._session, self._customer_id
                    ),
                ),
            )
            amounts_card(self._desk.sheet, self._penalties.show)
            activity_card(self._desk.sheet, self._to_history)

    def _foot(self) -> None:
        sheet = self._desk.sheet
        with ui.element("div").classes(design.SHEET_FOOT):
            notes_card(
                sheet, self._agreements.change_note, self._agreements.remove_note
            )
            with ui.element("section").classes(design.STACK) as self._history:
                section_title(_("History"))
                if sheet.activities:
                    activity_timeline(
                        sheet,
                        HistoryGestures(
                            read=self._customer.read,
                            take_back=self._customer.take_back,
                        ),
                    )
                else:
                    secondary(_("Nothing was done about this customer yet."))

    def _to_history(self) -> None:
        self._history.run_method("scrollIntoView", {"behavior": "smooth"})

    def _row_gestures(self) -> list[RowGesture]:
        agreed, items = self._agreements, self._items
        return [
            RowGesture(name="promise", words=_("Promise"), key="p", act=agreed.promise),
            RowGesture(name="dispute", words=_("Dispute"), key="l", act=agreed.dispute),
            RowGesture(name="stop", words=_("STOP"), key="s", act=agreed.stop),
            RowGesture(name="level", words=_("Level"), key="v", act=items.level),
            RowGesture(
                name="reposition",
                words=_("Reposition"),
                key="r",
                act=items.reposition,
            ),
            RowGesture(name="note", words=_("Note"), key="n", act=agreed.note),
            RowGesture(name="exclude", words=_("Exclude"), key="x", act=items.exclude),
        ]

    def _open(self, row: ItemRow) -> None:
        """Show all about an item, with the gestures that make sense for it."""
        gestures = [
            replace(one, words=_("Remind again"))
            if one.name == "exclude" and row.is_excluded
            else one
            for one in self._row_gestures()
            if row.item.left.cents > 0 or one.name == "note"
        ]
        items = self._items
        if row.expected:
            words = _("Back to the due date")
            gestures.append(
                RowGesture(name="forget", words=words, act=items.forget_expected)
            )
        if any(self._desk.sheet.field_names.item):
            words = _("Free fields")
            gestures.append(RowGesture(name="fields", words=words, act=items.fields))
        item_dialog(self._desk.sheet, row, self._table.invoices, gestures)
