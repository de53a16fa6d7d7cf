"""From the entries of the books to the items that can be reminded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from domain.basics.identifiers import CustomerId, ItemId
from domain.basics.money import Money
from domain.basics.periods import UNDATED
from domain.basics.progress import Count, counted, uncounted
from domain.ledger.allocation import (
    Allocated,
    allocate,
    settled_amounts,
    settlement_dates,
)
from domain.ledger.entry import DueOrigin, LedgerEntry
from domain.ledger.learnt_terms import Habit, learn_habits
from domain.ledger.open_item import ItemState, OpenItem
from domain.ledger.openings import Continued, without_repeats
from domain.ledger.payment_modes import NO_MODE_TERMS, ModeTerms
from domain.ledger.payment_terms import due_from_label, due_on, parse_terms

# A date read in a label further away than this is something else than a due date.
_LONGEST_TERM = timedelta(days=400)
NO_DUES: Mapping[ItemId, date] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedItems:
    """Items that follow from entries, with the allocations they rest on."""

    items: list[OpenItem]
    allocated: Allocated
    continued: Continued
    """The entries they rest on: opening lines that repeat others are left out."""


def derive_items(
    entries: Iterable[LedgerEntry],
    customer_terms: Mapping[CustomerId, str],
    default_terms: str,
    *,
    match_payments: bool,
    by_mode: ModeTerms = NO_MODE_TERMS,
    invoice_dues: Mapping[ItemId, date] = NO_DUES,
    each: Count = uncounted,
) -> DerivedItems:
    """Work out what is left of each entry and when it is due.

    ``invoice_dues`` are the due dates that the invoices' PDFs give. ``each`` counts
    every entry twice: allocated, then made an item.
    """
    continued = without_repeats(entries)
    entries = continued.entries
    allocated = allocate(entries, match_payments=match_payments, each=each)
    habits = learn_habits(entries, allocated)
    settled = settled_amounts(allocated.allocations)
    settled_on = settlement_dates(allocated.allocations, entries)
    items = []
    for entry in counted(entries, lambda done: each(len(entries) + done)):
        terms = customer_terms.get(entry.customer_id, "")
        habit = habits.get(entry.customer_id)
        due, origin = due_date(
            entry,
            terms,
            default_terms,
            habit,
            mode_terms=by_mode.of(entry),
            invoice_due=invoice_dues.get(entry.id),
        )
        amount = entry.amount
        sign = -1 if amount.cents < 0 else 1
        paid = sign * settled.get(entry.id, 0)
        is_settled = bool(entry.gone_on) or paid == amount.cents
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
                due_rests_on=(
                    habit.rests_on if habit and origin is DueOrigin.ESTIMATED else 0
                ),
                invoiced=amount,
                settled=amount if is_settled else Money(paid, amount.currency),
                state=ItemState.SETTLED if is_settled else ItemState.OPEN,
                settled_on=_settled_on(entry, settled_on) if is_settled else None,
                payment_mode=entry.payment_mode,
                attachment=entry.attachment,
            )
        )
    return DerivedItems(items=items, allocated=allocated, continued=continued)


def _settled_on(entry: LedgerEntry, settled_on: Mapping[ItemId, date]) -> date | None:
    return entry.gone_on or settled_on.get(entry.id) or entry.entry_on


def due_date(
    entry: LedgerEntry,
    customer_terms: str,
    default_terms: str,
    habit: Habit | None = None,
    *,
    mode_terms: str = "",
    invoice_due: date | None = None,
) -> tuple[date | None, DueOrigin]:
    """Find an entry's due date in the best place that gives one, and say which.

    A habit only ever puts the firm's default terms off: who usually pays after 60
    days is not chased after 30, who pays early owes nothing earlier.
    """
    if entry.file_due_on and entry.cents >= 0:
        return entry.file_due_on, DueOrigin.FILE
    if entry.cents < 0 or entry.invoice_on == UNDATED:
        return _own_date(entry)
    if written := _written(entry, invoice_due):
        return written
    for terms, origin in (
        (customer_terms, DueOrigin.TERMS),
        (mode_terms, DueOrigin.MODE_TERMS),
    ):
        agreed = parse_terms(terms)
        if agreed:
            return due_on(agreed, entry.invoice_on), origin
    default = parse_terms(default_terms)
    by_default = due_on(default, entry.invoice_on) if default else None
    usual = entry.invoice_on + timedelta(days=habit.days) if habit else None
    if usual and (by_default is None or usual > by_default):
        return usual, DueOrigin.ESTIMATED
    return by_default, DueOrigin.DEFAULT if by_default else DueOrigin.NONE


def _written(
    entry: LedgerEntry, invoice_due: date | None
) -> tuple[date, DueOrigin] | None:
    """Find what the label says, else the invoice; nothing the books say is changed."""
    for due, origin in (
        (due_from_label(entry.label), DueOrigin.LABEL),
        (invoice_due, DueOrigin.INVOICE),
    ):
        if due and entry.invoice_on <= due <= entry.invoice_on + _LONGEST_TERM:
            return due, origin
    return None


def _own_date(entry: LedgerEntry) -> tuple[date | None, DueOrigin]:
    """Give a credit's own date; an entry without any date has none."""
    if entry.invoice_on == UNDATED:
        return None, DueOrigin.NONE
    return entry.invoice_on, DueOrigin.OWN_DATE
