import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from domain.basics.listing import ListQuery
from domain.basics.money import Money
from domain.usecases.lists import items_page
from storage.database.books import SqliteBooks, open_books
from storage.database.views.remembering import RememberingConnection
from tests.builders import (
    ENTITY_ID,
    TODAY,
    a_customer,
    a_profile,
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
            assert db.remembered("SELECT count(*) FROM t", {}) == [(0,)]

    assert [sql for sql in asked if "count" in sql] == ["SELECT count(*) FROM t"]


def test_only_so_many_answers_are_kept() -> None:
    with closing(sqlite3.connect(":memory:", factory=RememberingConnection)) as db:
        for number in range(200):
            assert db.remembered("SELECT :n", {"n": number}) == [(number,)]

        assert len(db._answers) <= 64
