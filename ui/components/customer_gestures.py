"""What is decided on a customer's sheet: each gesture opens a dialog, then acts."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime

from domain.basics.identifiers import ItemId
from domain.basics.money import Money
from domain.customers.activity import Activity
from domain.customers.agreements import Dispute, Hold, Promise
from domain.customers.customer import Contact, Customer
from domain.usecases.agreeing import (
    cancel_promise,
    close_dispute,
    lift_hold,
    open_dispute,
    place_hold,
    record_promise,
    write_note,
)
from domain.usecases.customer_details import (
    accept_address,
    new_contact,
    save_contact,
    save_customer,
)
from domain.usecases.customer_sheet import CustomerSheet, ItemRow, show_activity
from ui.components.activity_dialog import activity_dialog
from ui.components.contact_dialog import contact_dialog
from ui.components.customer_dialog import customer_dialog
from ui.components.dispute_dialog import dispute_dialog
from ui.components.hold_dialog import hold_dialog
from ui.components.invoice_button import invoice_buttons
from ui.components.item_dialog import item_dialog
from ui.components.note_dialog import note_dialog
from ui.components.promise_dialog import promise_dialog
from ui.refusals import refusals_shown
from ui.session import Session


class CustomerGestures:
    """The gestures on one customer, as its sheet was last read."""

    def __init__(
        self, session: Session, on_change: Callable[[], Awaitable[None]]
    ) -> None:
        self._session = session
        self._on_change = on_change
        self.sheet: CustomerSheet

    @property
    def _customer(self) -> Customer:
        return self.sheet.customer

    def stop(self, row: ItemRow | None = None) -> None:
        """Stop dunning of the customer, or of an item."""

        async def act(reason: str, ends_on: date | None) -> None:
            await self._session.run(
                place_hold,
                self._customer.id,
                reason,
                ends_on,
                *self._when(),
                item_id=_id(row),
            )
            await self._on_change()

        hold_dialog(_reference(row), act)

    def dispute(self, row: ItemRow | None = None) -> None:
        """Note that the account or an item is contested."""

        async def act(reason: str) -> None:
            await self._session.run(
                open_dispute,
                self._customer.id,
                reason,
                *self._when(),
                item_id=_id(row),
            )
            await self._on_change()

        dispute_dialog(_reference(row), act)

    def promise(self, row: ItemRow | None = None) -> None:
        """Note a promise on the account or an item."""

        async def act(amount: Money, promised_for: date) -> None:
            await self._session.run(
                record_promise,
                self._customer.id,
                amount,
                promised_for,
                *self._when(),
                item_id=_id(row),
            )
            await self._on_change()

        left = row.item.left if row else self.sheet.amounts.balance
        promise_dialog(_reference(row), left, act)

    def note(self) -> None:
        """Write a note."""

        async def act(text: str) -> None:
            await self._session.run(write_note, self._customer.id, text, *self._when())
            await self._on_change()

        note_dialog(act)

    async def lift(self, hold: Hold | None = None) -> None:
        """Lift a stop, the customer's own if none is named."""
        hold = hold or self.sheet.hold
        if hold:
            with refusals_shown():
                await self._session.run(lift_hold, hold, *self._when())
                await self._on_change()

    async def close_dispute(self, dispute: Dispute) -> None:
        """Close a dispute."""
        with refusals_shown():
            await self._session.run(close_dispute, dispute, *self._when())
            await self._on_change()

    async def cancel_promise(self, promise: Promise) -> None:
        """Cancel a promise."""
        with refusals_shown():
            await self._session.run(cancel_promise, promise, *self._when())
            await self._on_change()

    def edit_contact(self, contact: Contact) -> None:
        """Correct a contact."""

        async def act(changed: Contact) -> None:
            await self._session.run(save_contact, changed)
            await self._on_change()

        contact_dialog(contact, act)

    def add_contact(self) -> None:
        """Add a contact, who receives the reminders."""
        self.edit_contact(new_contact(self._customer))

    async def accept_address(self, contact: Contact) -> None:
        """Trust an odd address."""
        with refusals_shown():
            await self._session.run(accept_address, contact)
            await self._on_change()

    def edit_customer(self) -> None:
        """Correct the address and the terms."""

        async def act(changed: Customer) -> None:
            await self._session.run(save_customer, changed)
            await self._on_change()

        customer_dialog(
            self._customer, self.sheet.profile_name, self._session.today(), act
        )

    async def explain(self, row: ItemRow) -> None:
        """Show why an item is proposed or not."""
        invoices = await invoice_buttons(self._session, [row.item])
        item_dialog(self.sheet, row, invoices, self.promise, self.dispute, self.stop)

    async def read(self, activity: Activity) -> None:
        """Show what was sent."""
        with refusals_shown():
            view = await self._session.run(show_activity, activity)
            await activity_dialog(self._session, view, self._customer.code)

    def _when(self) -> tuple[date, datetime]:
        return self._session.today(), self._session.now()


def _id(row: ItemRow | None) -> ItemId | None:
    return row.item.id if row else None


def _reference(row: ItemRow | None) -> str:
    return row.item.reference if row else ""
