"""« Litige »: a customer contests items, or its whole account."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from domain.basics.identifiers import CustomerId, ItemId, new_id
from domain.customers.activity import ActivityKind
from domain.customers.agreements import Dispute
from domain.ports import Books
from domain.usecases.tracing import each_or_whole, trace


def open_dispute(
    books: Books,
    customer_id: CustomerId,
    reason: str,
    today: date,
    now: datetime,
    item_ids: Sequence[ItemId] = (),
) -> tuple[Dispute, ...]:
    """Note that a customer contests its account, or the items named."""
    customer = books.customers.get(customer_id)
    disputes = tuple(
        Dispute(
            id=new_id(),
            entity_id=customer.entity_id,
            customer_id=customer_id,
            item_id=item_id,
            reason=reason.strip(),
            opened_on=today,
        )
        for item_id in each_or_whole(item_ids)
    )
    _keep(books, disputes, ActivityKind.DISPUTE_OPENED, today, now)
    return disputes


def change_dispute(
    books: Books, dispute: Dispute, reason: str, today: date, now: datetime
) -> None:
    """Correct what is contested."""
    changed = replace(dispute, reason=reason.strip())
    _keep(books, [changed], ActivityKind.DISPUTE_CHANGED, today, now)


def close_dispute(books: Books, dispute: Dispute, today: date, now: datetime) -> None:
    """Note that a customer no longer contests."""
    closed = replace(dispute, closed_on=today)
    _keep(books, [closed], ActivityKind.DISPUTE_CLOSED, today, now)


def reopen_dispute(books: Books, dispute: Dispute, today: date, now: datetime) -> None:
    """Put a dispute back as it was, where it was closed or changed by mistake."""
    _keep(books, [dispute], ActivityKind.DISPUTE_OPENED, today, now)


def _keep(
    books: Books,
    disputes: Sequence[Dispute],
    kind: ActivityKind,
    today: date,
    now: datetime,
) -> None:
    customer = books.customers.get(disputes[0].customer_id)
    with books.atomic():
        for dispute in disputes:
            books.agreements.save_dispute(dispute)
        about = [dispute.item_id for dispute in disputes]
        trace(books, customer, kind, disputes[0].reason, today, now, item_ids=about)
