"""What is proposed to all customers is what each one's sheet says."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from domain.dunning.engine import plan_customer
from domain.usecases.situations import gather, gather_for, gather_one
from storage.database.books import SqliteBooks
from storage.mail.addresses import check_address
from tests.benchmarks.large_books import large_books
from tests.builders import ENTITY_ID, TODAY, a_scenario


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteBooks]:
    path: Path = tmp_path_factory.mktemp("all") / "relance.db"
    books = large_books(path, customers=120, entries=1_500, open_items=600)
    with books.atomic():
        books.scenarios.save_scenario(a_scenario())
    yield books
    books.close()


@pytest.mark.parametrize("days", [-200, -30, 0, 9, 25, 300])
def test_all_customers_are_planned_as_each_one_is(
    books: SqliteBooks, days: int
) -> None:
    today = TODAY + timedelta(days=days)
    found = gather(books, ENTITY_ID, check_address, today)

    for plan in found.plans():
        one = gather_one(books, plan.customer_id, check_address, today)
        assert plan == plan_customer(one, found.options, today)
        assert one.catching_up == (found.days_off is not None)


@pytest.mark.parametrize("even_today", [False, True])
def test_one_customer_is_read_as_among_all(
    books: SqliteBooks, even_today: bool
) -> None:
    everyone = gather(books, ENTITY_ID, check_address, TODAY, even_today=even_today)
    for plan in everyone.plans():
        one = plan.customer_id
        found = gather_for(
            books, ENTITY_ID, [one], check_address, TODAY, even_today=even_today
        )

        assert found.plans() == [plan]
        assert found.contacts.get(one) == everyone.contacts.get(one)
        assert found.courtesy == everyone.courtesy
        assert found.days_off == everyone.days_off


def test_every_open_item_is_proposed_or_left_out(books: SqliteBooks) -> None:
    plans = gather(books, ENTITY_ID, check_address, TODAY).plans()

    told = [item.id for plan in plans for m in plan.messages for item in m.items]
    told += [left.item.id for plan in plans for left in plan.left_out]
    assert sorted(told) == sorted(i.id for i in books.ledger.open_items(ENTITY_ID))
