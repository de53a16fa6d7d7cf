"""Correct where a customer is, and how long it has to pay."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

from domain.customers.customer import Customer
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.terms_input import terms_input
from ui.components.text import secondary
from ui.translation import _


def customer_dialog(
    customer: Customer,
    profile_name: str,
    today: date,
    on_save: Callable[[Customer], Awaitable[None]],
) -> None:
    """Ask for the postal address, the phones, how and when it pays."""

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
                payment_mode=typed(mode),
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
        mode = text_field(_("Payment mode"), customer.payment_mode).mark("mode")
        terms = terms_input(
            _("Payment terms, such as “30 jours fin de mois”"),
            customer.payment_terms,
            today,
            when_empty=_("Empty: those of the payment mode, else the firm's."),
        ).mark("terms")
