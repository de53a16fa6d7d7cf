"""Find the PDFs of invoices among those of the firm's folder."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from domain.basics.identifiers import CustomerId, EntityId, ItemId
from domain.basics.money import Money
from domain.customers.customer import Customer
from domain.ledger.entry import LedgerEntry
from domain.ledger.invoice_file import InvoiceFile
from domain.ledger.invoice_matching import (
    Billed,
    Buyer,
    InvoiceDoubt,
    InvoiceFinder,
    InvoiceMatch,
    billed_entry,
    billed_item,
    keys_wanted,
)
from domain.ledger.open_item import OpenItem
from domain.ports import Books


def invoice_matches(
    books: Books, entity_id: EntityId, items: Collection[OpenItem]
) -> dict[ItemId, InvoiceMatch]:
    """Find the PDF of each item that has one."""
    buyers = _Buyers(books)
    billed = [billed_item(item, buyers.of(item.customer_id)) for item in items]
    keys = {key for one in billed for key in keys_wanted(one)}
    files = books.invoice_files.with_keys(entity_id, keys) if keys else []
    found = find_all(InvoiceFinder(files), billed)
    # An instalment differs from its invoice: then all of them together count.
    unsure = [
        one
        for one in billed
        if one.id in found and InvoiceDoubt.AMOUNT in found[one.id].doubts
    ]
    for one in unsure:
        whole = Money.total(
            item.invoiced
            for item in books.ledger.items_of(one.customer_id)
            if item.reference == one.reference and not item.is_credit
        )
        in_parts = replace(one, amounts=(*one.amounts, whole))
        found |= find_all(InvoiceFinder(files), [in_parts])
    return found


def invoice_dues(
    books: Books,
    entity_id: EntityId,
    entries: Iterable[LedgerEntry],
    customers: Iterable[Customer],
) -> Mapping[ItemId, date]:
    """Read in the PDFs that are surely theirs when entries are due."""
    files = books.invoice_files.all(entity_id)
    if not any(file.due_on for file in files):
        return {}
    buyers = {c.id: Buyer(name=c.name, siren=c.siren) for c in customers}
    billed = _with_instalments(
        billed_entry(entry, buyers.get(entry.customer_id, Buyer()))
        for entry in entries
        if entry.amount.cents > 0 and entry.opens_on is None
    )
    found = find_all(InvoiceFinder(files), billed)
    return {
        item_id: match.file.due_on
        for item_id, match in found.items()
        if match.is_sure and match.file.due_on
    }


def matched_files(
    books: Books, entity_id: EntityId, files: Iterable[InvoiceFile]
) -> dict[str, tuple[OpenItem, InvoiceMatch]]:
    """Find whose invoice each file is, among all the items of the firm."""
    customers = books.customers.all(entity_id)
    buyers = {c.id: Buyer(name=c.name, siren=c.siren) for c in customers}
    items = {item.id: item for item in books.ledger.items(entity_id)}
    billed = _with_instalments(
        billed_item(item, buyers[item.customer_id])
        for item in items.values()
        if item.invoiced
    )
    found: dict[str, tuple[OpenItem, InvoiceMatch]] = {}
    for item_id, match in find_all(InvoiceFinder(files), billed).items():
        known = found.get(match.file.name)
        if known is None or (match.is_sure and not known[1].is_sure):
            found[match.file.name] = (items[item_id], match)
    return found


def find_all(
    finder: InvoiceFinder, billed: Iterable[Billed]
) -> dict[ItemId, InvoiceMatch]:
    """Find the PDFs of several invoices."""
    matches = ((one.id, finder.find(one)) for one in billed)
    return {item_id: match for item_id, match in matches if match}


def _with_instalments(billed: Iterable[Billed]) -> list[Billed]:
    """Let each instalment know what its invoice comes to."""
    groups: dict[tuple[CustomerId, str, str], list[Billed]] = defaultdict(list)
    for one in billed:
        sign = "credit" if one.is_credit else one.amounts[0].currency
        groups[one.customer_id, one.reference, sign].append(one)
    result = []
    for group in groups.values():
        if len(group) == 1 or group[0].is_credit:
            result += group
            continue
        whole = Money.total(one.amounts[0] for one in group)
        result += [replace(one, amounts=(*one.amounts, whole)) for one in group]
    return result


class _Buyers:
    """Reads each customer once."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._known: dict[CustomerId, Buyer] = {}

    def of(self, customer_id: CustomerId) -> Buyer:
        if customer_id not in self._known:
            customer = self._books.customers.get(customer_id)
            self._known[customer_id] = Buyer(name=customer.name, siren=customer.siren)
        return self._known[customer_id]
