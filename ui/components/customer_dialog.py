"""Correct where a customer is, and how long it has to pay."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any

from nicegui import ui

from domain.basics.wording import LANGUAGES
from domain.customers.customer import Customer
from domain.customers.free_fields import FieldNames
from ui import design, text_words
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.terms_input import terms_input
from ui.translation import _


def customer_dialog(
    customer: Customer,
    names: FieldNames,
    today: date,
    on_save: Callable[[Customer], Awaitable[None]],
) -> None:
    """Ask for the address, phones, how it pays, salesperson and free fields."""

    async def save() -> None:
        given: dict[str, Any] = {name: typed(field) for name, field in fields.items()}
        await on_save(replace(customer, language=language.value, **given))

    with form_dialog(customer.name, _("Save"), save):
        fields = {
            "address": text_field(_("Address"), customer.address, lines=2).mark(
                "address"
            )
        }
        with ui.element("div").classes(design.TWO_FIELDS):
            fields |= {
                "postal_code": text_field(_("Postal code"), customer.postal_code),
                "city": text_field(_("City"), customer.city).mark("city"),
                "country": text_field(_("Country, if not France"), customer.country),
                "salesperson": text_field(_("Salesperson"), customer.salesperson),
                "phone": text_field(_("Phone"), customer.phone),
                "mobile": text_field(_("Mobile phone"), customer.mobile),
            }
        mode = text_field(_("Payment mode"), customer.payment_mode).mark("mode")
        fields["payment_mode"] = mode
        fields["payment_terms"] = terms_input(
            _("Payment terms, such as “30 jours fin de mois”"),
            customer.payment_terms,
            today,
            when_empty=_("Empty: those of the payment mode, else the firm's."),
        ).mark("terms")
        codes = dict.fromkeys((*LANGUAGES, customer.language))
        language = ui.select(
            {code: text_words.language(code) for code in codes},
            label=_("Language of its messages"),
            value=customer.language,
        )
        language.props(design.INPUT).mark("language")
        fields |= _free_fields(customer, names)


def _free_fields(customer: Customer, names: FieldNames) -> dict[str, ui.input]:
    """Draw the free fields that have a name."""
    values = (customer.free_1, customer.free_2)
    return {
        f"free_{place}": text_field(name, value).mark(f"free-{place}")
        for place, (name, value) in enumerate(
            zip(names.customer, values, strict=True), start=1
        )
        if name
    }
