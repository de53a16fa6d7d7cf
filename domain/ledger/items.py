"""From the entries of the books to the items that can be reminded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.basics.identifiers import CustomerId, ItemId
from domain.basics.money import Money
from domain.basics.periods import UNDATED
from domain.ledger.allocation import (
    Allocated,
    allocate,
    settled_amounts,
    settlement_dates,
)
from domain.ledger.entry import DueOrigin, LedgerEntry
from domain.ledger.open_item import ItemState, OpenItem
from domain.ledger.payment_terms import due_from_label, due_on, parse_terms

# A date read in a label further away than this is something else than a due date.
_LONGEST_TERM = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedItems:
    """Items that follow from entries, with the allocations they rest on."""

    items: list[OpenItem]
    allocated: Allocated


def derive_items(
    entries: Iterable[LedgerEntry],
    customer_terms: Mapping[CustomerId, str],
    default_terms: str,
    *,
    match_payments: bool,
) -> DerivedItems:
    """Work out what is left of each entry and when it is due."""
    entries = list(entries)
    allocated = allocate(entries, match_payments=match_payments)
    settled = settled_amounts(allocated.allocations)
    settled_on = settlement_dates(allocated.allocations, entries)
    items = []
    for entry in entries:
        terms = customer_terms.get(entry.customer_id, "")
        due, origin = due_date(entry, terms, default_terms)
        sign = -1 if entry.amount.cents < 0 else 1
        paid = Money(sign * settled.get(entry.id, 0), entry.amount.currency)
        if entry.gone_on:
            paid = entry.amount
        is_settled = paid == entry.amount
        items.append(
            OpenItem(
                id=entry.id,
                entity_id=entry.entity_id,
                customer_id=entry.customer_id,
                reference=entry.piece or entry.label or entry.entry_number,
                label=entry.label,
                invoice_on=entry.invoice_on,
                due_on=due,
                due_origin=origin,
                invoiced=entry.amount,
                settled=paid,
                state=ItemState.SETTLED if is_settled else ItemState.OPEN,
                settled_on=_settled_on(entry, settled_on) if is_settled else None,
                payment_mode=entry.payment_mode,
                attachment=entry.attachment,
            )
        )
    return DerivedItems(items=items, allocated=allocated)


def _settled_on(entry: LedgerEntry, settled_on: Mapping[ItemId, date]) -> date | None:
    return entry.gone_on or settled_on.get(entry.id) or entry.entry_on


def due_date(
    entry: LedgerEntry, customer_terms: str, default_terms: str
) -> tuple[date | None, DueOrigin]:
    """Find an entry's due date in the best place that gives one, and say which."""
    if entry.invoice_on == UNDATED and not entry.file_due_on:
        return None, DueOrigin.NONE
    if entry.amount.cents < 0:
        return entry.invoice_on, DueOrigin.OWN_DATE
    if entry.file_due_on:
        return entry.file_due_on, DueOrigin.FILE
    in_label = due_from_label(entry.label)
    if in_label and entry.invoice_on <= in_label <= entry.invoice_on + _LONGEST_TERM:
        return in_label, DueOrigin.LABEL
    for text, origin in (
        (customer_terms, DueOrigin.TERMS),
        (default_terms, DueOrigin.DEFAULT),
    ):
        terms = parse_terms(text) if text else None
        if terms:
            return due_on(terms, entry.invoice_on), origin
    return None, DueOrigin.NONE
