"""The customers that a file names, describes, or renames."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.basics.identifiers import EntityId, ProfileId, customer_key
from domain.basics.text import folded, squeezed
from domain.customers.customer import Customer
from domain.ledger.entry import SourceLine
from domain.ledger.import_report import (
    PastReminder,
    SourceContact,
    SourceCustomer,
    SourceFile,
)
from domain.ports import Books
from domain.usecases.families import names_kept


def customers_changed(
    books: Books, source: SourceFile, entity_id: EntityId
) -> list[Customer]:
    """Make the customers the file names first, and change those it describes."""
    known = {c.id: c for c in books.customers.all(entity_id)}
    details = {c.customer_code: c.details for c in source.customers if c.details}
    under_kept_names = names_kept(books, entity_id)
    profiles = {p.name.casefold(): p.id for p in books.scenarios.profiles(entity_id)}
    changed = []
    for code, name in _names(source).items():
        customer_id = customer_key(entity_id, code)
        customer = known.get(customer_id) or Customer(
            id=customer_id, entity_id=entity_id, code=code, name=name or code
        )
        more = _known_details(details.get(code, {}), profiles)
        after = under_kept_names(replace(customer, name=name or customer.name, **more))
        if after != known.get(customer_id):
            changed.append(after)
    return changed


def _known_details(
    details: Mapping[str, str], profiles: Mapping[str, ProfileId]
) -> Mapping[str, Any]:
    """Read a profile by its name; one that the firm does not have changes nothing."""
    known: dict[str, Any] = dict(details)
    name = squeezed(known.pop("profile", "")).casefold()
    return known | {"profile_id": profiles[name]} if name in profiles else known


def with_known_codes(
    books: Books, source: SourceFile, entity_id: EntityId
) -> SourceFile:
    """Give rows that only name their customer the code that the books know."""
    rows: list[SourceLine | SourceContact | SourceCustomer] = [
        *source.lines,
        *source.contacts,
        *source.customers,
    ]
    if not any(row.customer_code == row.customer_name for row in rows):
        return source
    by_name: dict[str, list[str]] = {}
    codes = set()
    for customer in books.customers.all(entity_id):
        codes.add(customer.code)
        by_name.setdefault(folded(squeezed(customer.name)), []).append(customer.code)

    def code(row: SourceLine | SourceContact | SourceCustomer) -> str:
        same = by_name.get(folded(row.customer_name), [])
        is_by_name = row.customer_code == row.customer_name
        if is_by_name and row.customer_code not in codes and len(same) == 1:
            return same[0]
        return row.customer_code

    return replace(
        source,
        lines=[replace(x, customer_code=code(x)) for x in source.lines],
        contacts=[replace(x, customer_code=code(x)) for x in source.contacts],
        customers=[replace(x, customer_code=code(x)) for x in source.customers],
    )


def _names(source: SourceFile) -> dict[str, str]:
    names: dict[str, str] = {}
    rows: list[SourceLine | SourceContact | SourceCustomer | PastReminder] = [
        *source.lines,
        *source.customers,
        *source.contacts,
        *source.past_reminders,
    ]
    for row in rows:
        name = squeezed(row.customer_name)
        if name or row.customer_code not in names:
            names[row.customer_code] = name
    return names
