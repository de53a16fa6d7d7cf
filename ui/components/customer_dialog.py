"""Correct where a customer is, and how long it has to pay."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from domain.customers.customer import Customer
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.text import secondary
from ui.translation import _


def customer_dialog(
    customer: Customer,
    profile_name: str,
    on_save: Callable[[Customer], Awaitable[None]],
) -> None:
    """Ask for the postal address, the phones and the payment terms."""

    async def save() -> None:
        await on_save(
            replace(
                customer,
                address=typed(address),
                postal_code=typed(postal_code),
                city=typed(city),
                country=typed(country),
                phone=typed(phone),
                mobile=typed(mobile),
                payment_terms=typed(terms),
            )
        )

    with form_dialog(customer.name, _("Save"), save):
        secondary(_("Profile {name}", name=profile_name))
        address = text_field(_("Address"), customer.address, lines=2).mark("address")
        postal_code = text_field(_("Postal code"), customer.postal_code)
        city = text_field(_("City"), customer.city).mark("city")
        country = text_field(_("Country, if not France"), customer.country)
        phone = text_field(_("Phone"), customer.phone)
        mobile = text_field(_("Mobile phone"), customer.mobile)
        terms = text_field(
            _("Payment terms, such as “30 jours fin de mois”"), customer.payment_terms
        ).mark("terms")
