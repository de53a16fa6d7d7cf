"""Keep what imports change of customers and contacts, and take it back."""

from dataclasses import dataclass, replace

from domain.basics.identifiers import EntityId, ImportId
from domain.customers.customer import Contact, Customer
from domain.customers.people_changes import PeopleChanges, changes_of, restored
from domain.ports import Books


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A firm's customers and contacts at some moment."""

    customers: list[Customer]
    contacts: list[Contact]


def known_people(books: Books, entity_id: EntityId) -> People:
    """Read a firm's customers and contacts."""
    return People(
        customers=books.customers.all(entity_id),
        contacts=books.customers.contacts(entity_id),
    )


def changed_since(books: Books, entity_id: EntityId, before: People) -> PeopleChanges:
    """Compare the firm's customers and contacts with what they were."""
    now = known_people(books, entity_id)
    return PeopleChanges(
        customers=changes_of(before.customers, now.customers),
        contacts=changes_of(before.contacts, now.contacts),
    )


def restore_people(books: Books, entity_id: EntityId, import_id: ImportId) -> None:
    """Put customers and contacts back as an import found them; in a transaction.

    What a person changed since stays. The customers that the import brought go by
    ``remove_brought_customers``, once nothing of it names them.
    """
    changes = books.imports.people_changes(import_id)
    now = known_people(books, entity_id)
    customers = restored(changes.customers, now.customers)
    contacts = restored(changes.contacts, now.contacts)
    profiles = {p.id for p in books.scenarios.profiles(entity_id)}
    books.customers.save_many(
        # A profile that was deleted since does not come back with them.
        c if c.profile_id in profiles else replace(c, profile_id=None)
        for c in customers.values()
        if c
    )
    books.customers.save_contacts(c for c in contacts.values() if c)
    books.customers.remove_contacts([key for key, c in contacts.items() if c is None])


def remove_brought_customers(
    books: Books, entity_id: EntityId, import_id: ImportId
) -> None:
    """Remove the customers that an import brought and nobody used since."""
    changes = books.imports.people_changes(import_id).customers
    brought = restored(changes, books.customers.all(entity_id))
    books.customers.remove_unused([key for key, c in brought.items() if c is None])
