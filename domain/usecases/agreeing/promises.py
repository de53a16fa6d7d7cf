"""« Promesse »: what a customer said it would pay, and when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from domain.basics.errors import DunningError
from domain.basics.identifiers import CustomerId, ItemId, new_id
from domain.basics.money import CurrenciesMixedError, Money
from domain.customers.activity import ActivityKind
from domain.customers.agreements import Promise
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.tracing import items_of, trace


class PromiseInThePastError(DunningError):
    """A promise names a day still to come."""

    message = "A promise to pay cannot be dated before {today}."


class PromiseAmountError(DunningError):
    """A promise is of something."""

    message = "The promised amount must be more than zero."


def record_promise(
    books: Books,
    customer_id: CustomerId,
    amount: Money,
    promised_for: date,
    today: date,
    now: datetime,
    item_ids: Sequence[ItemId] = (),
) -> tuple[Promise, ...]:
    """Keep a promise and its trace in the history, together.

    On several items, the amount goes to the oldest due first, a promise on each.
    """
    _check(amount, promised_for, today)
    customer = books.customers.get(customer_id)
    promises = tuple(
        Promise(
            id=new_id(),
            entity_id=customer.entity_id,
            customer_id=customer_id,
            item_id=item_id,
            amount=share,
            promised_for=promised_for,
            made_on=today,
        )
        for item_id, share in _shares(items_of(books, customer_id, item_ids), amount)
    )
    _keep(books, promises, ActivityKind.PROMISE_MADE, today, now)
    return promises


def change_promise(
    books: Books,
    promise: Promise,
    amount: Money,
    promised_for: date,
    today: date,
    now: datetime,
) -> None:
    """Correct how much was promised, or for when."""
    _check(amount, promised_for, today)
    changed = replace(promise, amount=amount, promised_for=promised_for)
    _keep(books, [changed], ActivityKind.PROMISE_CHANGED, today, now)


def cancel_promise(books: Books, promise: Promise, today: date, now: datetime) -> None:
    """Forget a promise that was mistaken, or that nobody believes any more."""
    cancelled = replace(promise, cancelled_on=today)
    _keep(books, [cancelled], ActivityKind.PROMISE_CANCELLED, today, now)


def restore_promise(books: Books, promise: Promise, today: date, now: datetime) -> None:
    """Put a promise back as it was, where it was cancelled or changed by mistake."""
    _keep(books, [promise], ActivityKind.PROMISE_MADE, today, now)


def _check(amount: Money, promised_for: date, today: date) -> None:
    if promised_for < today:
        raise PromiseInThePastError(today=today)
    if amount.cents <= 0:
        raise PromiseAmountError


def _shares(
    items: Sequence[OpenItem], amount: Money
) -> list[tuple[ItemId | None, Money]]:
    """Part an amount among items, oldest due first; the last takes what is beyond."""
    if not items:
        return [(None, amount)]
    shares: list[tuple[ItemId | None, Money]] = []
    for item in items:
        if item.currency != amount.currency:
            raise CurrenciesMixedError(first=amount.currency, second=item.currency)
    owed = [item for item in items if item.left.cents > 0] or list(items)
    owed.sort(key=lambda item: (item.due_on or date.max, item.id))
    missing = amount
    for item in owed:
        is_last = item is owed[-1]
        share = missing if is_last else min(missing, item.left)
        missing -= share
        if share:
            shares.append((item.id, share))
    return shares


def _keep(
    books: Books,
    promises: Sequence[Promise],
    kind: ActivityKind,
    today: date,
    now: datetime,
) -> None:
    """Save promises; the trace keeps their day as its words."""
    customer = books.customers.get(promises[0].customer_id)
    with books.atomic():
        for promise in promises:
            books.agreements.save_promise(promise)
        trace(
            books,
            customer,
            kind,
            promises[0].promised_for.isoformat(),
            today,
            now,
            amount=Money.total(promise.amount for promise in promises),
            item_ids=[promise.item_id for promise in promises],
        )
