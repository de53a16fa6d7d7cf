"""« Encaissements », « Promesses », « Litiges », « Activités »: read, and acted on."""

from collections.abc import Collection
from datetime import date, datetime

from domain.basics.identifiers import ActivityId, EntityId
from domain.basics.listing import ListPage, ListQuery
from domain.customers.activity_line import SendingLine
from domain.customers.agreement_lines import DisputeLine, PromiseLine
from domain.ledger.receipt import Receipt
from domain.ports import Books
from domain.usecases.agreeing import cancel_promise, close_dispute
from domain.usecases.customer_sheet import ActivityView, show_activity


def receipts_page(
    books: Books, entity_id: EntityId, today: date, query: ListQuery
) -> ListPage[Receipt]:
    """Read one page of « Encaissements »."""
    return books.lists.receipts(entity_id, today, query)


def promises_page(
    books: Books, entity_id: EntityId, today: date, query: ListQuery
) -> ListPage[PromiseLine]:
    """Read one page of « Promesses »."""
    return books.lists.promises(entity_id, today, query)


def disputes_page(
    books: Books, entity_id: EntityId, today: date, query: ListQuery
) -> ListPage[DisputeLine]:
    """Read one page of « Litiges »: those that are open."""
    return books.lists.disputes(entity_id, today, query)


def sendings_page(
    books: Books, entity_id: EntityId, query: ListQuery
) -> ListPage[SendingLine]:
    """Read one page of « Activités »."""
    return books.lists.sendings(entity_id, query)


def salespeople(books: Books, entity_id: EntityId) -> list[str]:
    """List who follows customers, to choose among."""
    names = {customer.salesperson for customer in books.customers.all(entity_id)}
    return sorted(names - {""}, key=str.casefold)


def cancel_promises(
    books: Books,
    entity_id: EntityId,
    promise_ids: Collection[str],
    today: date,
    now: datetime,
) -> int:
    """Cancel promises from their list, all or none; tells how many there were."""
    with books.atomic():
        standing = [
            promise
            for promise in books.agreements.promises(entity_id)
            if promise.id in promise_ids and promise.cancelled_on is None
        ]
        for promise in standing:
            cancel_promise(books, promise, today, now)
    return len(standing)


def close_disputes(
    books: Books,
    entity_id: EntityId,
    dispute_ids: Collection[str],
    today: date,
    now: datetime,
) -> int:
    """Close disputes from their list, all or none; tells how many there were."""
    with books.atomic():
        standing = [
            dispute
            for dispute in books.agreements.disputes(entity_id)
            if dispute.id in dispute_ids and dispute.is_open_on(today)
        ]
        for dispute in standing:
            close_dispute(books, dispute, today, now)
    return len(standing)


def read_activity(books: Books, activity_id: ActivityId) -> ActivityView:
    """Show a message of the list, word for word, with its file."""
    return show_activity(books, books.activities.get(activity_id))
