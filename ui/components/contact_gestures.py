"""What is decided about the people of a customer."""

from domain.customers.customer import Contact
from domain.usecases.customer_details import (
    accept_address,
    new_contact,
    remove_contact,
    restore_contact,
    save_contact,
)
from ui.components.confirm_dialog import confirm
from ui.components.contact_dialog import contact_dialog
from ui.components.sheet_desk import SheetDesk
from ui.refusals import refusals_shown
from ui.translation import _


class ContactGestures:
    """The gestures on the contacts of one customer."""

    def __init__(self, desk: SheetDesk) -> None:
        self._desk = desk
        self._run = desk.session.run

    def edit(self, contact: Contact) -> None:
        """Correct a contact."""

        async def act(changed: Contact) -> None:
            before = self._desk.sheet.contacts

            async def undo() -> None:
                for known in before:
                    await self._run(restore_contact, known)
                if contact not in before:
                    await self._run(remove_contact, changed, self._desk.session.today())

            await self._run(save_contact, changed)
            await self._desk.done(_("The contact was saved."), undo)

        contact_dialog(contact, act)

    def add(self) -> None:
        """Add a contact, who receives the reminders if nobody does yet."""
        sheet = self._desk.sheet
        self.edit(new_contact(sheet.customer, sheet.contacts))

    async def remove(self, contact: Contact) -> None:
        """Take a contact off the sheet, once confirmed."""
        agreed = await confirm(
            _(
                "Remove {name}?",
                name=contact.name or contact.email or _("this contact"),
            ),
            _("Nothing is sent to this contact any more. What was sent stays."),
            _("Remove the contact"),
            dangerous=True,
        )
        if agreed:
            with refusals_shown():
                await self._run(remove_contact, contact, self._desk.session.today())
                undo = self._desk.undoing(restore_contact, contact)
                await self._desk.done(_("The contact was removed."), undo)

    async def accept_address(self, contact: Contact) -> None:
        """Trust an odd address."""
        with refusals_shown():
            can_be_sent_to = self._desk.session.outside.mail.can_be_sent_to
            await self._run(accept_address, contact, can_be_sent_to)
            undo = self._desk.undoing(restore_contact, contact)
            await self._desk.done(_("The address was accepted."), undo)
