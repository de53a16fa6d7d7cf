"""« Repositionner »: when an item is now expected; reminders do not move."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from domain.basics.errors import DunningError
from domain.basics.identifiers import CustomerId, ItemId, new_id
from domain.customers.activity import ActivityKind
from domain.customers.agreements import ExpectedDate
from domain.ports import Books
from domain.usecases.tracing import items_of, trace


class ExpectedInThePastError(DunningError):
    """Money is expected on a day still to come."""

    message = "A payment cannot be expected before today, {today}."


class NothingLeftError(DunningError):
    """A payment is expected of what is still owed."""

    message = "Nothing is left to pay of what you chose."


def reposition(
    books: Books,
    customer_id: CustomerId,
    item_ids: Sequence[ItemId],
    expected_on: date,
    reason: str,
    today: date,
    now: datetime,
) -> tuple[ExpectedDate, ...]:
    """Expect the payment of items on another day than their due date."""
    if expected_on < today:
        raise ExpectedInThePastError(today=today)
    customer = books.customers.get(customer_id)
    owed = [i for i in items_of(books, customer_id, item_ids) if i.left.cents > 0]
    if not owed:
        raise NothingLeftError
    dates = tuple(
        ExpectedDate(
            id=new_id(),
            entity_id=customer.entity_id,
            customer_id=customer_id,
            item_id=item.id,
            expected_on=expected_on,
            reason=reason.strip(),
            set_on=today,
        )
        for item in owed
    )
    _keep(books, dates, ActivityKind.REPOSITIONED, today, now)
    return dates


def cancel_expected_dates(
    books: Books, dates: Sequence[ExpectedDate], today: date, now: datetime
) -> None:
    """Take dates back: the one before counts again, or else the due date."""
    cancelled = [replace(one, cancelled_on=today) for one in dates]
    _keep(books, cancelled, ActivityKind.REPOSITIONING_CANCELLED, today, now)


def restore_expected_dates(
    books: Books, dates: Sequence[ExpectedDate], today: date, now: datetime
) -> None:
    """Put dates back that were cancelled by mistake."""
    _keep(books, dates, ActivityKind.REPOSITIONED, today, now)


def _keep(
    books: Books,
    dates: Sequence[ExpectedDate],
    kind: ActivityKind,
    today: date,
    now: datetime,
) -> None:
    """Save dates; the trace keeps the day as its words."""
    customer = books.customers.get(dates[0].customer_id)
    with books.atomic():
        for one in dates:
            books.agreements.save_expected_date(one)
        words = dates[0].expected_on.isoformat()
        about = [one.item_id for one in dates]
        trace(books, customer, kind, words, today, now, item_ids=about)
