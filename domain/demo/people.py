"""The invented customers: who they are, where they live, whom to write to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from stdnum import luhn

from domain.basics.identifiers import ContactId, EntityId, customer_key, digest
from domain.basics.text import folded
from domain.customers.customer import Contact, Customer
from domain.demo.names import (
    AWKWARD_NAME,
    BRITISH_NAME,
    CONTACT_SURNAMES,
    FIRST_NAMES,
    LONG_NAME,
    SALESPEOPLE,
    SITES,
    STREETS,
    TOWN_HALL,
    TOWNS,
)
from domain.demo.situations import Situation, Trait

AUTOMATIC_MODE = "Prélèvement"
_MODES = ("Virement", "Virement", "Virement", "Chèque")
_USUAL_TERMS = (
    *("30 jours",) * 6,
    *("30 jours fin de mois",) * 2,
    "45 jours",
    "45 jours fin de mois",
    "60 jours",
)
# Category, how the name is made, and a stem of their own where they have one.
_NAMED_BY_TRAIT = {
    Trait.PUBLIC: ("Collectivité", TOWN_HALL, "Valdorme"),
    Trait.COUNTER_SALE: ("Comptoir", "Ventes au comptoir", "Comptoir"),
    Trait.LONG_NAME: ("Bâtiment", LONG_NAME, "Groupement"),
    Trait.AWKWARD_NAME: ("Commerce", AWKWARD_NAME, "Œuvre"),
    Trait.BRITISH: ("Export", BRITISH_NAME, "Fernwick"),
    Trait.BELGIAN: ("Export", "Menuiseries {} SRL", ""),
    Trait.INDIVIDUAL: ("Particulier", "{}", ""),
}
_WITHOUT_SIREN = frozenset(
    {
        Trait.PUBLIC,
        Trait.COUNTER_SALE,
        Trait.INDIVIDUAL,
        Trait.BELGIAN,
        Trait.BRITISH,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A customer with its contacts, and the case it was invented to show."""

    customer: Customer
    contacts: tuple[Contact, ...]
    situation: Situation


def invent_people(
    entity_id: EntityId,
    situations: Sequence[Situation],
    stems: Sequence[str],
    trades: Sequence[tuple[str, str]],
    *,
    numbered: bool,
) -> Iterator[Person]:
    """Invent a customer per situation; codes are numbers, or made of names."""
    for rank, (situation, usual) in enumerate(zip(situations, stems, strict=True), 1):
        stem = _own_stem(situation.trait) or usual
        # Seeded apart, so that a change to one leaves the others as they are.
        rng = Random(f"{entity_id}/{stem}")  # noqa: S311 - nothing secret is drawn
        code = f"C{rank}" if numbered else f"411{folded(stem).upper()}"
        customer = replace(
            _customer(entity_id, code, stem, situation, trades, rng),
            is_followed=rank % 9 == 0,
        )
        yield Person(
            customer=customer,
            contacts=tuple(_contacts(customer, stem, situation, rng)),
            situation=situation,
        )


def _own_stem(trait: Trait | None) -> str:
    return _NAMED_BY_TRAIT[trait][-1] if trait in _NAMED_BY_TRAIT else ""


def _customer(
    entity_id: EntityId,
    code: str,
    stem: str,
    situation: Situation,
    trades: Sequence[tuple[str, str]],
    rng: Random,
) -> Customer:
    trait = situation.trait
    category, pattern = rng.choice(trades)
    if trait in _NAMED_BY_TRAIT:
        category, pattern, _ = _NAMED_BY_TRAIT[trait]
    if trait is Trait.INDIVIDUAL:
        title = rng.choice(tuple(FIRST_NAMES))
        pattern = f"{title} {rng.choice(FIRST_NAMES[title])} {{}}"
    customer = Customer(
        id=customer_key(entity_id, code),
        entity_id=entity_id,
        code=code,
        name=pattern.format(stem),
        phone=_fictional_number("01 99 00", rng),
        mobile=_fictional_number("06 39 98", rng) if rng.random() < 1 / 2 else "",
        siren="" if trait in _WITHOUT_SIREN else _siren(rng),
        salesperson=rng.choice(SALESPEOPLE),
        category=category,
        payment_terms=_terms(situation, rng),
        payment_mode=_payment_mode(trait, rng),
        is_public=trait is Trait.PUBLIC,
        is_individual=trait is Trait.INDIVIDUAL,
        is_insolvent=trait is Trait.INSOLVENT,
        is_counter_sale=trait is Trait.COUNTER_SALE,
    )
    return _housed(customer, trait, rng)


