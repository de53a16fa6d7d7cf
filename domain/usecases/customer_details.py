"""Correct what is known of a customer: profile, address, terms, contacts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from domain.basics.errors import DunningError
from domain.basics.identifiers import (
    ContactId,
    CustomerId,
    EntityId,
    ProfileId,
    new_id,
)
from domain.customers.activity import ActivityKind
from domain.customers.customer import Contact, Customer
from domain.ledger.payment_terms import parse_terms
from domain.ports import Books
from domain.usecases.deriving import is_kept_from_lists, refresh_items
from domain.usecases.tracing import trace

CanBeSentTo = Callable[[str], bool]
"""Whether a mail server would take an address, however odd it looks."""


class AddressUnusableError(DunningError):
    """An address that no mail server takes cannot be trusted either."""

    message = (
        "No mail server would take the address “{address}”: correct it, it cannot be"
        " trusted as it is."
    )


class TermsNotUnderstoodError(DunningError):
    """Terms that cannot be read would silently count for nothing."""

    message = (
        "These payment terms are not understood: {terms}. Write, for example, “30"
        " jours fin de mois”."
    )


def save_customer(books: Books, customer: Customer) -> None:
    """Keep what was typed about a customer; its terms and its mode move due dates."""
    before = books.customers.get(customer.id)
    if before.payment_terms != customer.payment_terms:
        check_terms(customer.payment_terms)
    with books.atomic():
        books.customers.save_many([customer])
        if (before.payment_terms, before.payment_mode) != (
            customer.payment_terms,
            customer.payment_mode,
        ):
            only_open = is_kept_from_lists(books, customer.entity_id)
            refresh_items(books, customer.entity_id, only_open=only_open)


def check_terms(terms: str) -> None:
    """Refuse terms that no due date could be computed from."""
    if terms and parse_terms(terms) is None:
        raise TermsNotUnderstoodError(terms=terms)


def save_contact(books: Books, contact: Contact) -> None:
    """Keep a contact; a new address must be looked at again.

    Reminders go to one person: whoever receives them takes over from the others.
    """
    others = {c.id: c for c in books.customers.contacts_of(contact.customer_id)}
    before = others.pop(contact.id, None)
    if before is None or before.email != contact.email:
        accepted = _is_accepted(books, contact)
        contact = replace(contact, email_accepted=accepted)
    saved = [contact]
    if contact.is_dunning:
        saved += [
            replace(other, is_dunning=False)
            for other in others.values()
            if other.is_dunning
        ]
    with books.atomic():
        books.customers.save_contacts(saved)


def accept_address(books: Books, contact: Contact, can_be_sent_to: CanBeSentTo) -> None:
    """Trust an odd address from now on, against the checker's advice.

    The address itself: several customers may share one.

    Raises:
        AddressUnusableError: no mail server would take it; trusted, it would stop
            every other e-mail prepared with it.
    """
    if not can_be_sent_to(contact.email):
        raise AddressUnusableError(address=contact.email)
    trust_addresses(books, contact.entity_id, [contact.email])


def trust_addresses(
    books: Books, entity_id: EntityId, addresses: Iterable[str]
) -> None:
    """Trust odd addresses, at whatever customer's they are found."""
    trusted = {address.casefold() for address in addresses}
    with books.atomic():
        books.customers.save_contacts(
            replace(known, email_accepted=True)
            for known in books.customers.contacts(entity_id)
            if known.email.casefold() in trusted
        )


def same_address(one: Contact, other: Contact) -> bool:
    """Whether two contacts are written to at one address."""
    return one.email.casefold() == other.email.casefold()


def _is_accepted(books: Books, contact: Contact) -> bool:
    """Whether a person trusted this very address, here or at another customer's."""
    return any(
        known.email_accepted and same_address(known, contact)
        for known in books.customers.contacts(contact.entity_id)
    )


def new_contact(customer: Customer, others: Sequence[Contact] = ()) -> Contact:
    """Make an empty contact, who receives the reminders if nobody does yet."""
    return Contact(
        id=ContactId(new_id()),
        entity_id=customer.entity_id,
        customer_id=customer.id,
        is_dunning=not any(other.is_dunning for other in others),
        is_main=not others,
    )


def remove_contact(books: Books, contact: Contact, today: date) -> None:
    """Take a contact off the sheet; the next file does not bring it back."""
    with books.atomic():
        books.customers.save_contacts([replace(contact, removed_on=today)])


def restore_contact(books: Books, contact: Contact) -> None:
    """Put a contact back as it was, where it was removed by mistake."""
    with books.atomic():
        books.customers.save_contacts([contact])


def follow(books: Books, customer_id: CustomerId, *, followed: bool) -> None:
    """Flag a customer as followed (« suivi »), or no longer."""
    with books.atomic():
        customer = books.customers.get(customer_id)
        books.customers.save_many([replace(customer, is_followed=followed)])


def choose_profile(
    books: Books,
    customer_id: CustomerId,
    profile_id: ProfileId | None,
    today: date,
    now: datetime,
) -> ProfileId | None:
    """Remind a customer as its new profile says; returns the profile before.

    None follows the default profile.
    """
    customer = books.customers.get(customer_id)
    profiles = books.scenarios.profiles(customer.entity_id)
    names: dict[ProfileId | None, str] = {p.id: p.name for p in profiles}
    names[None] = next(p.name for p in profiles if p.is_default)
    before, after = names.get(customer.profile_id, names[None]), names[profile_id]
    if before != after:
        words = f"{before} → {after}"
        with books.atomic():
            books.customers.save_many([replace(customer, profile_id=profile_id)])
            trace(books, customer, ActivityKind.PROFILE_CHANGED, words, today, now)
    return customer.profile_id
