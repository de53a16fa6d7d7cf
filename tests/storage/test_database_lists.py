"""The lists say the same as the rules that work on records, whatever the books."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.basics.listing import Among, Days, ListQuery
from domain.basics.money import Money
from domain.customers.customer_line import CustomerLine
from domain.customers.item_line import ItemLine
from domain.dashboard.account import account_amounts
from domain.dunning.exclusions import standing_exclusions
from domain.dunning.planned import Reason
from domain.ledger.entity import DunningOptions
from domain.ledger.open_item import OpenItem
from domain.ledger.payment_modes import PaymentMode
from domain.usecases.customer_sheet import show_customer
from domain.usecases.dashboard import show_home
from domain.usecases.lists import (
    customers_page,
    debtor_items,
    debtors_page,
    items_page,
)
from domain.usecases.situations import gather
from storage.database.books import SqliteBooks
from tests.builders import (
    ENTITY_ID,
    TODAY,
    a_customer,
    a_dispute,
    a_hold,
    a_promise,
    an_item,
    books_of_one_firm,
    customer_id_of,
)

EVERYTHING = ListQuery(limit=10_000)
CODES = [f"C{n}" for n in range(1, 7)]
LIMITS = (15, 30, 60)

amounts = st.integers(-300_00, 500_00).filter(bool)
items = st.builds(
    lambda code, cents, late, currency: (code, cents, late, currency),
    st.sampled_from(CODES),
    amounts,
    st.one_of(st.none(), st.integers(-40, 120)),
    st.sampled_from(["EUR", "EUR", "EUR", "CHF"]),
)


def books_with(found: list[tuple[str, int, int | None, str]]) -> SqliteBooks:
    books = books_of_one_firm()
    books.customers.save_many(a_customer(code=code) for code in CODES)
    books.ledger.replace_items(
        ENTITY_ID,
        [
            an_item(
                reference=f"F{n}",
                customer_id=customer_id_of(code),
                invoiced=Money(cents, currency),
                settled=Money(0, currency),
                due_on=None if late is None else TODAY - timedelta(days=late),
            )
            for n, (code, cents, late, currency) in enumerate(found)
        ],
    )
    return books


@settings(max_examples=60, deadline=None)
@given(st.lists(items, max_size=25), st.integers(-60, 160))
def test_accounts_are_those_of_the_rules_on_any_day(
    found: list[tuple[str, int, int | None, str]], days: int
) -> None:
    books, day = books_with(found), TODAY + timedelta(days=days)

    page = debtors_page(books, ENTITY_ID, day, EVERYTHING, LIMITS)

    lines = {(line.code, line.balance.currency): line for line in page.lines}
    expected = {
        key: account_amounts(account, day, LIMITS, key[1])
        for key, account in by_account(books.ledger.open_items(ENTITY_ID)).items()
    }
    owing = {key: one for key, one in expected.items() if one.is_debit}
    assert lines.keys() == owing.keys()
    for key, line in lines.items():
        account = owing[key]
        assert line.balance == account.balance
        assert line.overdue == account.overdue
        assert line.to_come == account.to_come
        assert line.ages == account.by_age
        # Not due and every age make up what is outstanding, at any date.
        assert line.to_come + Money.total(line.ages, key[1]) == line.balance
    books.close()


def by_account(found: list[OpenItem]) -> dict[tuple[str, str], list[OpenItem]]:
    codes = {customer_id_of(code): code for code in CODES}

    def key(item: OpenItem) -> tuple[str, str]:
        return codes[item.customer_id], item.currency

    return {k: list(v) for k, v in groupby(sorted(found, key=key), key)}


@settings(max_examples=15, deadline=None)
@given(st.lists(items, max_size=25))
def test_totals_of_lists_home_and_sheets_agree(
    found: list[tuple[str, int, int | None, str]],
) -> None:
    books = books_with(found)
    debtors = debtors_page(books, ENTITY_ID, TODAY, EVERYTHING)
    items_left = items_page(books, ENTITY_ID, TODAY, EVERYTHING).totals["left"]
    everyone = {
        line.customer_id: show_customer(books, line.customer_id, str, TODAY)
        for line in customers_page(books, ENTITY_ID, TODAY, EVERYTHING).lines
    }
    sheets = {
        (customer_id, account.currency): account.amounts
        for customer_id, sheet in everyone.items()
        for account in sheet.accounts
    }

    for shown in show_home(books, ENTITY_ID, TODAY).by_currency:
        home, currency = shown.figures, shown.currency
        of_currency = [a for (_, used), a in sheets.items() if used == currency]
        owing = [amounts for amounts in of_currency if amounts.is_debit]

        def of(name: str, currency: str = currency) -> Money:
            return total_in(currency, debtors.totals[name])

        assert home.owed == of("balance")
        assert home.owed == Money.total((a.balance for a in owing), currency)
        assert home.overdue == of("overdue")
        assert home.overdue == Money.total((a.overdue for a in owing), currency)
        assert home.to_come == of("to_come")
        assert home.to_come == Money.total((a.to_come for a in owing), currency)
        assert [of(f"age_{low}") for low in (0, 30, 60)] == list(home.by_age)
        assert total_in(currency, items_left) == Money.total(
            (a.balance for a in of_currency), currency
        )
    for line in debtors.lines:
        key = line.customer_id, line.balance.currency
        assert sheets[key].balance == line.balance
        assert sheets[key].overdue == line.overdue
        detail = debtor_items(books, [line], TODAY)[key]
        assert Money.total(one.left for one in detail) == line.balance
        for place, amount in enumerate(line.ages):
            of_age = [one.left for one in detail if one.age == place]
            assert Money.total(of_age, key[1]) == amount
    books.close()


def total_in(currency: str, totals: Sequence[Money]) -> Money:
    """Read the total of a list in a currency; without any, it is nothing."""
    found = [total for total in totals if total.currency == currency]
    assert len(found) <= 1
    return found[0] if found else Money(0, currency)


@pytest.fixture(scope="module")
def busy() -> SqliteBooks:
    """Books in which every standing reason not to remind is found."""
    books = books_with(
        [(code, 100_00 * n, 5 * n, "EUR") for code in CODES for n in (1, 2, 3)]
        + [("C1", -50_00, 3, "EUR"), ("C2", 3_00, 9, "EUR"), ("C3", 80_00, None, "EUR")]
    )
    books.entities.save_options(ENTITY_ID, DunningOptions(item_threshold=Money(5_00)))
    books.entities.save_payment_modes(
        ENTITY_ID, [PaymentMode(code="LCR", is_automatic=True)]
    )
    books.customers.save_many(
        [
            replace(a_customer(code="C4"), is_counter_sale=True),
            replace(a_customer(code="C5"), payment_mode="LCR"),
            replace(a_customer(code="C6"), is_insolvent=True),
        ]
    )
    some = [item.id for item in books.ledger.items_of(customer_id_of("C1"))]
    books.agreements.save_hold(
        a_hold(customer_id=customer_id_of("C1"), item_id=some[0])
    )
    books.agreements.save_dispute(
        a_dispute(customer_id=customer_id_of("C1"), item_id=some[1])
    )
    books.agreements.save_promise(
        a_promise(
            customer_id=customer_id_of("C2"), promised_for=TODAY + timedelta(days=1)
        )
    )
    excluded = books.ledger.items_of(customer_id_of("C3"))[0]
    books.ledger.set_excluded(excluded.id, excluded=True)
    return books


@pytest.mark.parametrize("stops", [True, False])
def test_what_can_be_chased_is_what_no_standing_reason_keeps_back(
    busy: SqliteBooks, stops: bool
) -> None:
    options = DunningOptions(
        item_threshold=Money(5_00),
        dispute_stops=stops,
        promise_stops=stops,
        chase_insolvent=not stops,
    )
    busy.entities.save_options(ENTITY_ID, options)
    situations = gather(busy, ENTITY_ID, lambda _email: "", TODAY)
    todays = {Reason.NO_SCENARIO, Reason.PENDING_MESSAGE}
    expected = {
        item.id
        for situation in situations.of.values()
        for item in situation.open_items
        if item.left.cents > 0
        and item.days_overdue(TODAY)
        and not {
            one.reason for one in standing_exclusions(item, situation, options, TODAY)
        }
        - todays
    }

    def read(answer: str) -> set[str]:
        query = replace(EVERYTHING, filters={"chased": Among((answer,))})
        return {one.item_id for one in items_page(busy, ENTITY_ID, TODAY, query).lines}

    everything = {item.id for item in busy.ledger.open_items(ENTITY_ID)}
    assert 0 < len(expected) < len(everything)
    assert read("yes") == expected
    assert read("no") == everything - expected
    customers = {
        item.customer_id
        for item in busy.ledger.open_items(ENTITY_ID)
        if item.id in expected
    }
    query = replace(EVERYTHING, filters={"chased": Among(("yes",))})
    lines: list[CustomerLine] = debtors_page(busy, ENTITY_ID, TODAY, query).lines
    assert {line.customer_id for line in lines} == customers


def test_an_item_stands_in_its_list_as_on_its_sheet(busy: SqliteBooks) -> None:
    busy.entities.save_options(ENTITY_ID, DunningOptions())
    lines = items_page(busy, ENTITY_ID, TODAY, EVERYTHING).lines

    for code in CODES:
        sheet = show_customer(busy, customer_id_of(code), lambda _email: "", TODAY)
        told = {row.item.id: (row.state, row.days_overdue) for row in sheet.rows}
        assert told == {
            line.item_id: (line.state, line.days_overdue)
            for line in lines
            if line.code == code
        }


@pytest.mark.parametrize("sort", ["due_on", "late", "left", "customer", "reference"])
def test_items_are_sorted_and_cut_by_the_database(busy: SqliteBooks, sort: str) -> None:
    for descending in (False, True):
        query = replace(EVERYTHING, sort=sort, descending=descending)
        whole = items_page(busy, ENTITY_ID, TODAY, query)
        parts = [
            items_page(busy, ENTITY_ID, TODAY, replace(query, limit=4, offset=offset))
            for offset in range(0, whole.count, 4)
        ]

        assert [line for part in parts for line in part.lines] == whole.lines
        ranks = [rank for line in whole.lines if (rank := _rank(line, sort))]
        assert ranks == sorted(ranks, reverse=descending)


def _rank(line: ItemLine, sort: str) -> Any:  # noqa: ANN401 - any column
    return line.left.cents if sort == "left" else getattr(line, _FIELDS.get(sort, sort))


_FIELDS = {"late": "days_overdue"}


def test_an_item_without_a_due_date_comes_last_and_is_never_late(
    busy: SqliteBooks,
) -> None:
    query = replace(EVERYTHING, sort="due_on")
    whole = items_page(busy, ENTITY_ID, TODAY, query)
    late = replace(query, filters={"due": Among(("late",))})
    until = replace(query, filters={"due_on": Days(last=date.max)})

    assert [line.due_on is None for line in whole.lines][-2:] == [False, True]
    assert all(line.due_on for line in items_page(busy, ENTITY_ID, TODAY, late).lines)
    assert items_page(busy, ENTITY_ID, TODAY, until).count == whole.count - 1


@pytest.mark.parametrize("name", ["sort", "filter"])
def test_only_known_columns_are_sorted_or_filtered_by(
    busy: SqliteBooks, name: str
) -> None:
    asked = (
        ListQuery(sort="1; DROP TABLE items")
        if name == "sort"
        else ListQuery(filters={"code = '' OR 1": Among(("x",))})
    )

    with pytest.raises(KeyError):
        items_page(busy, ENTITY_ID, TODAY, asked)


def test_words_typed_are_never_run(busy: SqliteBooks) -> None:
    query = replace(EVERYTHING, search="x' OR 1=1 --")

    assert items_page(busy, ENTITY_ID, TODAY, query).count == 0


def test_indexes_answer_without_reading_the_items() -> None:
    books = books_of_one_firm()
    plan = books._connection.execute(
        "EXPLAIN QUERY PLAN SELECT customer_id, currency, due_on,"
        " invoiced_cents - settled_cents FROM items"
        " WHERE entity_id = '' AND state = 'open' ORDER BY customer_id, currency"
    ).fetchall()

    assert [row[3] for row in plan] == [
        "SEARCH items USING COVERING INDEX open_accounts (entity_id=? AND state=?)"
    ]


def test_filters_offer_what_customers_and_open_items_have() -> None:
    books = books_with([("C1", 10_00, 1, "EUR")])
    item = books.ledger.open_items(ENTITY_ID)[0]
    books.ledger.replace_items(ENTITY_ID, [replace(item, payment_mode="Traite")])
    books.customers.save_many(
        replace(a_customer(code=code), salesperson=name, payment_mode="LCR")
        for code, name in (("C1", "Zoé"), ("C2", "Ana"))
    )

    assert books.lists.filter_values(ENTITY_ID) == {
        "salesperson": ["Ana", "Zoé"],
        "category": [],
        "payment_mode": ["LCR", "Traite"],
        "free_1": [],
        "free_2": [],
    }
