"""Categories and salespersons: rename them, merge them, or take them away.

Customers bear them as words; files bring them again at each import, so what was
renamed is remembered, and files are read with the new word.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId
from domain.customers.customer import Customer
from domain.ports import Books
from domain.usecases.changing_many import (
    Before,
    CustomerField,
    change_customers,
    restore_customers,
)

FAMILIES = (CustomerField.CATEGORY, CustomerField.SALESPERSON)


class FamilyNameMissingError(DunningError):
    """An empty name would take it away from its customers."""

    message = "Give a name, or remove it instead."


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyLine:
    """A category or a salesperson, and how many customers have it."""

    name: str
    customers: int
    read_as: tuple[str, ...] = ()
    """What files call it, since it was renamed or merged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FamiliesBefore:
    """What to come back to."""

    field: CustomerField
    names: Before
    renamed: str
    """What was remembered of renamings."""


def show_families(
    books: Books, entity_id: EntityId, field: CustomerField
) -> list[FamilyLine]:
    """List the categories or salespersons that customers have, by name."""
    counts = Counter(
        getattr(customer, field) for customer in books.customers.all(entity_id)
    )
    renamed = _renamed(books, entity_id)[field]
    return [
        FamilyLine(
            name=name,
            customers=counts[name],
            read_as=tuple(sorted(old for old, new in renamed.items() if new == name)),
        )
        for name in sorted(counts, key=str.casefold)
        if name
    ]


def rename_family(
    books: Books, entity_id: EntityId, field: CustomerField, name: str, new_name: str
) -> FamiliesBefore:
    """Give a category or salesperson another name, which another may have already.

    Files that bring the old name are read with the new one from then on.
    """
    new_name = new_name.strip()
    if not new_name:
        raise FamilyNameMissingError
    return _replace(books, entity_id, field, name, new_name)


def remove_family(
    books: Books, entity_id: EntityId, field: CustomerField, name: str, instead: str
) -> FamiliesBefore:
    """Take a category or salesperson away; its customers take another, or none."""
    return _replace(books, entity_id, field, name, instead)


def restore_families(books: Books, entity_id: EntityId, before: FamiliesBefore) -> None:
    """Give customers back the names they had, and files their meaning."""
    with books.atomic():
        restore_customers(books, entity_id, before.field, before.names)
        books.settings.set(_setting(entity_id), before.renamed)


def names_kept(books: Books, entity_id: EntityId) -> Callable[[Customer], Customer]:
    """Tell how files are read: under the names that were chosen here."""
    renamed = _renamed(books, entity_id)
    categories = renamed[CustomerField.CATEGORY]
    salespersons = renamed[CustomerField.SALESPERSON]

    def under_kept_names(customer: Customer) -> Customer:
        category = categories.get(customer.category, customer.category)
        salesperson = salespersons.get(customer.salesperson, customer.salesperson)
        if (category, salesperson) == (customer.category, customer.salesperson):
            return customer
        return replace(customer, category=category, salesperson=salesperson)

    return under_kept_names


def _replace(
    books: Books, entity_id: EntityId, field: CustomerField, name: str, new_name: str
) -> FamiliesBefore:
    concerned = [
        customer.id
        for customer in books.customers.all(entity_id)
        if getattr(customer, field) == name
    ]
    kept = books.settings.get(_setting(entity_id), "{}")
    renamed = _renamed(books, entity_id)
    known = renamed[field]
    # What was read as the old name follows it; a name chosen again means itself.
    known = {old: new_name if new == name else new for old, new in known.items()}
    known[name] = new_name
    known.pop(new_name, None)
    renamed[field] = known
    with books.atomic():
        changed = change_customers(books, entity_id, concerned, field, new_name)
        books.settings.set(
            _setting(entity_id), json.dumps({f.value: renamed[f] for f in FAMILIES})
        )
    return FamiliesBefore(field=field, names=changed, renamed=kept)


def _renamed(books: Books, entity_id: EntityId) -> dict[CustomerField, dict[str, str]]:
    kept = json.loads(books.settings.get(_setting(entity_id), "{}"))
    return {field: dict(kept.get(field.value, {})) for field in FAMILIES}


def _setting(entity_id: EntityId) -> str:
    return f"renamed_families/{entity_id}"
