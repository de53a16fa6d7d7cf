"""The firm as its letters present it, and how it is paid."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from babel.dates import get_month_names
from nicegui import ui

from domain.basics.company_numbers import iban_grouped, siret_grouped
from domain.ledger.entity import Entity
from domain.usecases.configuring import penalty_rate_from, save_entity
from domain.usecases.settings import show_settings
from ui import design, formatting
from ui.components.settings_card import SettingsCards
from ui.components.settings_fields import (
    bic_says,
    iban_says,
    name_says,
    rate_says,
    siret_says,
    text_field,
)
from ui.components.terms_input import terms_input
from ui.session import Session
from ui.translation import _


def identity_card(session: Session, cards: SettingsCards, entity: Entity) -> None:
    """Let the user say who the firm is."""
    with cards.card(
        "identity", _("Identity"), _("Printed at the foot of the letters.")
    ) as card:
        with card.fields():
            name = text_field(
                _("Name of the company"), entity.name, name="name", says=name_says
            )
            form = text_field(_("Legal form"), entity.legal_form, name="legal-form")
            capital = text_field(_("Share capital"), entity.capital, name="capital")
            siret = text_field(
                _("SIRET"), siret_grouped(entity.siret), name="siret", says=siret_says
            )
            vat = text_field(_("VAT number"), entity.vat_number, name="vat")
            rcs = text_field(_("Trade register (RCS)"), entity.rcs, name="rcs")
            month = _month(entity.fiscal_year_start_month)

        async def save() -> None:
            await save_changes(
                session,
                entity,
                lambda kept: replace(
                    kept,
                    name=name.value,
                    legal_form=form.value,
                    capital=capital.value,
                    siret="".join(siret.value.split()),
                    vat_number=vat.value,
                    rcs=rcs.value,
                    fiscal_year_start_month=month.value,
                ),
            )

        card.save_row(save, name="identity")


def address_card(session: Session, cards: SettingsCards, entity: Entity) -> None:
    """Let the user say where the firm is, and how to reach it."""
    with cards.card(
        "address",
        _("Address and contact"),
        _("Printed at the head of the letters."),
    ) as card:
        with card.fields():
            address = ui.textarea(_("Address"), value=entity.address)
            address.props(design.SMALL_TEXTAREA).classes(design.WIDE).mark("address")
            postal_code = text_field(
                _("Postal code"), entity.postal_code, name="postal-code"
            )
            city = text_field(_("City"), entity.city, name="city")
            phone = text_field(_("Phone"), entity.phone, name="phone")
            email = text_field(
                _("E-mail address"),
                entity.email,
                name="email",
                says=lambda text: address_says(session, text),
            )

        async def save() -> None:
            await save_changes(
                session,
                entity,
                lambda kept: replace(
                    kept,
                    address=address.value.strip(),
                    postal_code=postal_code.value.strip(),
                    city=city.value.strip(),
                    phone=phone.value.strip(),
                    email=email.value.strip(),
                ),
            )

        card.save_row(save, name="address")


def payment_card(session: Session, cards: SettingsCards, entity: Entity) -> None:
    """Let the user say where customers pay, when, and what lateness costs them."""
    with cards.card(
        "payment",
        _("Being paid"),
        _("Where customers pay to, when they must, and what lateness costs them."),
    ) as card:
        with card.fields():
            iban = text_field(
                _("IBAN"), iban_grouped(entity.iban), name="iban", says=iban_says
            )
            bic = text_field(_("BIC"), entity.bic, name="bic", says=bic_says)
            terms = _terms(entity, session.today())
            rate = text_field(
                _("Late-payment rate, a year"),
                formatting.rate(entity.penalty_rate) if entity.penalty_rate else "",
                name="rate",
                says=rate_says,
                hint=_("Empty: letters quote the legal rate, ECB plus 10 points."),
            )
            structured = ui.select(
                {
                    False: _("free: customer and invoice numbers"),
                    True: _("structured, with check digits (RF…, ISO 11649)"),
                },
                value=entity.structured_reference,
                label=_("Reference of transfers"),
            )
            structured.props(design.INPUT).mark("transfer-reference")

        async def save() -> None:
            await save_changes(
                session,
                entity,
                lambda kept: replace(
                    kept,
                    iban=iban.value,
                    bic=bic.value.replace(" ", "").upper(),
                    default_terms=terms.value.strip(),
                    penalty_rate=penalty_rate_from(rate.value),
                    structured_reference=structured.value,
                ),
            )

        card.save_row(save, name="payment")


async def save_changes(
    session: Session, entity: Entity, change: Callable[[Entity], Entity]
) -> None:
    """Save one card's fields: the others' are as the books have them."""
    view = await session.run(show_settings, entity.id)
    await session.run(save_entity, change(view.entity))


def address_says(session: Session, text: str) -> str | None:
    """Tell what is odd about an e-mail address."""
    if not text.strip():
        return None
    oddity = session.outside.mail.check_address(text.strip())
    return _(oddity) if oddity else None


def _terms(entity: Entity, today: date) -> ui.input:
    label = _("Payment terms, unless the file or the customer says otherwise")
    return terms_input(label, entity.default_terms, today).mark("terms")


def _month(value: int) -> ui.select:
    names = get_month_names(context="stand-alone", locale="fr")
    drawn = ui.select(
        {number: names[number] for number in range(1, 13)},
        value=value,
        label=_("First month of the fiscal year"),
    )
    return drawn.props(design.INPUT).mark("fiscal-month")
