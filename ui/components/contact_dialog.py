"""Correct who is written to at a customer's."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from nicegui import ui

from domain.customers.customer import Contact
from ui import design
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.translation import _


def contact_dialog(
    contact: Contact, on_save: Callable[[Contact], Awaitable[None]]
) -> None:
    """Ask for a name, an address, phones, and what the person is there for."""

    async def save() -> None:
        await on_save(
            replace(
                contact,
                first_name=typed(first_name),
                last_name=typed(last_name),
                email=typed(email),
                phone=typed(phone),
                mobile=typed(mobile),
                is_dunning=is_dunning.value,
                is_billing=is_billing.value,
                is_manager=is_manager.value,
                is_main=is_main.value,
            )
        )

    with form_dialog(_("Contact"), _("Save"), save):
        with ui.element("div").classes(design.TWO_FIELDS):
            first_name = text_field(_("First name"), contact.first_name)
            last_name = text_field(_("Last name"), contact.last_name)
        email = text_field(_("E-mail"), contact.email).mark("email")
        with ui.element("div").classes(design.TWO_FIELDS):
            phone = text_field(_("Phone"), contact.phone).mark("phone")
            mobile = text_field(_("Mobile phone"), contact.mobile).mark("mobile")
        first_name.mark("first-name")
        last_name.mark("last-name")
        with ui.element("div").classes(design.CHECKS):
            is_dunning = ui.checkbox(
                _("Receives the reminders"), value=contact.is_dunning
            )
            is_billing = ui.checkbox(
                _("Receives the invoices"), value=contact.is_billing
            )
            is_manager = ui.checkbox(
                _("Manager, above the others"), value=contact.is_manager
            ).mark("is-manager")
            is_main = ui.checkbox(_("Main contact"), value=contact.is_main)
