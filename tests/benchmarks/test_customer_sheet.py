"""How long one very large account takes; run with ``--benchmark-only``."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from domain.usecases.customer_sheet import CustomerSheet, show_customer
from storage.database.books import SqliteBooks, open_books
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    TODAY,
    a_customer,
    a_level_change,
    a_profile,
    a_scenario,
    an_entity,
    an_entry,
    an_item,
)

ITEMS = 10_000


@pytest.fixture
def books(tmp_path: Path) -> Iterator[SqliteBooks]:
    """Books of a firm whose one customer has 10 000 open items, some reminded."""
    books = open_books(tmp_path / "relance.db")
    with books.atomic():
        books.entities.save(an_entity())
        books.scenarios.save_profile(a_profile())
        books.scenarios.save_scenario(a_scenario())
        books.customers.save_many([a_customer()])
        numbers = [f"F{n}" for n in range(ITEMS)]
        books.ledger.save_entries(an_entry(piece=number) for number in numbers)
        books.ledger.replace_items(
            ENTITY_ID, (an_item(reference=number) for number in numbers)
        )
        books.activities.record_levels(
            a_level_change(item_id=number) for number in numbers[::3]
        )
    yield books
    books.close()


def test_the_sheet_of_a_very_large_account_is_read_in_a_moment(
    books: SqliteBooks, benchmark: BenchmarkFixture
) -> None:
    sheet: CustomerSheet = benchmark(
        lambda: show_customer(books, CUSTOMER_ID, lambda _address: "", TODAY)
    )

    assert len(sheet.rows) == ITEMS
    assert benchmark.stats is not None
    assert benchmark.stats.stats.min < 3
