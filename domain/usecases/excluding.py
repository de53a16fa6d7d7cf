"""« À exclure des relances »: items that are never to be reminded."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.basics.identifiers import CustomerId, ItemId
from domain.customers.activity import ActivityKind
from domain.ports import Books
from domain.usecases.tracing import items_of, trace


def set_excluded(
    books: Books,
    customer_id: CustomerId,
    item_ids: Sequence[ItemId],
    today: date,
    now: datetime,
    *,
    excluded: bool,
) -> tuple[ItemId, ...]:
    """Leave items out of dunning for good, or take them in again.

    Returns those that changed.
    """
    customer = books.customers.get(customer_id)
    before = books.ledger.excluded(customer.entity_id)
    changed = tuple(
        item.id
        for item in items_of(books, customer_id, item_ids)
        if (item.id in before) is not excluded
    )
    if not changed:
        return ()
    kind = ActivityKind.EXCLUDED if excluded else ActivityKind.INCLUDED
    with books.atomic():
        for item_id in changed:
            books.ledger.set_excluded(item_id, excluded=excluded)
        trace(books, customer, kind, "", today, now, item_ids=changed)
    return changed
