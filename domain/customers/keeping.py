"""Whether promises were kept: what was paid since each was made.

A promise is kept by the payment of what it promised, even where the invoice is not
paid in full: several promises make instalments.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from domain.basics.identifiers import ItemId
from domain.basics.money import Money
from domain.customers.agreements import Promise
from domain.ledger.allocation import Allocation
from domain.ledger.open_item import OpenItem


def paid_on(
    promises: Iterable[Promise],
    items: Iterable[OpenItem],
    allocations: Iterable[Allocation],
) -> Mapping[str, Money]:
    """Share one customer's payments among its promises, by promise.

    Each payment counts once, for the promise of the earliest day first; a promise on
    an item counts what was paid of that item only.
    """
    payments = {item.id: item for item in items if item.is_credit}
    whole = {payment_id: -item.invoiced.cents for payment_id, item in payments.items()}
    of_item: dict[ItemId, dict[ItemId, int]] = defaultdict(dict)
    for allocation in allocations:
        if allocation.credit_id in payments:
            cents = allocation.amount.cents
            of_item[allocation.debit_id][allocation.credit_id] = cents
    standing = [promise for promise in promises if promise.cancelled_on is None]
    standing.sort(key=lambda p: (p.item_id is None, p.promised_for, p.made_on, p.id))
    paid = {}
    counted: Counter[tuple[ItemId | None, ItemId]] = Counter()
    for promise in standing:
        shares = of_item[promise.item_id] if promise.item_id else whole
        missing = promise.amount.cents
        for payment_id, cents in shares.items():
            if missing and _counts(payments[payment_id], promise):
                share = cents - counted[promise.item_id, payment_id]
                free = whole[payment_id] - counted[None, payment_id]
                taken = max(0, min(missing, share, free))
                missing -= taken
                counted[None, payment_id] += taken
                if promise.item_id:
                    counted[promise.item_id, payment_id] += taken
        paid[promise.id] = promise.amount - Money(missing, promise.amount.currency)
    return paid


def _counts(payment: OpenItem, promise: Promise) -> bool:
    same_currency = payment.currency == promise.amount.currency
    return same_currency and payment.invoice_on >= promise.made_on
