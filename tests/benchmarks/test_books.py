"""How long the books take; run with ``--benchmark-only``."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from domain.basics.listing import ListQuery
from domain.ledger.open_item import OpenItem
from domain.usecases.lists import customers_page
from storage.database.books import SqliteBooks, open_books
from tests.builders import (
    ENTITY_ID,
    TODAY,
    a_customer,
    a_profile,
    an_entity,
    an_entry,
    an_item,
    customer_id_of,
)

CUSTOMERS = 5_000
ENTRIES = 100_000
ITEMS = 10_000


@pytest.fixture
def books(tmp_path: Path) -> Iterator[SqliteBooks]:
    """Books of a large firm: 5 000 customers, 10 000 open items."""
    books = open_books(tmp_path / "relance.db")
    with books.atomic():
        books.entities.save(an_entity())
        books.scenarios.save_profile(a_profile())
        books.customers.save_many(a_customer(code=f"C{n}") for n in range(CUSTOMERS))
        books.ledger.replace_items(ENTITY_ID, _items())
    yield books
    books.close()


def _items() -> list[OpenItem]:
    return [
        an_item(
            reference=f"F{n}",
            customer_id=customer_id_of(f"C{n % CUSTOMERS}"),
            days_late=n % 100 - 30,
        )
        for n in range(ITEMS)
    ]


def test_saving_a_large_import(benchmark: BenchmarkFixture, books: SqliteBooks) -> None:
    entries = [
        an_entry(piece=f"F{n}", customer_id=customer_id_of(f"C{n % CUSTOMERS}"))
        for n in range(ENTRIES)
    ]

    def save() -> None:
        with books.atomic():
            books.ledger.save_entries(entries)

    benchmark.pedantic(save, rounds=3)  # type: ignore[no-untyped-call]


def test_replacing_items_that_did_not_change(
    benchmark: BenchmarkFixture, books: SqliteBooks
) -> None:
    items = _items()

    def replace() -> None:
        with books.atomic():
            books.ledger.replace_items(ENTITY_ID, items)

    benchmark(replace)


def test_reading_open_items(benchmark: BenchmarkFixture, books: SqliteBooks) -> None:
    assert len(benchmark(books.ledger.open_items, ENTITY_ID)) == ITEMS


def test_reading_a_page_of_customers(
    benchmark: BenchmarkFixture, books: SqliteBooks
) -> None:
    query = ListQuery(sort="overdue", search="cli")
    page = benchmark(customers_page, books, ENTITY_ID, TODAY, query)

    assert page.count == CUSTOMERS


def test_searching_as_one_types(
    benchmark: BenchmarkFixture, books: SqliteBooks
) -> None:
    assert benchmark(books.customers.search, ENTITY_ID, "client c12", 20)


def test_opening_books(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    path = tmp_path / "relance.db"
    open_books(path).close()

    benchmark(lambda: open_books(path).close())
