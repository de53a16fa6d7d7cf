"""Whether promises were kept: what was paid since each was made.

A promise is kept by the payment of what it promised, even where the invoice is not
paid in full: several promises make instalments. It is kept too once what it was about
is settled, however that came. An invoice that vanished from the ledger is neither.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.basics.identifiers import CustomerId, ItemId
from domain.basics.money import Money
from domain.customers.agreement_lines import PromiseState
from domain.customers.agreements import Promise
from domain.ledger.allocation import Allocation
from domain.ledger.open_item import ItemState, OpenItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of a promise, and what came of its amount."""

    state: PromiseState
    received: Money


def fates(
    promises: Iterable[Promise],
    items: Iterable[OpenItem],
    allocations: Iterable[Allocation],
    today: date,
) -> dict[str, Fate]:
    """Tell what became of one customer's promises, by promise.

    ``items`` are at least those open, those promised, and since the first promise the
    payments made and what was settled; ``allocations`` those of the items promised.
    """
    promises, items = list(promises), list(items)
    paid = paid_on(promises, items, allocations)
    return {
        promise.id: _fate(promise, paid.get(promise.id), items, today)
        for promise in promises
    }


def fates_by_customer(
    promises: Iterable[Promise],
    items: Iterable[OpenItem],
    allocations: Iterable[Allocation],
    today: date,
) -> dict[str, Fate]:
    """Tell what became of the promises of many customers, each by its own items."""
    made: dict[CustomerId, list[Promise]] = defaultdict(list)
    for promise in promises:
        made[promise.customer_id].append(promise)
    theirs: dict[CustomerId, list[OpenItem]] = defaultdict(list)
    for item in items:
        theirs[item.customer_id].append(item)
    settling: dict[ItemId, list[Allocation]] = defaultdict(list)
    for allocation in allocations:
        settling[allocation.debit_id].append(allocation)
    found: dict[str, Fate] = {}
    for customer_id, promised in made.items():
        about = {promise.item_id for promise in promised if promise.item_id}
        paid = [one for item_id in about for one in settling[item_id]]
        found |= fates(promised, theirs[customer_id], paid, today)
    return found


def _fate(
    promise: Promise, paid: Money | None, items: list[OpenItem], today: date
) -> Fate:
    if paid is None:
        nothing = Money(0, promise.amount.currency)
        return Fate(state=PromiseState.CANCELLED, received=nothing)
    settled = _settled(promise, [item for item in items if _is_about(promise, item)])
    if settled:
        received = min(promise.amount, max(paid, settled))
        return Fate(state=PromiseState.KEPT, received=received)
    if paid >= promise.amount:
        return Fate(state=PromiseState.KEPT, received=paid)
    if promise.is_to_come(today):
        return Fate(state=PromiseState.TO_COME, received=paid)
    state = PromiseState.PARTLY_KEPT if paid else PromiseState.BROKEN
    return Fate(state=state, received=paid)


def _settled(promise: Promise, about: list[OpenItem]) -> Money:
    """Tell what was settled since it was made; nothing while some is still open.

    What is no longer in the ledger was not settled: nobody knows what became of it.
    """
    if any(item.state is ItemState.OPEN for item in about):
        return Money(0, promise.amount.currency)
    return Money.total(
        (
            item.invoiced
            for item in about
            if promise.item_id
            or (item.settled_on is not None and item.settled_on >= promise.made_on)
        ),
        promise.amount.currency,
    )


def _is_about(promise: Promise, item: OpenItem) -> bool:
    """Whether an item is what was promised; a whole account has no later invoices."""
    if promise.item_id is not None:
        return promise.item_id == item.id
    same_currency = item.currency == promise.amount.currency
    return same_currency and not item.is_credit and item.invoice_on <= promise.made_on


def paid_on(
    promises: Iterable[Promise],
    items: Iterable[OpenItem],
    allocations: Iterable[Allocation],
) -> Mapping[str, Money]:
    """Share one customer's payments among its promises, by promise.

    Each payment counts once, for the promise of the earliest day first; a promise on
    an item counts what was paid of that item only.
    """
    received = (item for item in items if item.is_credit)
    payments = sorted(received, key=lambda item: (item.invoice_on, item.id))
    whole = {payment.id: -payment.invoiced.cents for payment in payments}
    of_item: dict[ItemId, dict[ItemId, int]] = defaultdict(dict)
    for allocation in allocations:
        cents = allocation.amount.cents
        of_item[allocation.debit_id][allocation.credit_id] = cents
    standing = [promise for promise in promises if promise.cancelled_on is None]
    standing.sort(key=lambda p: (p.item_id is None, p.promised_for, p.made_on, p.id))
    paid = {}
    counted: Counter[tuple[ItemId | None, ItemId]] = Counter()
    for promise in standing:
        shares = of_item[promise.item_id] if promise.item_id else whole
        missing = promise.amount.cents
        for payment in payments:
            if missing and payment.id in shares and _counts(payment, promise):
                share = shares[payment.id] - counted[promise.item_id, payment.id]
                free = whole[payment.id] - counted[None, payment.id]
                taken = max(0, min(missing, share, free))
                missing -= taken
                counted[None, payment.id] += taken
                if promise.item_id:
                    counted[promise.item_id, payment.id] += taken
        paid[promise.id] = promise.amount - Money(missing, promise.amount.currency)
    return paid


def _counts(payment: OpenItem, promise: Promise) -> bool:
    same_currency = payment.currency == promise.amount.currency
    return same_currency and payment.invoice_on >= promise.made_on
