"""The firm as its letters present it: head, foot and signature."""

from datetime import date

from domain.basics import wording
from domain.basics.company_numbers import siret_grouped
from domain.basics.text import squeezed
from domain.dunning import letter_words
from domain.dunning.letter import Sender
from domain.ledger.entity import Entity


def sender(
    entity: Entity,
    language: str,
    logo: bytes | None,
    logo_mime: str,
    *,
    signs: bool,
) -> Sender:
    """Present the firm; it does not sign again where its text already does."""
    address = (*entity.address.splitlines(), f"{entity.postal_code} {entity.city}")
    lines = (squeezed(line) for line in address)
    contact = (squeezed(entity.phone), squeezed(entity.email))
    return Sender(
        name=squeezed(entity.name),
        address_lines=tuple(line for line in lines if line),
        contact_line=" · ".join(part for part in contact if part),
        legal_line=_legal_line(entity, language),
        logo=logo,
        logo_mime=logo_mime,
        email=squeezed(entity.email),
        signatory_name=squeezed(entity.signatory_name or entity.name) if signs else "",
        signatory_role=squeezed(entity.signatory_role) if signs else "",
    )


def _legal_line(entity: Entity, language: str) -> str:
    vat = squeezed(entity.vat_number)
    form = (squeezed(entity.legal_form), _capital(entity.capital, language))
    parts = (
        squeezed(entity.name),
        " ".join(part for part in form if part),
        entity.siret and f"SIRET {siret_grouped(entity.siret)}",
        vat and letter_words.VAT_NUMBER[language].format(number=vat),
        entity.rcs and f"RCS {squeezed(entity.rcs).removeprefix('RCS ')}",
    )
    return " – ".join(part for part in parts if part)


def _capital(typed: str, language: str) -> str:
    capital = squeezed(typed)
    digits = capital.replace(" ", "")
    if digits.isdecimal():
        capital = f"{int(digits):,}\u00a0€".replace(",", "\u202f")
    if not capital or "capital" in capital.casefold():
        return capital
    return letter_words.CAPITAL[language].format(capital=capital)


def place_and_date(city: str, today: date, language: str) -> str:
    """Write where and when: « Lyon, le 21 novembre 2026 »."""
    day = wording.long_day(today, language)
    place = squeezed(city)
    if not place:
        return day
    return letter_words.PLACE_AND_DATE[language].format(place=place, day=day)
