"""« Prévisions »: what should be received when, and moving it to another week."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.basics.collecting import rarely_collecting
from domain.basics.identifiers import CustomerId, EntityId, ItemId, ProfileId
from domain.basics.money import EUR
from domain.customers.agreements import ExpectedDate, Promise
from domain.customers.customer import Customer
from domain.dashboard.expected import Foresight
from domain.dashboard.forecast import Forecast, day_in_week, forecast
from domain.dashboard.payers import Habit, Payment
from domain.dunning.profile import Profile
from domain.ports import Books
from domain.usecases.keeping_promises import kept_promises
from domain.usecases.repositioning import (
    cancel_expected_dates,
    reposition,
    restore_expected_dates,
)

WEEKS_SHOWN = (4, 8, 12)
_MEASURED_OVER = timedelta(days=2 * 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastQuery:
    """What part of the forecast is asked for."""

    weeks: int = 8
    currency: str = EUR
    salesperson: str | None = None
    profile_id: ProfileId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastView:
    """The forecast of a firm on one day."""

    forecast: Forecast
    customers: Mapping[CustomerId, Customer]
    currencies: Sequence[str]
    """Those of open items, to choose from."""
    salespersons: Sequence[str]
    profiles: Sequence[Profile]
    is_empty: bool
    """Nothing is open at all, whatever is asked for."""
    habits: Mapping[CustomerId, Habit]
    """To be given back when the forecast is shown again."""


def foresight(
    books: Books,
    entity_id: EntityId,
    promises: Iterable[Promise],
    today: date,
    habits: Mapping[CustomerId, Habit] | None = None,
    kept: frozenset[str] | None = None,
) -> Foresight:
    """Gather what tells when a firm's open items will be paid.

    A promise that was kept puts nothing else off. ``habits`` are those already read:
    they take the longest, and only an import changes them; ``kept``, the promises
    already known to be kept.
    """
    promises = list(promises)
    if kept is None:
        kept = kept_promises(books, promises, today)
    by_customer: dict[CustomerId, list[Promise]] = defaultdict(list)
    for promise in promises:
        if promise.id not in kept:
            by_customer[promise.customer_id].append(promise)
    return Foresight(
        today=today,
        habits=books.figures.habits(entity_id) if habits is None else habits,
        promises=by_customer,
        repositioned=books.agreements.expected_dates(entity_id),
    )


@rarely_collecting()
def show_forecast(
    books: Books,
    entity_id: EntityId,
    query: ForecastQuery,
    today: date,
    habits: Mapping[CustomerId, Habit] | None = None,
) -> ForecastView:
    """Foresee what each customer will pay, and when."""
    items = books.ledger.open_items(entity_id)
    profiles = books.scenarios.profiles(entity_id)
    default = next((p.id for p in profiles if p.is_default), None)
    everyone = {c.id: c for c in books.customers.all(entity_id)}

    def is_asked(customer: Customer) -> bool:
        profile_id = customer.profile_id or default
        return query.salesperson in {None, customer.salesperson} and (
            query.profile_id in {None, profile_id}
        )

    asked = {c.id for c in everyone.values() if is_asked(c)}
    promises = books.agreements.promises(entity_id)
    foreseen = foresight(books, entity_id, promises, today, habits)
    found = forecast(
        (item for item in items if item.customer_id in asked),
        foreseen,
        weeks=query.weeks,
        currency=query.currency,
    )
    return ForecastView(
        forecast=found,
        customers=everyone,
        currencies=sorted({i.currency for i in items}, key=lambda c: (c != EUR, c)),
        salespersons=_salespersons(everyone.values()),
        profiles=profiles,
        is_empty=not items,
        habits=foreseen.habits,
    )


def _salespersons(customers: Iterable[Customer]) -> Sequence[str]:
    return sorted({c.salesperson for c in customers if c.salesperson})


def move_to_week(
    books: Books,
    moved: Mapping[CustomerId, Collection[ItemId]],
    monday: date,
    today: date,
    now: datetime,
) -> tuple[ExpectedDate, ...]:
    """Expect items of some customers in another week; reminders do not move."""
    day = day_in_week(monday, today)
    with books.atomic():
        return tuple(
            expected
            for customer_id, item_ids in moved.items()
            for expected in reposition(
                books, customer_id, tuple(item_ids), day, "", today, now
            )
        )


def take_moves_back(
    books: Books, moves: Iterable[ExpectedDate], today: date, now: datetime
) -> None:
    """Expect items again when they were expected before a move."""
    with books.atomic():
        for dates in _of_each(moves):
            cancel_expected_dates(books, dates, today, now)


def forget_moves(
    books: Books,
    moved: Mapping[CustomerId, Collection[ItemId]],
    today: date,
    now: datetime,
) -> tuple[ExpectedDate, ...]:
    """Expect items of some customers again when rules foresee them."""
    in_force = tuple(
        one
        for customer_id, item_ids in moved.items()
        for one in books.agreements.expected_dates_of(customer_id)
        if one.cancelled_on is None and one.item_id in item_ids
    )
    take_moves_back(books, in_force, today, now)
    return in_force


def put_moves_again(
    books: Books, moves: Iterable[ExpectedDate], today: date, now: datetime
) -> None:
    """Put back days that were forgotten by mistake."""
    with books.atomic():
        for dates in _of_each(moves):
            restore_expected_dates(books, dates, today, now)


def _of_each(moves: Iterable[ExpectedDate]) -> Iterable[Sequence[ExpectedDate]]:
    """Part dates by customer."""
    of_customer: dict[CustomerId, list[ExpectedDate]] = defaultdict(list)
    for move in moves:
        of_customer[move.customer_id].append(move)
    return of_customer.values()


def past_payments(books: Books, entity_id: EntityId, today: date) -> list[Payment]:
    """Read the payments that forecasts are measured on, two years of them."""
    return books.figures.payments(entity_id, today - _MEASURED_OVER)
