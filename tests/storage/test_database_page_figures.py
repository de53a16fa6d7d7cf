from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from domain.basics.money import Money
from domain.customers.activity import ActivityKind
from domain.customers.customer import Customer, dunning_contact
from domain.customers.customer_line import (
    CustomerFilter,
    CustomerLine,
    CustomerSort,
    CustomerState,
)
from domain.dashboard.account import AccountAmounts, account_amounts
from domain.dunning.position import LevelChange, position_from
from domain.dunning.scenario import StepKind
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


@pytest.mark.parametrize("only", CustomerFilter)
@pytest.mark.parametrize("sort", CustomerSort)
def test_pages_give_the_same_figures_as_the_rules(
    sort: CustomerSort, only: CustomerFilter
) -> None:
    books = _BUSY
    expected = [line for line in _lines_by_the_rules(books) if _shown(line, only)]

    for descending in (False, True):
        whole = books.customers.page(
            ENTITY_ID, TODAY, sort=sort, descending=descending, limit=999, only=only
        )
        parts = [
            books.customers.page(
                ENTITY_ID,
                TODAY,
                sort=sort,
                descending=descending,
                limit=7,
                offset=offset,
                only=only,
            )
            for offset in range(0, whole.count + 7, 7)
        ]

        assert [line for part in parts for line in part.lines] == whole.lines
        assert sorted(whole.lines, key=_code) == sorted(expected, key=_code)
        assert whole.count == len(expected)
        assert whole.balance == Money.total(line.balance for line in expected)
        assert whole.overdue == Money.total(line.overdue for line in expected)
        assert whole.to_come == Money.total(line.to_come for line in expected)
        assert {part.balance for part in parts} == {whole.balance}
        ranks = [_rank(line, sort) for line in whole.lines]
        assert ranks == sorted(ranks, reverse=descending)


def _code(line: CustomerLine) -> str:
    return line.code


def _shown(line: CustomerLine, only: CustomerFilter) -> bool:
    amount = {
        CustomerFilter.ALL: Money(1),
        CustomerFilter.DEBIT: line.balance,
        CustomerFilter.OVERDUE: line.overdue,
    }[only]
    return amount > Money(0)


def _rank(line: CustomerLine, sort: CustomerSort) -> Any:  # noqa: ANN401 - any column
    if sort is CustomerSort.STATE:
        return list(CustomerState).index(line.state)
    if sort is CustomerSort.NAME:
        return line.name.casefold()
    if sort is CustomerSort.CODE:
        return int(line.code[1:])
    if sort is CustomerSort.LAST_CONTACT:
        return line.last_contact_on or date.min
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
    account = account_amounts(items, TODAY)
    contact = dunning_contact(books.customers.contacts_of(customer.id))
    levels = [position_from(history.get(item.id, [])).level for item in debits]
    return CustomerLine(
        customer_id=customer.id,
        code=customer.code,
        name=customer.name,
        balance=account.balance,
        overdue=account.overdue,
        to_come=account.to_come,
        level=max(levels, default=0),
        last_contact_on=books.activities.last_contacts(ENTITY_ID).get(customer.id),
        email=contact.email if contact else "",
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
        days_late=dice.randint(-20, 40),
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
