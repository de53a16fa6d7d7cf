"""The trace that every decision about a customer leaves in its history."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from domain.basics.identifiers import ActivityId, CustomerId, ItemId, new_id
from domain.basics.money import Money
from domain.customers.activity import Activity, ActivityItem, ActivityKind
from domain.customers.customer import Customer
from domain.ledger.open_item import OpenItem
from domain.ports import Books


def trace(
    books: Books,
    customer: Customer,
    kind: ActivityKind,
    words: str,
    today: date,
    now: datetime,
    *,
    amount: Money = Money(0),
    level: int = 0,
    item_ids: Iterable[ItemId | None] = (),
    channel: str = "",
) -> ActivityId:
    """Add a line to a customer's history, with the items it names."""
    activity_id = ActivityId(new_id())
    items = books.ledger.get_items(one for one in item_ids if one)
    books.activities.record(
        Activity(
            id=activity_id,
            entity_id=customer.entity_id,
            customer_id=customer.id,
            kind=kind,
            happened_on=today,
            recorded_at=now,
            subject=words.strip(),
            amount=amount,
            level=level,
            channel=channel,
        ),
        [
            ActivityItem(activity_id=activity_id, item_id=item.id, left=item.left)
            for item in items
        ],
    )
    return activity_id


def each_or_whole(item_ids: Sequence[ItemId]) -> Sequence[ItemId | None]:
    """Name what a decision is about: each of the items, or the whole account."""
    return item_ids or (None,)


def items_of(
    books: Books, customer_id: CustomerId, item_ids: Sequence[ItemId]
) -> list[OpenItem]:
    """Read items of a customer in the order asked, leaving out another's."""
    found = books.ledger.get_items(item_ids)
    return [item for item in found if item.customer_id == customer_id]
