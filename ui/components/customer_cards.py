"""The three cards of a customer's sheet: whom to call, how much, what was done."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from nicegui import ui

from domain.customers.activity import ActivityKind
from domain.customers.customer import Contact
from domain.usecases.customer_sheet import CustomerSheet
from ui import design, formatting, labels
from ui.components.amount import amount
from ui.components.badge import Badge, badge, level
from ui.components.buttons import icon_button, quiet_button
from ui.components.facts import fact, fact_of, facts
from ui.components.text import section_title
from ui.design import Tone
from ui.translation import _, ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactGestures:
    """What can be done from the card « Contact »."""

    edit_contact: Callable[[Contact], Any]
    add_contact: Callable[[], Any]
    accept_address: Callable[[Contact], Any]
    edit_customer: Callable[[], Any]


def contact_card(sheet: CustomerSheet, gestures: ContactGestures) -> None:
    """Draw who is written to, and where letters go."""
    customer = sheet.customer
    with ui.element("section").classes(design.CARD).mark("contact"):
        with ui.element("div").classes(design.ROW_SPREAD):
            section_title(_("Contact"))
            with ui.element("div").classes(design.ROW):
                icon_button(
                    "person_add", _("Add a contact"), gestures.add_contact
                ).mark("add-contact")
                icon_button(
                    "edit", _("Correct the address and terms"), gestures.edit_customer
                ).mark("edit-customer")
        with facts():
            _dunning_contact(sheet, gestures)
            for other in sheet.contacts:
                if other != sheet.dunning_contact:
                    with fact_of(_("Other contact")):
                        _person(other, gestures)
            of_contacts = {"", *(contact.phone for contact in sheet.contacts)}
            phones = [
                number
                for number in (customer.phone, customer.mobile)
                if number not in of_contacts
            ]
            if phones:
                fact(_("Phone"), " · ".join(phones))
            with fact_of(_("Address")):
                if customer.has_postal_address:
                    ui.label("\n".join(sheet.postal_lines)).classes(design.KEPT_LINES)
                else:
                    badge(Badge(text=_("incomplete"), tone=Tone.WARNING))
            fact(_("Terms"), _terms(sheet))


def _terms(sheet: CustomerSheet) -> str:
    if sheet.customer.payment_terms:
        return sheet.customer.payment_terms
    if sheet.mode_terms:
        mode = sheet.customer.payment_mode
        return _("{terms} (payment mode: {mode})", terms=sheet.mode_terms, mode=mode)
    return _("those of the firm")


def _dunning_contact(sheet: CustomerSheet, gestures: ContactGestures) -> None:
    contact = sheet.dunning_contact
    with fact_of(_("Reminders to")):
        if contact is None:
            badge(Badge(text=_("no e-mail address"), tone=Tone.WARNING))
            known = sheet.contacts[:1]
            quiet_button(
                _("Add one"),
                partial(gestures.edit_contact, *known)
                if known
                else gestures.add_contact,
            )
            return
        _person(contact, gestures)
        if sheet.email_problem:
            badge(Badge(text=_(sheet.email_problem), tone=Tone.WARNING))
            quiet_button(
                _("Accept this address"), partial(gestures.accept_address, contact)
            ).mark("accept-address")


def _person(contact: Contact, gestures: ContactGestures) -> None:
    words = (contact.name, contact.email, contact.phone)
    with ui.element("div").classes(design.PERSON):
        ui.label("\n".join(word for word in words if word)).classes(design.KEPT_LINES)
        icon_button(
            "edit", _("Correct this contact"), partial(gestures.edit_contact, contact)
        ).mark("edit-contact")


def amounts_card(sheet: CustomerSheet) -> None:
    """Draw what the account adds up to."""
    amounts = sheet.amounts
    with ui.element("section").classes(design.CARD).mark("amounts"):
        section_title(_("Amounts"))
        with facts(design.NAMED_AMOUNTS):
            for name, value, tone in (
                (_("Amount due"), amounts.balance, None),
                (_("Overdue"), amounts.overdue, Tone.OVERDUE),
                (_("To come"), amounts.to_come, Tone.NOT_DUE),
                (_("Paid in 90 days"), sheet.paid_lately, Tone.SETTLED),
            ):
                with fact_of(name):
                    amount(value, tone if value else None)


def activity_card(sheet: CustomerSheet) -> None:
    """Draw how far reminders went, and what comes next."""
    with ui.element("section").classes(design.CARD).mark("activity"):
        section_title(_("Activity"))
        with facts():
            with fact_of(_("Level")):
                if sheet.level:
                    badge(level(sheet.level))
                else:
                    ui.label(_("no reminder yet"))
            if sheet.next_step and sheet.next_on:
                is_late = sheet.next_on <= sheet.today
                when = _("{step}, due since {day}") if is_late else _("{step} on {day}")
                fact(
                    _("Next step"),
                    when.format(
                        step=labels.step(sheet.next_step.code),
                        day=formatting.day(sheet.next_on),
                    ),
                )
            for name, kinds in (
                (_("Last advance notice"), [ActivityKind.ADVANCE_NOTICE]),
                (
                    _("Last reminder"),
                    [ActivityKind.REMINDER, ActivityKind.PAST_REMINDER],
                ),
                (_("Last thank-you"), [ActivityKind.THANK_YOU]),
            ):
                last = sheet.last(*kinds)
                fact(name, formatting.day(last.happened_on if last else None))
            fact(
                _("Contacts made"),
                ngettext("{count} action", "{count} actions", sheet.contact_count),
            )
