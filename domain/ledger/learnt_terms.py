"""When a customer usually pays, learnt from its own lettered history."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median_low

from domain.basics.identifiers import CustomerId, ItemId
from domain.ledger.allocation import Allocated, AllocationHow, settled_amounts
from domain.ledger.entry import LedgerEntry

_FEWEST_PAYMENTS = 3
_USUAL_TERMS = (30, 45, 60)
_NEAR = 4
"""A habit this many days away from usual terms is those terms."""
_STEP = 5
# The longest terms that may be agreed on (Code de commerce, art. L441-10): who pays
# later has a habit of being late, which gives no right.
_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How long after its invoices a customer pays."""

    days: int
    rests_on: int
    """Number of settled invoices it is learnt from."""


def learn_habits(
    entries: Iterable[LedgerEntry], allocated: Allocated
) -> Mapping[CustomerId, Habit]:
    """Learn the usual delay of customers with enough lettered payments."""
    by_id = {e.id: e for e in entries}
    delays: dict[CustomerId, list[int]] = defaultdict(list)
    for debit, credit in _closed(by_id, allocated):
        delay = (credit.entry_on - debit.invoice_on).days
        if delay >= 0 and not _is_credit_note(credit, debit):
            delays[debit.customer_id].append(delay)
    habits = {
        customer_id: Habit(days=_rounded(median_low(known)), rests_on=len(known))
        for customer_id, known in delays.items()
        if len(known) >= _FEWEST_PAYMENTS
    }
    return {key: habit for key, habit in habits.items() if habit.days <= _LONGEST}


def _closed(
    by_id: Mapping[ItemId, LedgerEntry], allocated: Allocated
) -> list[tuple[LedgerEntry, LedgerEntry]]:
    """List settled invoices, each with the entry that closed it."""
    lettered = [
        a
        for a in allocated.allocations
        if a.how is AllocationHow.LETTERING
        # What opens a year may have lost the date of its document.
        and not (by_id[a.debit_id].opens_on or by_id[a.credit_id].opens_on)
    ]
    settled = settled_amounts(lettered)
    closing: dict[ItemId, LedgerEntry] = {}
    for allocation in lettered:
        credit = by_id[allocation.credit_id]
        last = closing.setdefault(allocation.debit_id, credit)
        if credit.entry_on > last.entry_on:
            closing[allocation.debit_id] = credit
    return [
        (by_id[debit_id], credit)
        for debit_id, credit in closing.items()
        if settled[debit_id] == by_id[debit_id].cents
    ]


def _is_credit_note(credit: LedgerEntry, invoice: LedgerEntry) -> bool:
    """Credit notes are booked in the journal of the invoices they cancel."""
    return bool(credit.journal) and credit.journal == invoice.journal


def _rounded(days: int) -> int:
    """Take usual terms, or else five days: an estimate must not move at each import."""
    for usual in _USUAL_TERMS:
        if abs(days - usual) <= _NEAR:
            return usual
    return _STEP * round(days / _STEP)
