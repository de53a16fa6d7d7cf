from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from domain.basics.listing import (
    Among,
    Cents,
    Days,
    ListFilter,
    ListPage,
    ListQuery,
)
from domain.basics.money import Money
from domain.customers.activity import ActivityKind
from domain.customers.customer import Customer, dunning_contact
from domain.customers.customer_line import CustomerLine, CustomerState
from domain.dashboard.account import AccountAmounts, account_amounts
from domain.dunning.position import LevelChange, position_from
from domain.dunning.scenario import StepKind
from domain.ledger.entity import DunningOptions
from domain.ledger.open_item import ItemState, OpenItem
from storage.database.books import SqliteBooks
from tests.builders import (
    ENTITY_ID,
    NOW,
    TODAY,
    a_contact,
    a_customer,
    a_dispute,
    a_hold,
    a_level_change,
    a_promise,
    an_activity,
    an_item,
    books_of_one_firm,
)

LIMITS = (15, 30, 60)
SORTS = (
    *("code", "name", "balance", "overdue", "to_come", "age_0", "age_30", "age_60"),
    *("level", "level_on", "last_contact_on", "email", "state", "profile"),
)
SHOWN: dict[str, tuple[ListFilter, Callable[[CustomerLine], bool]]] = {
    "owing": (Among(("debit",)), lambda line: line.balance > Money(0)),
    "overdue": (Cents(least=120_00), lambda line: line.overdue >= Money(120_00)),
    "age": (Among(("0", "60")), lambda line: bool(line.ages[0] or line.ages[3])),
    "level": (Among(("0", "2")), lambda line: line.level in {0, 2}),
    "state": (Among(("late",)), lambda line: line.state is CustomerState.LATE),
    "email": (Among(("no",)), lambda line: not line.email),
    "new": (Among(("yes",)), lambda line: line.is_new),
    "level_on": (
        Days(last=TODAY - timedelta(days=9)),
        lambda line: bool(line.level_on and line.level_on <= TODAY - timedelta(days=9)),
    ),
}


def _read(**asked: Any) -> ListPage[CustomerLine]:  # noqa: ANN401
    return _BUSY.lists.customers(
        ENTITY_ID,
        TODAY,
        ListQuery(**asked),
        options=DunningOptions(),
        limits=LIMITS,
        only_owing=False,
    )


@pytest.mark.parametrize("sort", SORTS)
def test_pages_add_up_to_the_whole_list_in_its_order(sort: str) -> None:
    for descending in (False, True):
        whole = _read(sort=sort, descending=descending, limit=999)
        parts = [
            _read(sort=sort, descending=descending, limit=7, offset=offset)
            for offset in range(0, whole.count + 7, 7)
        ]

        assert [line for part in parts for line in part.lines] == whole.lines
        assert all(part.totals == whole.totals for part in parts)
        ranks = [_rank(line, sort) for line in whole.lines]
        assert ranks == sorted(ranks, reverse=descending)


@pytest.mark.parametrize("name", ["", *SHOWN])
def test_lines_are_those_of_the_rules(name: str) -> None:
    wanted, is_shown = SHOWN.get(name, (None, lambda _line: True))
    expected = [line for line in _lines_by_the_rules(_BUSY) if is_shown(line)]

    found = _read(filters={name: wanted} if wanted else {}, sort="code", limit=999)

    assert expected
    assert found.lines == sorted(expected, key=lambda line: int(line.code[1:]))
    assert found.count == len(expected)
    for column in ("balance", "overdue", "to_come"):
        amounts = [getattr(line, column) for line in expected]
        assert found.totals[column] == (Money.total(amounts),)
    for place, low in enumerate((0, *LIMITS)):
        of_age = (line.ages[place] for line in expected)
        assert found.totals[f"age_{low}"] == (Money.total(of_age),)


def _rank(line: CustomerLine, sort: str) -> Any:  # noqa: ANN401 - any column
    if sort == "state":
        return list(CustomerState).index(line.state)
    if sort == "name":
        return line.name.casefold()
    if sort == "code":
        return int(line.code[1:])
    if sort.startswith("age_"):
        return line.ages[(0, *LIMITS).index(int(sort[4:]))]
    if sort.endswith("_on"):
        return getattr(line, sort) or date.min
    return getattr(line, sort)


def _lines_by_the_rules(books: SqliteBooks) -> list[CustomerLine]:
    return [
        _line_by_the_rules(books, customer)
        for customer in books.customers.all(ENTITY_ID)
    ]


