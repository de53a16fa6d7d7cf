"""What became of promises, read from the payments in the books."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from domain.basics.identifiers import EntityId
from domain.customers.agreement_lines import PromiseState
from domain.customers.agreements import Promise
from domain.customers.keeping import Fate, fates_by_customer
from domain.ports import Books


def fates_of(books: Books, promises: Iterable[Promise], today: date) -> dict[str, Fate]:
    """Tell what became of promises: kept, broken, how much came of each.

    ``promises`` are all those of the customers concerned: a payment counts once.
    """
    by_firm: dict[EntityId, list[Promise]] = defaultdict(list)
    for promise in promises:
        by_firm[promise.entity_id].append(promise)
    found: dict[str, Fate] = {}
    for entity_id, made in by_firm.items():
        customers = {promise.customer_id for promise in made}
        first = min(promise.made_on for promise in made)
        found |= fates_by_customer(
            made,
            books.ledger.items_since(entity_id, customers, first),
            books.ledger.allocations_to({p.item_id for p in made if p.item_id}),
            today,
        )
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
