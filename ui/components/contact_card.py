"""The card « Contact » of a customer's sheet: whom to call, where letters go."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from nicegui import ui

from domain.customers.call import digits
from domain.customers.customer import Contact
from domain.usecases.customer_sheet import CustomerSheet
from ui import design
from ui.components.badge import Badge, badge
from ui.components.buttons import icon_button, quiet_button
from ui.components.facts import fact, fact_of, facts
from ui.components.text import secondary, section_title
from ui.design import Tone
from ui.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCardGestures:
    """What can be done from the card « Contact »."""

    edit_contact: Callable[[Contact], Any]
    add_contact: Callable[[], Any]
    remove_contact: Callable[[Contact], Any]
    accept_address: Callable[[Contact], Any]
    edit_customer: Callable[[], Any]
    personal_data: Callable[[], Any]


def contact_card(sheet: CustomerSheet, gestures: ContactCardGestures) -> None:
    """Draw the people with their roles, the address, the terms, the free fields."""
    with ui.element("section").classes(design.CARD).mark("contact"):
        with ui.element("div").classes(design.ROW_SPREAD):
            section_title(_("Contact"))
            with ui.element("div").classes(design.ROW):
                icon_button(
                    "person_add", _("Add a contact"), gestures.add_contact
                ).mark("add-contact")
                icon_button(
                    "edit", _("Correct the customer's details"), gestures.edit_customer
                ).mark("edit-customer")
                icon_button(
                    "privacy_tip", _("Personal data"), gestures.personal_data
                ).mark("personal-data")
        with ui.element("div").classes(design.TWO_COLUMNS):
            with ui.element("div").classes(design.PEOPLE):
                _dunning_contact(sheet, gestures)
                for other in sheet.contacts:
                    if other != sheet.dunning_contact:
                        _person(_("Other contact"), other, sheet, gestures)
            with facts():
                _of_customer(sheet)


def _of_customer(sheet: CustomerSheet) -> None:
    customer = sheet.customer
    of_contacts = {
        "",
        *(number for c in sheet.contacts for number in (c.phone, c.mobile)),
    }
    phones = [n for n in (customer.phone, customer.mobile) if n not in of_contacts]
    if phones:
        with fact_of(_("Phone")):
            for number in phones:
                _phone(number, sheet)
    with fact_of(_("Address")):
        if customer.has_postal_address:
            town = f"{customer.postal_code} {customer.city}".strip()
            lines = (*customer.address.splitlines(), town, customer.country)
            ui.label("\n".join(filter(None, lines))).classes(design.KEPT_LINES)
        else:
            badge(Badge(text=_("incomplete"), tone=Tone.WARNING))
    fact(_("Terms"), _terms(sheet))
    values = (customer.free_1, customer.free_2)
    for name, value in (
        (_("Payment mode"), customer.payment_mode),
        (_("Salesperson"), customer.salesperson),
        (_("Category"), customer.category),
        *zip(sheet.field_names.customer, values, strict=True),
    ):
        if name and value:
            fact(name, value)


def _terms(sheet: CustomerSheet) -> str:
    if sheet.customer.payment_terms:
        return sheet.customer.payment_terms
    if sheet.mode_terms:
        mode = sheet.customer.payment_mode
        return _("{terms} (payment mode: {mode})", terms=sheet.mode_terms, mode=mode)
    return _("those of the firm")


def _dunning_contact(sheet: CustomerSheet, gestures: ContactCardGestures) -> None:
    contact = sheet.dunning_contact
    if contact is None:
        secondary(_("Reminders to"))
        badge(Badge(text=_("no e-mail address"), tone=Tone.WARNING))
        known = sheet.contacts[:1]
        quiet_button(
            _("Add one"),
            partial(gestures.edit_contact, *known) if known else gestures.add_contact,
        )
        return
    _person(_("Reminders to"), contact, sheet, gestures)
    if sheet.email_problem:
        badge(Badge(text=_(sheet.email_problem), tone=Tone.WARNING))
        quiet_button(
            _("Accept this address"), partial(gestures.accept_address, contact)
        ).mark("accept-address")


def _person(
    role: str, contact: Contact, sheet: CustomerSheet, gestures: ContactCardGestures
) -> None:
    roles = ", ".join((role, *_roles(contact)))
    with ui.element("div"):
        with ui.element("div").classes(design.PERSON):
            secondary(roles)
            icon_button(
                "edit",
                _("Correct this contact"),
                partial(gestures.edit_contact, contact),
            ).mark("edit-contact")
            icon_button(
                "person_remove",
                _("Remove this contact"),
                partial(gestures.remove_contact, contact),
            ).mark("remove-contact")
        if contact.name:
            ui.label(contact.name)
        with ui.element("div").classes(design.ROW):
            if contact.email:
                ui.link(contact.email, f"mailto:{contact.email}")
            for number in filter(None, (contact.phone, contact.mobile)):
                _phone(number, sheet)


def _phone(number: str, sheet: CustomerSheet) -> None:
    """Draw a number to dial, or struck out where a call found it wrong."""
    wrong_on = sheet.wrong_numbers.get(digits(number))
    if wrong_on is None:
        ui.link(number, f"tel:{''.join(number.split())}")
        return
    with ui.element("s").mark("wrong-number"):
        ui.label(number)
    said = _("wrong number on {day}", day=f"{wrong_on:%d/%m}")
    badge(Badge(text=said, tone=Tone.STOPPED))


def _roles(contact: Contact) -> list[str]:
    """Name what a person is there for, besides receiving the reminders."""
    roles = (
        (contact.is_billing, _("billing")),
        (contact.is_manager, _("manager")),
    )
    return [name for holds, name in roles if holds]