def _housed(customer: Customer, trait: Trait | None, rng: Random) -> Customer:
    """Give a customer an address, unless it is the one who has none."""
    street = f"{rng.randint(1, 96)} {rng.choice(STREETS)}"
    site = f"{rng.choice(SITES)}\n" if rng.random() < 1 / 6 else ""
    postal_code, city = rng.choice(TOWNS)
    if trait in (Trait.NO_ADDRESS, Trait.COUNTER_SALE):
        return customer
    housed = replace(
        customer, address=site + street, postal_code=postal_code, city=city
    )
    if trait is Trait.BELGIAN:
        return replace(
            housed, phone="", postal_code="5000", city="Namur", country="Belgique"
        )
    if trait is Trait.BRITISH:
        return replace(
            housed,
            phone="+44 20 7946 0123",  # kept for fiction too (Ofcom)
            address="4 Old Timber Yard",
            postal_code="BS1 4ZZ",
            city="Bristol",
            country="Royaume-Uni",
            language="en",
        )
    return housed


def _contacts(
    customer: Customer, stem: str, situation: Situation, rng: Random
) -> Iterator[Contact]:
    first, last = _person_name(customer, rng)
    email = f"{_plain(first)}.{_plain(last)}@example.com"
    if situation.odd_email:
        email = situation.odd_email.format(first=_plain(first), stem=_plain(stem))
    if customer.is_counter_sale or not situation.has_email:
        email = ""
    person = Contact(
        id=ContactId(digest(customer.id, "contact", "person")),
        entity_id=customer.entity_id,
        customer_id=customer.id,
        first_name=first,
        last_name=last,
        email=email,
        phone=customer.mobile or customer.phone,
        is_dunning=bool(email) and rng.randrange(3) > 0,
    )
    yield person
    has_accountant = rng.randrange(3) == 0 and not customer.is_individual
    if has_accountant and email and not situation.odd_email:
        yield replace(
            person,
            id=ContactId(digest(customer.id, "contact", "billing")),
            first_name="",
            last_name="Service comptabilité",
            email=f"compta.{_plain(stem)}@example.com",
            phone=customer.phone,
            is_dunning=not person.is_dunning,
            is_billing=True,
            is_main=False,
        )


def _person_name(customer: Customer, rng: Random) -> tuple[str, str]:
    if customer.is_individual:
        _title, first, last = customer.name.split()
        return first, last
    title = rng.choice(tuple(FIRST_NAMES))
    return rng.choice(FIRST_NAMES[title]), rng.choice(CONTACT_SURNAMES)


def _terms(situation: Situation, rng: Random) -> str:
    terms = rng.choice(_USUAL_TERMS)
    if situation.trait in (Trait.INDIVIDUAL, Trait.COUNTER_SALE):
        return "À réception"
    if situation.trait is Trait.PUBLIC:
        return "30 jours"
    # A lateness in days can be had to the day only without an end of month.
    return "30 jours" if situation.unpaid and "fin de mois" in terms else terms


def _payment_mode(trait: Trait | None, rng: Random) -> str:
    mode = rng.choice(_MODES)
    if trait is Trait.DIRECT_DEBIT:
        return AUTOMATIC_MODE
    if trait is Trait.COUNTER_SALE:
        return "Carte bancaire"
    by_transfer = (Trait.PUBLIC, Trait.BELGIAN, Trait.BRITISH)
    return "Virement" if trait in by_transfer else mode


def _siren(rng: Random) -> str:
    """Make a SIREN whose key is right; none that was ever given starts with 0."""
    start = f"0{rng.randrange(10**7):07d}"
    return start + str(luhn.calc_check_digit(start))


def _fictional_number(start: str, rng: Random) -> str:
    return f"{start} {rng.randrange(100):02d} {rng.randrange(100):02d}"


def _plain(text: str) -> str:
    return "".join(c for c in folded(text) if c.isalnum())
