"""Choose who receives a customer's reminders: a known contact, or an address."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from domain.customers.customer import Contact
from domain.usecases.recipients import RecipientLine
from ui import addresses
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.text import secondary
from ui.translation import _


def recipient_dialog(
    line: RecipientLine, on_save: Callable[[str], Awaitable[None]]
) -> None:
    """Ask for the address, with those that are known at hand."""
    name = line.customer.name

    async def save() -> None:
        await on_save(typed(field))

    with form_dialog(
        _("Recipient of the reminders: {name}", name=name), _("Save"), save
    ):
        if line.problem:
            secondary(_(line.problem))
        if line.contacts:
            known = {c.email: _named(c) for c in line.contacts}
            choice = ui.radio(known, value=line.email).mark("known-addresses")
            choice.props["aria-label"] = _("Known addresses")
        field = text_field(_("E-mail"), line.email).mark("recipient-address")
        field.props("autofocus type=email autocomplete=off")
        if line.contacts:
            choice.on_value_change(lambda event: field.set_value(event.value))
        ui.link(_("Customer sheet"), addresses.customer(line.customer.id))


def _named(contact: Contact) -> str:
    if contact.is_dunning:
        role = _("receives the reminders")
    elif contact.is_billing:
        role = _("receives the invoices")
    else:
        role = contact.name
    return f"{contact.email} ({role})" if role else contact.email
