"""« Complément »: who a customer of the grid is, without leaving the grid."""

from collections.abc import Sequence

from nicegui import ui

from domain.customers.customer import Customer
from domain.usecases.by_criteria import CriteriaLine
from ui import addresses, design, formatting
from ui.components.buttons import quiet_button
from ui.components.dialog import page_dialog
from ui.components.facts import fact, facts
from ui.components.text import section_title
from ui.translation import _, ngettext


def customer_brief(customer: Customer, lines: Sequence[CriteriaLine]) -> None:
    """Show a customer, and what was found of its account."""
    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG):
        section_title(customer.name)
        with facts():
            fact(_("Code"), customer.code)
            for name, value in (
                (_("Phone"), customer.phone),
                (_("Mobile"), customer.mobile),
                (_("Salesperson"), customer.salesperson),
                (_("Payment mode"), customer.payment_mode),
            ):
                if value:
                    fact(name, value)
            place = " ".join(filter(None, (customer.postal_code, customer.city)))
            fact(
                _("Address"),
                ", ".join(filter(None, (*customer.address.splitlines(), place)))
                or formatting.NOTHING,
            )
            found = ngettext("{count} instalment", "{count} instalments", len(lines))
            amounts = " · ".join(formatting.money(line.item.left) for line in lines[:6])
            fact(_("Found here"), f"{found} : {amounts}{' …' if lines[6:] else ''}")
        with ui.element("div").classes(design.PAGE_ACTIONS):
            ui.link(_("Open the sheet"), addresses.customer(customer.id))
            quiet_button(_("Close"), dialog.close)
    dialog.on("hide", dialog.delete)
    dialog.open()
