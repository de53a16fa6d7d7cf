"""Correct what is known of a customer: its address, its terms, its contacts."""

from collections.abc import Iterable
from dataclasses import replace

from domain.basics.errors import DunningError
from domain.basics.identifiers import ContactId, EntityId, new_id
from domain.customers.customer import Contact, Customer
from domain.ledger.payment_terms import parse_terms
from domain.ports import Books
from domain.usecases.importing import is_kept_from_lists, refresh_items


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


def accept_address(books: Books, contact: Contact) -> None:
    """Trust an odd address from now on, against the checker's advice.

    The address itself: several customers may share one.
    """
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


def new_contact(customer: Customer) -> Contact:
    """Make an empty contact who receives reminders."""
    return Contact(
        id=ContactId(new_id()),
        entity_id=customer.entity_id,
        customer_id=customer.id,
        is_dunning=True,
    )
