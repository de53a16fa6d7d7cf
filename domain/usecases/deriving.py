"""Work out what is owed from the entries that the books hold."""

from collections.abc import Sequence

from domain.basics.identifiers import EntityId
from domain.basics.progress import Count, uncounted
from domain.customers.customer import Customer
from domain.ledger.entry import LedgerEntry
from domain.ledger.items import DerivedItems, derive_items
from domain.ledger.open_item import OpenItem
from domain.ledger.payment_modes import PaymentMode, mode_terms
from domain.ports import Books
from domain.usecases.matching_invoices import invoice_dues


def derive(
    entries: list[LedgerEntry],
    books: Books,
    entity_id: EntityId,
    more_customers: Sequence[Customer] = (),
    *,
    only_open: bool,
    modes: Sequence[PaymentMode] | None = None,
    each: Count = uncounted,
) -> DerivedItems:
    """Derive items from entries as the firm settled them; nothing is kept.

    ``more_customers`` are not in the books yet; ``modes`` stand for those it has.
    """
    customers = [*books.customers.all(entity_id), *more_customers]
    return derive_items(
        entries,
        {c.id: c.payment_terms for c in customers},
        books.entities.get(entity_id).default_terms,
        match_payments=not only_open and not any(e.lettering for e in entries),
        by_mode=mode_terms(
            books.entities.payment_modes(entity_id) if modes is None else modes,
            {c.id: c.payment_mode for c in customers},
        ),
        invoice_dues=invoice_dues(books, entity_id, entries, customers),
        each=each,
    )


def derivation_basis(books: Books, entity_id: EntityId) -> tuple[object, ...]:
    """Gather all that items follow from, but the entries, which imports change."""
    return (
        [(i.id, i.undone_at) for i in books.imports.all(entity_id)],
        books.entities.get(entity_id),
        books.customers.all(entity_id),
        books.entities.payment_modes(entity_id),
        books.invoice_files.marks(entity_id),
    )


def refresh_items(
    books: Books, entity_id: EntityId, *, only_open: bool
) -> DerivedItems:
    """Derive the open items again from the entries; inside a transaction."""
    derived = derive(
        books.ledger.entries(entity_id), books, entity_id, only_open=only_open
    )
    books.ledger.replace_items(entity_id, derived.items)
    books.ledger.replace_allocations(entity_id, derived.allocated.allocations)
    return derived


def items_with_modes(
    books: Books, entity_id: EntityId, modes: Sequence[PaymentMode]
) -> list[OpenItem]:
    """Work out the items as other payment modes would make them; nothing is kept."""
    entries = books.ledger.entries(entity_id)
    only_open = is_kept_from_lists(books, entity_id)
    return derive(entries, books, entity_id, only_open=only_open, modes=modes).items


def is_kept_from_lists(books: Books, entity_id: EntityId) -> bool:
    """Whether the firm's files only list what is open, some additions aside."""
    return any(
        i.format.lists_what_is_open and i.undone_at is None
        for i in books.imports.all(entity_id)
    )
