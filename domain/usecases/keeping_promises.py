"""Which promises were kept, read from the payments in the books."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from domain.basics.identifiers import CustomerId
from domain.basics.money import Money
from domain.customers.agreements import Promise
from domain.customers.keeping import paid_on
from domain.ports import Books


def paid_on_promises(books: Books, promises: Iterable[Promise]) -> Mapping[str, Money]:
    """Tell how much of each promise was paid since it was made.

    ``promises`` are all those of the customers concerned: a payment counts once.
    """
    by_customer: dict[CustomerId, list[Promise]] = defaultdict(list)
    for promise in promises:
        by_customer[promise.customer_id].append(promise)
    paid: dict[str, Money] = {}
    for customer_id, made in by_customer.items():
        items = books.ledger.items_of(customer_id)
        paid |= paid_on(made, items, books.ledger.allocations_of(customer_id))
    return paid


def kept_promises(
    books: Books, promises: Iterable[Promise], today: date
) -> frozenset[str]:
    """Find the promises whose day is past and whose amount was paid."""
    promises = list(promises)
    past = {
        promise.customer_id
        for promise in promises
        if not promise.is_to_come(today) and promise.cancelled_on is None
    }
    looked_at = [promise for promise in promises if promise.customer_id in past]
    paid = paid_on_promises(books, looked_at)
    return frozenset(
        promise.id
        for promise in looked_at
        if promise.id in paid and paid[promise.id] >= promise.amount
    )
