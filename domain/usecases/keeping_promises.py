"""What became of promises, read from the payments in the books."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from domain.basics.identifiers import CustomerId
from domain.customers.agreement_lines import PromiseState
from domain.customers.agreements import Promise
from domain.customers.keeping import Fate, fates
from domain.ports import Books


def fates_of(books: Books, promises: Iterable[Promise], today: date) -> dict[str, Fate]:
    """Tell what became of promises: kept, broken, how much came of each.

    ``promises`` are all those of the customers concerned: a payment counts once.
    """
    by_customer: dict[CustomerId, list[Promise]] = defaultdict(list)
    for promise in promises:
        by_customer[promise.customer_id].append(promise)
    found: dict[str, Fate] = {}
    for customer_id, made in by_customer.items():
        items = books.ledger.items_of(customer_id)
        found |= fates(made, items, books.ledger.allocations_of(customer_id), today)
    return found


def kept_promises(
    books: Books, promises: Iterable[Promise], today: date
) -> frozenset[str]:
    """Find the promises that were kept, before their day or after it."""
    return frozenset(
        promise_id
        for promise_id, fate in fates_of(books, promises, today).items()
        if fate.state is PromiseState.KEPT
    )
