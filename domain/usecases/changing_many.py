"""Change several customers or items at once, and take it back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from domain.basics.identifiers import CustomerId, EntityId, ItemId
from domain.customers.agreements import Dispute, Hold, Promise
from domain.customers.customer import Customer
from domain.ports import Books
from domain.usecases.agreeing import (
    cancel_promise,
    close_dispute,
    lift_hold,
    open_dispute,
    place_hold,
    record_promise,
)

Before = Mapping[CustomerId, str | bool | None]
"""What customers had before a change."""


class CustomerField(StrEnum):
    """What can be given to several customers at once."""

    PROFILE = "profile_id"
    SALESPERSON = "salesperson"
    CATEGORY = "category"
    FOLLOWED = "is_followed"


def change_customers(
    books: Books,
    entity_id: EntityId,
    changed: Collection[CustomerId],
    field: CustomerField,
    value: str | bool | None,
) -> Before:
    """Give customers a profile, a salesperson or the flag; tell what differed."""
    before = {
        customer.id: getattr(customer, field)
        for customer in _chosen(books, entity_id, changed)
        if getattr(customer, field) != value
    }
    restore_customers(books, entity_id, field, dict.fromkeys(before, value))
    return before


def restore_customers(
    books: Books, entity_id: EntityId, field: CustomerField, before: Before
) -> None:
    """Give customers back what they had."""
    with books.atomic():
        books.customers.save_many(
            _with(customer, field, before[customer.id])
            for customer in _chosen(books, entity_id, before)
        )


def stop_customers(
    books: Books,
    entity_id: EntityId,
    stopped: Collection[CustomerId],
    reason: str,
    ends_on: date | None,
    today: date,
    now: datetime,
) -> list[Hold]:
    """Stop dunning of customers, those already stopped apart."""
    already = {
        hold.customer_id
        for hold in books.agreements.holds(entity_id)
        if hold.item_id is None and hold.holds_on(today)
    }
    with books.atomic():
        return [
            hold
            for customer_id in stopped
            if customer_id not in already
            for hold in place_hold(books, customer_id, reason, ends_on, today, now)
        ]


def lift_holds(books: Books, holds: Sequence[Hold], today: date, now: datetime) -> None:
    """Let dunning go on."""
    with books.atomic():
        for hold in holds:
            lift_hold(books, hold, today, now)


def stop_items(
    books: Books,
    ids: Collection[ItemId],
    reason: str,
    ends_on: date | None,
    today: date,
    now: datetime,
) -> list[Hold]:
    """Stop dunning of items, those already stopped apart."""
    items = books.ledger.get_items(ids)
    already = {
        hold.item_id
        for entity_id in {item.entity_id for item in items}
        for hold in books.agreements.holds(entity_id)
        if hold.holds_on(today)
    }
    with books.atomic():
        return [
            hold
            for i in items
            if i.id not in already
            for hold in place_hold(
                books, i.customer_id, reason, ends_on, today, now, item_ids=[i.id]
            )
        ]


def dispute_items(
    books: Books, ids: Collection[ItemId], reason: str, today: date, now: datetime
) -> list[Dispute]:
    """Note that items are contested, those that already are apart."""
    items = books.ledger.get_items(ids)
    already = {
        dispute.item_id
        for entity_id in {item.entity_id for item in items}
        for dispute in books.agreements.disputes(entity_id)
        if dispute.is_open_on(today)
    }
    with books.atomic():
        return [
            dispute
            for i in items
            if i.id not in already
            for dispute in open_dispute(
                books, i.customer_id, reason, today, now, item_ids=[i.id]
            )
        ]


def close_disputes(
    books: Books, disputes: Sequence[Dispute], today: date, now: datetime
) -> None:
    """Note that items are no longer contested."""
    with books.atomic():
        for dispute in disputes:
            close_dispute(books, dispute, today, now)


def promise_items(
    books: Books,
    ids: Collection[ItemId],
    promised_for: date,
    today: date,
    now: datetime,
) -> list[Promise]:
    """Note that what is left of each invoice is promised for a day."""
    with books.atomic():
        return [
            promise
            for item in books.ledger.get_items(ids)
            if item.left.cents > 0
            for promise in record_promise(
                books,
                item.customer_id,
                item.left,
                promised_for,
                today,
                now,
                item_ids=[item.id],
            )
        ]


def cancel_promises(
    books: Books, promises: Sequence[Promise], today: date, now: datetime
) -> None:
    """Forget promises."""
    with books.atomic():
        for promise in promises:
            cancel_promise(books, promise, today, now)


def _with(customer: Customer, field: CustomerField, value: Any) -> Customer:  # noqa: ANN401 - of the field's own kind
    return replace(customer, **{field.value: value})


def _chosen(
    books: Books, entity_id: EntityId, ids: Collection[CustomerId]
) -> list[Customer]:
    wanted = frozenset(ids)
    return [one for one in books.customers.all(entity_id) if one.id in wanted]
