import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from domain.basics.listing import ListQuery
from domain.basics.money import Money
from domain.usecases.days_work import DaysWork, show_work
from domain.usecases.lists import items_page
from storage.database.books import SqliteBooks, open_books
from storage.database.views.remembering import RememberingConnection, ask
from storage.mail.addresses import check_address
from tests.builders import (
    ENTITY_ID,
    TODAY,
    a_contact,
    a_customer,
    a_hold,
    a_profile,
    a_scenario,
    an_entity,
    an_item,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "relance.db"


@pytest.fixture
def books(file: Path) -> SqliteBooks:
    books = open_books(file)
    books.entities.save(an_entity())
    books.scenarios.save_profile(a_profile())
    books.customers.save_many([a_customer()])
    books.ledger.replace_items(ENTITY_ID, [an_item(cents=1_00)])
    return books


def left(books: SqliteBooks) -> Money:
    (total,) = items_page(books, ENTITY_ID, TODAY, ListQuery()).totals["left"]
    return total


def test_totals_follow_what_these_books_write(books: SqliteBooks) -> None:
    before = left(books)
    books.ledger.replace_items(ENTITY_ID, [an_item(cents=5_00)])

    assert (before, left(books)) == (Money(1_00), Money(5_00))


def test_totals_follow_what_others_write(books: SqliteBooks, file: Path) -> None:
    before = left(books)
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("UPDATE items SET invoiced_cents = 700")

    assert (before, left(books)) == (Money(1_00), Money(7_00))


def test_what_is_taken_back_is_not_remembered(books: SqliteBooks) -> None:
    with pytest.raises(ZeroDivisionError), books.atomic():
        books.ledger.replace_items(ENTITY_ID, [an_item(cents=9_00)])
        assert left(books) == Money(9_00)
        raise ZeroDivisionError

    assert left(books) == Money(1_00)


def test_the_same_question_is_asked_once_while_nothing_changes() -> None:
    with closing(sqlite3.connect(":memory:", factory=RememberingConnection)) as db:
        db.execute("CREATE TABLE t (n INTEGER)")
        asked: list[str] = []
        db.set_trace_callback(asked.append)
        for _time in range(3):
            assert ask(db, "SELECT count(*) FROM t", {}) == [(0,)]

    assert [sql for sql in asked if "count" in sql] == ["SELECT count(*) FROM t"]


def test_only_so_many_answers_are_kept() -> None:
    with closing(sqlite3.connect(":memory:", factory=RememberingConnection)) as db:
        for number in range(200):
            assert ask(db, "SELECT :n", {"n": number}) == [(number,)]

        assert len(db._answers) <= 64


def test_the_days_work_is_worked_out_once_for_what_is_written_in_between(
    books: SqliteBooks, file: Path
) -> None:
    def work() -> DaysWork:
        return show_work(books, ENTITY_ID, check_address, TODAY)

    first = work()
    assert work() is first

    books.scenarios.save_scenario(a_scenario())
    assert work().emails == 0
    books.customers.save_contacts([a_contact()])
    reminded = work()
    assert (first.messages, reminded.messages) == (0, 1)

    with closing(sqlite3.connect(file)) as other, other:
        other.execute("UPDATE items SET invoiced_cents = 700")
    assert work().to_remind == (Money(7_00),)
    with pytest.raises(ZeroDivisionError), books.atomic():
        books.agreements.save_hold(a_hold(starts_on=TODAY))
        assert work().messages == 0
        _ = 1 / 0
    assert work().messages == 1
    books.agreements.save_hold(a_hold(starts_on=TODAY))
    assert work().messages == 0


def test_what_is_remembered_is_of_its_day_and_currency(books: SqliteBooks) -> None:
    today = show_work(books, ENTITY_ID, check_address, TODAY)
    later = show_work(books, ENTITY_ID, check_address, TODAY + timedelta(days=30))
    dollars = show_work(books, ENTITY_ID, check_address, TODAY, "USD")

    assert today.expected.weeks[0].starts_on != later.expected.weeks[0].starts_on
    assert dollars.expected.weeks[0].amount.currency == "USD"
