"""Lists of customers and items, a page at a time: who owes what, clients, items."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.basics.identifiers import CustomerId, EntityId
from domain.basics.listing import ListPage, ListQuery
from domain.basics.money import Money
from domain.customers.customer_line import CustomerLine
from domain.customers.item_line import ItemLine
from domain.dashboard.account import AGE_LIMITS, after_credits
from domain.dunning.profile import Profile
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.free_fields import field_names

AGE_SETS = (AGE_LIMITS, (30, 60, 90), (15, 30, 45, 60))
"""By which days « Qui vous doit quoi ? » may part what is overdue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorItem:
    """An item of a customer that owes, with what unused credits leave due of it."""

    item: OpenItem
    left: Money
    age: int | None
    """In which part of what is overdue, youngest first; None while not due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeValues:
    """A free field of customers: its place, what it is called, what it holds."""

    place: int
    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterValues:
    """What lists of customers and items can be filtered by."""

    profiles: tuple[Profile, ...]
    salespersons: tuple[str, ...]
    categories: tuple[str, ...]
    payment_modes: tuple[str, ...]
    free: tuple[FreeValues, ...]
    """The free fields of customers that have a name."""


def debtors_page(
    books: Books,
    entity_id: EntityId,
    today: date,
    query: ListQuery,
    limits: Sequence[int] = AGE_LIMITS,
) -> ListPage[CustomerLine]:
    """Read one page of « Qui vous doit quoi ? »: accounts in debit only (row S6)."""
    return _customers(books, entity_id, today, query, limits, only_owing=True)


def customers_page(
    books: Books, entity_id: EntityId, today: date, query: ListQuery
) -> ListPage[CustomerLine]:
    """Read one page of « Clients », with the totals of all its pages."""
    return _customers(books, entity_id, today, query, AGE_LIMITS, only_owing=False)


def _customers(
    books: Books,
    entity_id: EntityId,
    today: date,
    query: ListQuery,
    limits: Sequence[int],
    *,
    only_owing: bool,
) -> ListPage[CustomerLine]:
    return books.lists.customers(
        entity_id,
        today,
        query,
        options=books.entities.options(entity_id),
        limits=limits,
        only_owing=only_owing,
    )


def items_page(
    books: Books, entity_id: EntityId, today: date, query: ListQuery
) -> ListPage[ItemLine]:
    """Read one page of « Échéances », with the totals of all its pages."""
    options = books.entities.options(entity_id)
    return books.lists.items(entity_id, today, query, options)


def debtor_items(
    books: Books,
    lines: Sequence[CustomerLine],
    today: date,
    limits: Sequence[int] = AGE_LIMITS,
) -> dict[tuple[CustomerId, str], list[DebtorItem]]:
    """List what each customer of a page still has to pay, by customer and currency.

    What is left of a customer's items adds up to its line.
    """
    open_items: dict[tuple[CustomerId, str], list[OpenItem]] = {
        (line.customer_id, line.balance.currency): [] for line in lines
    }
    for item in books.ledger.open_items_of(line.customer_id for line in lines):
        open_items.setdefault((item.customer_id, item.currency), []).append(item)
    return {
        key: [
            DebtorItem(
                item=item,
                left=Money(cents, item.currency),
                age=_age(item.days_overdue(today), limits),
            )
            for item, cents in after_credits(items)
            if cents
        ]
        for key, items in open_items.items()
    }


def _age(days: int, limits: Sequence[int]) -> int | None:
    if not days:
        return None
    return next((n for n, limit in enumerate(limits) if days <= limit), len(limits))


def list_filter_values(books: Books, entity_id: EntityId) -> FilterValues:
    """List what customers and items can be filtered by."""
    values = books.lists.filter_values(entity_id)
    names = field_names(books, entity_id)
    return FilterValues(
        profiles=tuple(books.scenarios.profiles(entity_id)),
        salespersons=tuple(values["salesperson"]),
        categories=tuple(values["category"]),
        payment_modes=tuple(values["payment_mode"]),
        free=tuple(
            FreeValues(place=place, name=name, values=tuple(values[f"free_{place}"]))
            for place, name in enumerate(names.customer, start=1)
            if name
        ),
    )
