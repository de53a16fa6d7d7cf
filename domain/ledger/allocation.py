"""Lettrage: which payments and credit notes settle which invoices."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.basics.identifiers import CustomerId, ItemId
from domain.basics.money import Money
from domain.basics.progress import Count, uncounted
from domain.ledger.entry import LedgerEntry


class AllocationHow(StrEnum):
    """What an allocation rests on, most trusted first."""

    LETTERING = "lettering"
    NUMBER = "number"
    AMOUNT = "amount"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """A part of a credit that settles a part of a debit."""

    debit_id: ItemId
    credit_id: ItemId
    amount: Money
    how: AllocationHow


@dataclass(frozen=True, slots=True, kw_only=True)
class UnbalancedLettering:
    """Entries lettered together whose debits and credits differ: not trusted."""

    customer_id: CustomerId
    code: str
    gap: Money
    entry_ids: tuple[ItemId, ...]

    @property
    def is_declared_partial(self) -> bool:
        """Lower-case codes mark partial payments in several packages."""
        return self.code.islower()


@dataclass(frozen=True, slots=True)
class Allocated:
    """All allocations of some entries, and the letterings not trusted."""

    allocations: list[Allocation] = field(default_factory=list)
    unbalanced: list[UnbalancedLettering] = field(default_factory=list)


def allocate(
    entries: Iterable[LedgerEntry], *, match_payments: bool, each: Count = uncounted
) -> Allocated:
    """Settle entries by their lettering; match the rest only where asked.

    Lettering is trusted per customer and code when its debits equal its credits;
    a code used again in another year counts as another lettering. Matching is for
    sources without any lettering: same invoice number, then the exact amount when
    only one fits, then oldest first.
    """
    result = Allocated()
    by_customer: dict[tuple[CustomerId, str], list[LedgerEntry]] = defaultdict(list)
    for entry in entries:
        if entry.gone_on is None:
            key = (entry.customer_id, entry.currency)
            by_customer[key].append(entry)
    done = 0
    for account in by_customer.values():
        each(done := done + len(account))
        account.sort(key=lambda e: (e.invoice_on, e.entry_on, e.id))
        if match_payments:
            _match(account, result)
        else:
            _trust_lettering(account, result)
    return result


def _trust_lettering(account: list[LedgerEntry], result: Allocated) -> None:
    by_code: dict[str, list[LedgerEntry]] = defaultdict(list)
    for entry in account:
        if entry.lettering:
            by_code[entry.lettering].append(entry)
    for code, group in by_code.items():
        if not _gap(group):
            _settle_in_order(group, result)
            continue
        for year_group in _by_year(group):
            gap = _gap(year_group)
            if not gap:
                _settle_in_order(year_group, result)
                continue
            result.unbalanced.append(
                UnbalancedLettering(
                    customer_id=group[0].customer_id,
                    code=code,
                    gap=gap,
                    entry_ids=tuple(e.id for e in year_group),
                )
            )


def _by_year(group: list[LedgerEntry]) -> list[list[LedgerEntry]]:
    """Part a code used in several years; undated letterings stay together."""
    years: dict[int, list[LedgerEntry]] = defaultdict(list)
    for entry in group:
        if entry.lettered_on is None:
            return [group]
        years[entry.lettered_on.year].append(entry)
    return list(years.values())


def _gap(group: Sequence[LedgerEntry]) -> Money:
    return Money(sum(e.cents for e in group), group[0].currency)


class _Purse:
    """What is left of each entry while it is being allocated."""

    def __init__(self, account: list[LedgerEntry]) -> None:
        self.left = {e.id: abs(e.cents) for e in account}
        self.debits = [e for e in account if e.cents > 0]
        self.credits = [e for e in account if e.cents < 0]

    def settle(
        self,
        debit: LedgerEntry,
        credit: LedgerEntry,
        how: AllocationHow,
        result: Allocated,
    ) -> None:
        cents = min(self.left[debit.id], self.left[credit.id])
        if cents:
            whole = debit.amount
            self.left[debit.id] -= cents
            self.left[credit.id] -= cents
            result.allocations.append(
                Allocation(
                    debit_id=debit.id,
                    credit_id=credit.id,
                    # One amount serves both, in a ledger of a million lines.
                    amount=whole
                    if whole.cents == cents
                    else Money(cents, whole.currency),
                    how=how,
                )
            )


def _settle_in_order(group: list[LedgerEntry], result: Allocated) -> None:
    purse = _Purse(group)
    _oldest_first(purse, AllocationHow.LETTERING, result)


def _oldest_first(purse: _Purse, how: AllocationHow, result: Allocated) -> None:
    debits = iter(purse.debits)
    debit = next(debits, None)
    for credit in purse.credits:
        while debit and purse.left[credit.id]:
            purse.settle(debit, credit, how, result)
            if not purse.left[debit.id]:
                debit = next(debits, None)


def _match(account: list[LedgerEntry], result: Allocated) -> None:
    purse = _Purse(account)
    _same_number(purse, result)
    _same_amount(purse, result)
    _oldest_first(purse, AllocationHow.OLDEST, result)


def _same_number(purse: _Purse, result: Allocated) -> None:
    by_number: dict[str, list[LedgerEntry]] = defaultdict(list)
    for debit in purse.debits:
        by_number[_number(debit)].append(debit)
    for credit in purse.credits:
        for number in _numbers_named(credit):
            for debit in by_number.get(number, ()):
                purse.settle(debit, credit, AllocationHow.NUMBER, result)


def _same_amount(purse: _Purse, result: Allocated) -> None:
    by_amount: dict[int, list[LedgerEntry]] = defaultdict(list)
    for debit in purse.debits:
        by_amount[purse.left[debit.id]].append(debit)
    for credit in purse.credits:
        fitting = [
            debit
            for debit in by_amount.get(purse.left[credit.id], ())
            if purse.left[debit.id]
        ]
        if len(fitting) == 1:
            purse.settle(fitting[0], credit, AllocationHow.AMOUNT, result)


# Shorter references (« 12 », « A1 ») turn up in labels by chance.
_SHORTEST_NUMBER = 4


def _number(entry: LedgerEntry) -> str:
    return entry.piece.strip().casefold()


def _numbers_named(credit: LedgerEntry) -> list[str]:
    """List the invoices a credit may name: its own piece, then words of its label."""
    words = [word.strip(".,;:") for word in credit.label.casefold().split()]
    numbers = [
        word
        for word in words
        if len(word) >= _SHORTEST_NUMBER and any(char.isdigit() for char in word)
    ]
    return [number for number in dict.fromkeys([_number(credit), *numbers]) if number]


def settled_amounts(allocations: Iterable[Allocation]) -> dict[ItemId, int]:
    """Add up, per entry, the cents allocated to it or from it."""
    settled: dict[ItemId, int] = {}
    for allocation in allocations:
        cents = allocation.amount.cents
        for item_id in (allocation.debit_id, allocation.credit_id):
            before = settled.get(item_id)
            settled[item_id] = cents if before is None else before + cents
    return settled


def settlement_dates(
    allocations: Iterable[Allocation], entries: Iterable[LedgerEntry]
) -> dict[ItemId, date]:
    """Find, per entry, the date of the last entry that settled it."""
    entry_on = {e.id: e.entry_on for e in entries}
    dates: dict[ItemId, date] = {}
    for allocation in allocations:
        pair = (allocation.debit_id, allocation.credit_id)
        for item_id, other_id in (pair, pair[::-1]):
            on = max(entry_on[other_id], dates.get(item_id, date.min))
            dates[item_id] = max(on, entry_on[item_id])
    return dates
