"""« STOP »: dunning stopped for a customer or some of its items."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from domain.basics.errors import DunningError
from domain.basics.identifiers import CustomerId, ItemId, new_id
from domain.customers.activity import ActivityKind
from domain.customers.agreements import Hold
from domain.ports import Books
from domain.usecases.tracing import each_or_whole, trace


class HoldEndsInThePastError(DunningError):
    """A stop holds at least today."""

    message = "The stop cannot end before today, {today}."


def place_hold(
    books: Books,
    customer_id: CustomerId,
    reason: str,
    ends_on: date | None,
    today: date,
    now: datetime,
    item_ids: Sequence[ItemId] = (),
) -> tuple[Hold, ...]:
    """Stop dunning (« STOP ») of a customer, or of the items named."""
    _check_end(ends_on, today)
    customer = books.customers.get(customer_id)
    holds = tuple(
        Hold(
            id=new_id(),
            entity_id=customer.entity_id,
            customer_id=customer_id,
            item_id=item_id,
            reason=reason.strip(),
            starts_on=today,
            ends_on=ends_on,
        )
        for item_id in each_or_whole(item_ids)
    )
    _keep(books, holds, ActivityKind.HOLD_PLACED, today, now)
    return holds


def change_hold(
    books: Books,
    hold: Hold,
    reason: str,
    ends_on: date | None,
    today: date,
    now: datetime,
) -> None:
    """Correct why dunning is stopped, and until when."""
    _check_end(ends_on, today)
    changed = replace(hold, reason=reason.strip(), ends_on=ends_on)
    _keep(books, [changed], ActivityKind.HOLD_CHANGED, today, now)


def lift_hold(books: Books, hold: Hold, today: date, now: datetime) -> None:
    """Let dunning go on."""
    lifted = replace(hold, lifted_on=today)
    _keep(books, [lifted], ActivityKind.HOLD_LIFTED, today, now)


def restore_hold(books: Books, hold: Hold, today: date, now: datetime) -> None:
    """Put a stop back as it was, where it was lifted or changed by mistake."""
    _keep(books, [hold], ActivityKind.HOLD_PLACED, today, now)


def _check_end(ends_on: date | None, today: date) -> None:
    if ends_on and ends_on < today:
        raise HoldEndsInThePastError(today=today)


def _keep(
    books: Books,
    holds: Sequence[Hold],
    kind: ActivityKind,
    today: date,
    now: datetime,
) -> None:
    customer = books.customers.get(holds[0].customer_id)
    with books.atomic():
        for hold in holds:
            books.agreements.save_hold(hold)
        about = [hold.item_id for hold in holds]
        trace(books, customer, kind, holds[0].reason, today, now, item_ids=about)
