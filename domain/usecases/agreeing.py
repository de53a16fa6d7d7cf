"""What is agreed with a customer: stop, dispute, promise, note; each leaves a trace."""

from dataclasses import replace
from datetime import date, datetime

from domain.basics.errors import DunningError
from domain.basics.identifiers import ActivityId, CustomerId, ItemId, new_id
from domain.basics.money import Money
from domain.customers.activity import Activity, ActivityKind
from domain.customers.agreements import Dispute, Hold, Note, Promise
from domain.customers.customer import Customer
from domain.ports import Books


class EmptyNoteError(DunningError):
    """A note says something."""

    message = "Write the note before saving it."


class HoldEndsInThePastError(DunningError):
    """A stop holds at least today."""

    message = "The stop cannot end before today, {today}."


class PromiseInThePastError(DunningError):
    """A promise names a day still to come."""

    message = "A promise to pay cannot be dated before {today}."


class PromiseAmountError(DunningError):
    """A promise is of something."""

    message = "The promised amount must be more than zero."


def place_hold(
    books: Books,
    customer_id: CustomerId,
    reason: str,
    ends_on: date | None,
    today: date,
    now: datetime,
    item_id: ItemId | None = None,
) -> Hold:
    """Stop dunning (« STOP ») of a customer or an item."""
    if ends_on and ends_on < today:
        raise HoldEndsInThePastError(today=today)
    customer = books.customers.get(customer_id)
    hold = Hold(
        id=new_id(),
        entity_id=customer.entity_id,
        customer_id=customer_id,
        item_id=item_id,
        reason=reason.strip(),
        starts_on=today,
        ends_on=ends_on,
    )
    with books.atomic():
        books.agreements.save_hold(hold)
        _trace(books, customer, ActivityKind.HOLD_PLACED, reason, today, now)
    return hold


def lift_hold(books: Books, hold: Hold, today: date, now: datetime) -> None:
    """Let dunning go on."""
    customer = books.customers.get(hold.customer_id)
    with books.atomic():
        books.agreements.save_hold(replace(hold, lifted_on=today))
        _trace(books, customer, ActivityKind.HOLD_LIFTED, hold.reason, today, now)


def open_dispute(
    books: Books,
    customer_id: CustomerId,
    reason: str,
    today: date,
    now: datetime,
    item_id: ItemId | None = None,
) -> Dispute:
    """Note that a customer contests an item or the account."""
    customer = books.customers.get(customer_id)
    dispute = Dispute(
        id=new_id(),
        entity_id=customer.entity_id,
        customer_id=customer_id,
        item_id=item_id,
        reason=reason.strip(),
        opened_on=today,
    )
    with books.atomic():
        books.agreements.save_dispute(dispute)
        _trace(books, customer, ActivityKind.DISPUTE_OPENED, reason, today, now)
    return dispute


def close_dispute(books: Books, dispute: Dispute, today: date, now: datetime) -> None:
    """Note that a customer no longer contests."""
    customer = books.customers.get(dispute.customer_id)
    with books.atomic():
        books.agreements.save_dispute(replace(dispute, closed_on=today))
        _trace(books, customer, ActivityKind.DISPUTE_CLOSED, dispute.reason, today, now)


def record_promise(
    books: Books,
    customer_id: CustomerId,
    amount: Money,
    promised_for: date,
    today: date,
    now: datetime,
    item_id: ItemId | None = None,
) -> Promise:
    """Keep a promise and its trace in the history, together."""
    if promised_for < today:
        raise PromiseInThePastError(today=today)
    if amount.cents <= 0:
        raise PromiseAmountError
    customer = books.customers.get(customer_id)
    promise = Promise(
        id=new_id(),
        entity_id=customer.entity_id,
        customer_id=customer_id,
        item_id=item_id,
        amount=amount,
        promised_for=promised_for,
        made_on=today,
    )
    with books.atomic():
        books.agreements.save_promise(promise)
        _trace(
            books,
            customer,
            ActivityKind.PROMISE_MADE,
            promised_for.isoformat(),
            today,
            now,
            amount,
        )
    return promise


def cancel_promise(books: Books, promise: Promise, today: date, now: datetime) -> None:
    """Forget a promise that was mistaken, or that nobody believes any more."""
    customer = books.customers.get(promise.customer_id)
    with books.atomic():
        books.agreements.save_promise(replace(promise, cancelled_on=today))
        _trace(
            books,
            customer,
            ActivityKind.PROMISE_CANCELLED,
            promise.promised_for.isoformat(),
            today,
            now,
            promise.amount,
        )


def write_note(
    books: Books, customer_id: CustomerId, text: str, today: date, now: datetime
) -> None:
    """Keep a note about a customer."""
    if not text.strip():
        raise EmptyNoteError
    customer = books.customers.get(customer_id)
    with books.atomic():
        books.agreements.save_note(
            Note(
                id=new_id(),
                entity_id=customer.entity_id,
                customer_id=customer_id,
                text=text.strip(),
                written_at=now,
            )
        )
        _trace(books, customer, ActivityKind.NOTE, text, today, now)


def _trace(
    books: Books,
    customer: Customer,
    kind: ActivityKind,
    words: str,
    today: date,
    now: datetime,
    amount: Money = Money(0),
) -> None:
    books.activities.record(
        Activity(
            id=ActivityId(new_id()),
            entity_id=customer.entity_id,
            customer_id=customer.id,
            kind=kind,
            happened_on=today,
            recorded_at=now,
            subject=words.strip(),
            amount=amount,
        )
    )