def _line_by_the_rules(books: SqliteBooks, customer: Customer) -> CustomerLine:
    history = books.activities.level_history(ENTITY_ID)
    items = books.ledger.items_of(customer.id)
    debits = [item for item in items if item.left > Money(0)]
    account = account_amounts(items, TODAY, LIMITS)
    week_ago = TODAY - timedelta(days=7)
    contact = dunning_contact(books.customers.contacts_of(customer.id))
    reached = [position_from(history.get(item.id, [])) for item in debits]
    return CustomerLine(
        customer_id=customer.id,
        code=customer.code,
        name=customer.name,
        balance=account.balance,
        profile="Standard",
        salesperson="",
        category="",
        free=("", ""),
        payment_mode="",
        is_followed=False,
        overdue=account.overdue,
        to_come=account.to_come,
        ages=account.by_age,
        is_new=bool(account.overdue) and not account_amounts(items, week_ago).overdue,
        level=max((one.level for one in reached), default=0),
        level_on=max(
            (one.reached_on for one in reached if one.level and one.reached_on),
            default=None,
        ),
        last_contact_on=books.activities.last_contacts(ENTITY_ID).get(customer.id),
        email=contact.email if contact else "",
        contact=contact.name if contact else "",
        phone=(contact.phone if contact else "") or customer.phone,
        score="",
        note="",
        state=_agreed(books, customer, items) or _owed(account),
    )


def _agreed(
    books: SqliteBooks, customer: Customer, items: list[OpenItem]
) -> CustomerState | None:
    store = books.agreements
    about = {None, *(item.id for item in items if item.left)}
    holds = [h for h in store.holds(ENTITY_ID) if h.holds_on(TODAY)]
    disputes = [d for d in store.disputes(ENTITY_ID) if d.is_open_on(TODAY)]
    promises = [p for p in store.promises(ENTITY_ID) if p.is_to_come(TODAY)]
    if any(h.customer_id == customer.id and h.item_id is None for h in holds):
        return CustomerState.STOPPED
    if not account_amounts(items, TODAY).is_debit:
        return None
    if any(d.customer_id == customer.id and d.item_id in about for d in disputes):
        return CustomerState.DISPUTE
    if any(p.customer_id == customer.id and p.item_id in about for p in promises):
        return CustomerState.PROMISE
    return None


def _owed(account: AccountAmounts) -> CustomerState:
    if account.overdue:
        return CustomerState.LATE
    if account.to_come:
        return CustomerState.TO_COME
    in_credit = account.balance < Money(0)
    return CustomerState.CREDIT if in_credit else CustomerState.SETTLED


def _busy_books() -> SqliteBooks:
    """Books of forty customers among whom a bit of everything goes on."""
    dice = Random(2026)  # noqa: S311 - the same books at every run
    books = books_of_one_firm()
    customers = [a_customer(code=f"C{n}") for n in range(1, 41)]
    with books.atomic():
        books.customers.save_many(customers)
        items = [_some_item(dice, customers, n) for n in range(120)]
        books.ledger.replace_items(ENTITY_ID, items)
        books.activities.record_levels(_some_change(dice) for _ in range(200))
        for customer in dice.sample(customers, 30):
            _something_happens(dice, books, customer)
    return books


def _some_item(dice: Random, customers: list[Customer], number: int) -> OpenItem:
    cents = dice.choice([5_00, 120_00, 3_000_00, -50_00])
    item = an_item(
        reference=f"F{number}",
        customer_id=dice.choice(customers).id,
        cents=cents,
        days_late=dice.choice([dice.randint(-20, 12), dice.randint(-20, 90)]),
        settled=Money(cents // dice.choice([1, 5, 10**9]) if cents > 0 else 0),
    )
    if not item.left:
        return replace(item, state=ItemState.SETTLED)
    return replace(item, due_on=None) if number % 17 == 0 else item


def _some_change(dice: Random) -> LevelChange:
    return a_level_change(
        item_id=f"F{dice.randrange(130)}",
        kind=dice.choice(list(StepKind)),
        level=dice.randint(0, 4),
        days_ago=dice.randint(0, 60),
        recorded_at=NOW - timedelta(hours=dice.randint(0, 2000)),
    )


def _something_happens(dice: Random, books: SqliteBooks, customer: Customer) -> None:
    items = books.ledger.items_of(customer.id)
    item_id = dice.choice([None, *(item.id for item in items)])
    days = timedelta(days=dice.randint(-3, 3))
    happens = dice.randrange(8)
    if happens == 0:
        books.agreements.save_hold(
            a_hold(customer_id=customer.id, item_id=item_id, ends_on=TODAY + days)
        )
    elif happens == 1:
        books.agreements.save_dispute(
            a_dispute(customer_id=customer.id, item_id=item_id, closed_on=TODAY + days)
        )
    elif happens == 2:
        books.agreements.save_promise(
            a_promise(
                customer_id=customer.id, item_id=item_id, promised_for=TODAY + days
            )
        )
    elif happens < 5:
        kind = dice.choice(list(ActivityKind))
        books.activities.record(an_activity(customer_id=customer.id, kind=kind))
    else:
        books.customers.save_contacts(
            a_contact(
                customer_id=customer.id,
                email=f"{dice.randrange(99)}@client.example.com",
                is_dunning=dice.random() > 0.5,
                is_billing=dice.random() > 0.5,
            )
            for _ in range(2)
        )


_BUSY = _busy_books()
