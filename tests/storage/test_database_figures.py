"""The sums made by the database are those of the rules, on any day."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from domain.basics.identifiers import CustomerId, ItemId
from domain.basics.money import Money
from domain.dashboard.account import account_amounts, after_credits
from domain.dashboard.aged import aged, aged_total
from domain.dashboard.key_figures import paid_lately, paid_since
from domain.dashboard.payers import Payment, by_customer, habit, payments
from domain.dashboard.sales import owed_at_month_ends
from domain.dunning.position import position_from
from domain.ledger.entry import LedgerEntry
from domain.ledger.items import derive_items
from domain.ledger.open_item import OpenItem
from domain.usecases.import_checks import unbalanced_letterings
from storage.database.books import SqliteBooks
from tests.builders import (
    ENTITY_ID,
    TODAY,
    a_customer,
    a_level_change,
    an_entry,
    books_of_one_firm,
    customer_id_of,
)

LIMITS = (30, 60)
DAY = timedelta(days=1)
CODES = [f"C{n}" for n in range(1, 13)]
DAYS = [TODAY - n * DAY for n in (0, 1, 17, 60, 90, 150, 365)]


def _some_entries(dice: Random) -> list[LedgerEntry]:
    """Make invoices and payments, lettered on time, later, wrongly or never."""
    entries = []
    for number in range(160):
        on = TODAY - dice.randint(0, 400) * DAY
        cents = dice.randint(10_00, 900_00)
        currency = dice.choice(["EUR", "EUR", "EUR", "USD"])
        invoice = replace(
            an_entry(piece=f"F{number}", entry_on=on, piece_on=on),
            customer_id=customer_id_of(dice.choice(CODES)),
            debit=Money(cents, currency),
            credit=Money(0, currency),
            payment_mode=dice.choice(["", "CHQ"]),
        )
        paid_on = min(TODAY, on + dice.randint(5, 120) * DAY)
        paid = dice.choice([cents, cents, cents // 2, cents + 10_00])
        lettered = paid == cents or dice.random() < 0.2
        code = f"L{number}" if lettered else ""
        on_paper = dice.choice([None, paid_on + dice.randint(0, 60) * DAY])
        payment = replace(
            invoice,
            id=ItemId(f"R{number}"),
            piece=f"R{number}",
            journal="BQ",
            entry_on=paid_on,
            piece_on=paid_on,
            debit=Money(0, currency),
            credit=Money(paid, currency),
        )
        kind = dice.random()
        if kind < 0.2:
            entries.append(invoice)
        elif kind < 0.25 and currency == "EUR":
            entries.append(replace(invoice, gone_on=paid_on))
        else:
            entries += [
                replace(e, lettering=code, lettered_on=on_paper if code else None)
                for e in (invoice, payment)
            ]
    return entries


def _busy_books() -> SqliteBooks:
    dice = Random(2026)  # noqa: S311 - the same books at every run
    books = books_of_one_firm()
    entries = _some_entries(dice)
    new_year = date(2026, 1, 1)
    opening = an_entry(
        piece="AN1", cents=77_00, entry_on=new_year, customer_id=customer_id_of("C1")
    )
    entries.append(replace(opening, opens_on=new_year, journal="AN"))
    derived = derive_items(entries, {}, "30 jours", match_payments=False)
    with books.atomic():
        books.customers.save_many(
            a_customer(code=code, payment_mode="VIR", is_followed=n % 3 == 0)
            for n, code in enumerate(CODES)
        )
        books.ledger.save_entries(entries)
        books.ledger.replace_items(ENTITY_ID, derived.items)
        books.ledger.replace_allocations(ENTITY_ID, derived.allocated.allocations)
        books.activities.record_levels(
            a_level_change(
                item_id=f"F{dice.randrange(160)}",
                level=dice.randint(0, 3),
                days_ago=dice.randint(1, 50),
            )
            for _ in range(90)
        )
    return books


BOOKS = _busy_books()
Account = tuple[CustomerId, str]


def _accounts() -> dict[Account, list[OpenItem]]:
    found: dict[Account, list[OpenItem]] = defaultdict(list)
    for item in BOOKS.ledger.open_items(ENTITY_ID):
        found[item.customer_id, item.currency].append(item)
    return found


def test_accounts_are_added_up_as_the_rules_do() -> None:
    found = {
        (a.customer_id, a.currency): aged(a)
        for a in BOOKS.figures.accounts(ENTITY_ID, TODAY, LIMITS)
    }

    expected = {
        account: account_amounts(items, TODAY, currency=account[1])
        for account, items in _accounts().items()
    }
    assert found.keys() == expected.keys()
    for account, amounts in expected.items():
        ours = found[account]
        assert ours.balance == amounts.balance.cents
        assert ours.late == tuple(money.cents for money in amounts.by_age)
        assert ours.not_due == amounts.to_come.cents


def test_what_is_owed_is_parted_as_the_rules_do() -> None:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for part in BOOKS.figures.parts(ENTITY_ID):
        found[part.currency, part.mode] += part.cents

    expected: dict[tuple[str, str], int] = defaultdict(int)
    for (_customer, currency), items in _accounts().items():
        if sum(item.left.cents for item in items) > 0:
            for item, cents in after_credits(items):
                expected[currency, item.payment_mode or "VIR"] += cents
    assert found == expected


def test_what_followed_customers_owe_is_told_by_due_date() -> None:
    first, last = TODAY - 30 * DAY, TODAY + 7 * DAY
    followed = {c.id for c in BOOKS.customers.all(ENTITY_ID) if c.is_followed}

    found = BOOKS.figures.followed_due(ENTITY_ID, first, last)

    expected: dict[tuple[str, date], int] = defaultdict(int)
    for (customer, currency), items in _accounts().items():
        if customer in followed and sum(item.left.cents for item in items) > 0:
            for item, cents in after_credits(items):
                if item.due_on and first <= item.due_on <= last:
                    expected[currency, item.due_on] += cents
    assert {(due.currency, due.due_on): due.cents for due in found} == expected
    assert BOOKS.figures.is_anyone_followed(ENTITY_ID)


def test_payments_are_added_up_as_the_rules_do() -> None:
    entries = BOOKS.ledger.entries(ENTITY_ID)

    found = BOOKS.figures.paid(ENTITY_ID, paid_since(TODAY, 1), TODAY)

    for currency in ("EUR", "USD"):
        assert found[currency] == paid_lately(entries, TODAY, 1, currency).cents


def test_the_last_reminders_are_those_that_the_history_tells() -> None:
    history = BOOKS.activities.level_history(ENTITY_ID)
    customers = [customer_id_of(code) for code in CODES]

    found = BOOKS.figures.last_reminders(ENTITY_ID, customers)

    expected: dict[CustomerId, list[tuple[int, date]]] = defaultdict(list)
    for item in BOOKS.ledger.open_items(ENTITY_ID):
        position = position_from(history.get(item.id, ()))
        if position.level and position.reached_on:
            expected[item.customer_id].append((position.level, position.reached_on))
    assert found == {
        customer: (max(level for level, _ in all_), max(on for _, on in all_))
        for customer, all_ in expected.items()
    }


def _known_on(day: date) -> dict[Account, list[tuple[int, date | None]]]:
    """Replay a past day: what is left of each entry known then, and its due date."""
    items = {item.id: item for item in BOOKS.ledger.items(ENTITY_ID)}
    entries = {
        e.id: e
        for e in BOOKS.ledger.entries(ENTITY_ID)
        if e.id in items and e.entry_on <= day and not (e.gone_on and e.gone_on <= day)
    }
    left = {key: abs(entry.amount.cents) for key, entry in entries.items()}
    for customer in BOOKS.customers.all(ENTITY_ID):
        for allocation in BOOKS.ledger.allocations_of(customer.id):
            pair = [entries.get(i) for i in (allocation.debit_id, allocation.credit_id)]
            if all(e and (e.lettered_on is None or e.lettered_on <= day) for e in pair):
                left[allocation.debit_id] -= allocation.amount.cents
                left[allocation.credit_id] -= allocation.amount.cents
    found: dict[Account, list[tuple[int, date | None]]] = defaultdict(list)
    for key, entry in entries.items():
        sign = -1 if entry.amount.cents < 0 else 1
        account = (entry.customer_id, entry.amount.currency)
        found[account].append((sign * left[key], items[key].due_on))
    return found


@pytest.mark.parametrize("day", DAYS)
def test_accounts_are_told_as_they_were_known_on_a_past_day(day: date) -> None:
    found = {
        (a.customer_id, a.currency): a
        for a in BOOKS.figures.accounts_on(ENTITY_ID, day, LIMITS)
    }

    for account, known in _known_on(day).items():
        late = [(day - due).days if due else 0 for _, due in known]
        debits = [(c, n) for (c, _), n in zip(known, late, strict=True) if c > 0]
        if not any(cents for cents, _ in known):
            assert account not in found
            continue
        ours = found.pop(account)
        assert ours.not_due == sum(c for c, n in debits if n <= 0)
        assert ours.late == (
            sum(c for c, n in debits if 0 < n <= 30),
            sum(c for c, n in debits if 30 < n <= 60),
            sum(c for c, n in debits if n > 60),
        )
        assert ours.unused == -sum(c for c, _ in known if c < 0)
    assert not found


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("currency", ["EUR", "USD"])
def test_not_due_and_every_age_make_the_ledger_s_balance_on_any_day(
    currency: str, day: date
) -> None:
    accounts = map(aged, BOOKS.figures.accounts_on(ENTITY_ID, day, LIMITS))

    total = aged_total(accounts, currency, 3)

    ledger = sum(
        entry.amount.cents
        for entry in BOOKS.ledger.entries(ENTITY_ID)
        if entry.amount.currency == currency
        and entry.entry_on <= day
        and not (entry.gone_on and entry.gone_on <= day)
    )
    assert total.not_due + sum(total.late) + total.in_credit == ledger


def test_what_is_owed_at_month_ends_is_that_of_the_balance_by_age() -> None:
    owed = owed_at_month_ends(BOOKS.figures.movements(ENTITY_ID, "USD"))

    for end, cents in owed.items():
        accounts = BOOKS.figures.accounts_on(ENTITY_ID, end, LIMITS)
        assert aged_total(map(aged, accounts), "USD", 3).owed == cents


def test_letterings_that_do_not_balance_are_all_found() -> None:
    every = unbalanced_letterings(BOOKS.ledger.entries(ENTITY_ID))

    found = unbalanced_letterings(BOOKS.figures.badly_lettered(ENTITY_ID))

    assert every
    assert sorted(found, key=str) == sorted(every, key=str)


def _paid_by_the_rules() -> list[Payment]:
    allocations = [
        allocation
        for code in CODES
        for allocation in BOOKS.ledger.allocations_of(customer_id_of(code))
    ]
    return payments(
        BOOKS.ledger.items(ENTITY_ID),
        allocations,
        {entry.id: entry for entry in BOOKS.ledger.entries(ENTITY_ID)},
    )


@pytest.mark.parametrize("since", [DAYS[-1] - 99 * DAY, DAYS[3]])
def test_past_payments_are_those_of_the_rules(since: date) -> None:
    def order(paid: Payment) -> tuple[str, date, int]:
        return paid.item_id, paid.paid_on, paid.cents

    expected = [p for p in _paid_by_the_rules() if p.paid_on >= since]

    found = BOOKS.figures.payments(ENTITY_ID, since)

    assert len(found) > 10
    assert sorted(found, key=order) == sorted(expected, key=order)


def test_habits_are_those_of_the_rules() -> None:
    owing = {item.customer_id for item in BOOKS.ledger.open_items(ENTITY_ID)}
    expected = {
        customer_id: habit(paid)
        for customer_id, paid in by_customer(_paid_by_the_rules()).items()
        if customer_id in owing
    }

    found = BOOKS.figures.habits(ENTITY_ID)

    assert found == {c: known for c, known in expected.items() if known}
    assert found
