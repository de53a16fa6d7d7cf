import sqlite3
from datetime import date
from pathlib import Path

import pytest

from domain.basics.identifiers import CustomerId
from domain.basics.money import Money
from domain.ports import Books
from storage.database.books import SqliteBooks, open_books
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    TODAY,
    a_customer,
    a_hold,
    a_note,
    an_allocation,
    an_entity,
    an_entry,
    an_item,
    books_of_one_firm,
)


class _Stopped(Exception):  # noqa: N818 - not a fault, an interruption
    pass


@pytest.fixture
def books() -> SqliteBooks:
    return books_of_one_firm()


def test_sqlite_books_are_what_use_cases_need() -> None:
    books: Books = open_books()  # the type checker reads this line

    assert books.entities.all() == []


def test_a_group_that_fails_leaves_no_trace(books: SqliteBooks) -> None:
    with pytest.raises(_Stopped), books.atomic():
        books.settings.set("language", "fr")
        books.ledger.save_entries([an_entry()])
        raise _Stopped

    assert books.settings.get("language") == ""
    assert books.ledger.entries(ENTITY_ID) == []


def test_a_group_is_kept_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "relance.db"
    books = open_books(path)
    with books.atomic():
        books.settings.set("language", "fr")
    books.close()

    assert open_books(path).settings.get("language") == "fr"


def test_an_inner_group_that_fails_spares_the_outer_one(books: SqliteBooks) -> None:
    with books.atomic():
        books.settings.set("outer", "kept")
        with pytest.raises(_Stopped), books.atomic():
            books.settings.set("inner", "lost")
            with books.atomic():
                books.settings.set("innermost", "lost")
            raise _Stopped

    names = ("outer", "inner", "innermost")
    assert [books.settings.get(name) for name in names] == ["kept", "", ""]


def test_an_outer_group_that_fails_takes_the_inner_one_along(
    books: SqliteBooks,
) -> None:
    with pytest.raises(_Stopped), books.atomic():
        with books.atomic():
            books.settings.set("inner", "lost")
        raise _Stopped

    assert books.settings.get("inner") == ""


def test_a_group_keeps_other_writers_out_from_its_start(tmp_path: Path) -> None:
    path = tmp_path / "relance.db"
    books, other = open_books(path), open_books(path)
    other._connection.execute("PRAGMA busy_timeout = 0")

    with books.atomic(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.settings.set("language", "fr")


def test_a_reader_sees_nothing_of_a_group_before_its_end(tmp_path: Path) -> None:
    path = tmp_path / "relance.db"
    books, other = open_books(path), open_books(path)

    with books.atomic():
        books.settings.set("language", "fr")
        assert other.settings.get("language") == ""

    assert other.settings.get("language") == "fr"


def test_what_hangs_on_an_unknown_customer_is_refused(books: SqliteBooks) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        books.agreements.save_hold(a_hold(customer_id=CustomerId("nobody")))


def test_a_group_with_an_allocation_to_no_item_is_refused(books: SqliteBooks) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"), books.atomic():
        books.ledger.replace_allocations(ENTITY_ID, [an_allocation()])

    books.settings.set("still", "usable")


def test_a_french_date_does_not_enter_the_books(books: SqliteBooks) -> None:
    books.agreements.save_hold(a_hold())

    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        books._connection.execute("UPDATE holds SET starts_on = '31/03/2026'")


@pytest.mark.parametrize("amount", [12.5, "12,50", None])
def test_an_amount_that_is_not_whole_cents_does_not_enter_the_books(
    books: SqliteBooks, amount: object
) -> None:
    books.ledger.replace_items(ENTITY_ID, [an_item()])

    with pytest.raises(sqlite3.IntegrityError):
        books._connection.execute("UPDATE items SET invoiced_cents = ?", (amount,))


def test_a_moment_of_another_time_zone_does_not_enter_the_books(
    books: SqliteBooks,
) -> None:
    books.agreements.save_note(a_note())

    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        books._connection.execute(
            "UPDATE notes SET written_at = '2026-03-31T10:00:00+02:00'"
        )


def test_the_oldest_date_python_knows_enters_the_books(books: SqliteBooks) -> None:
    books.ledger.save_entries([an_entry(entry_on=date.min)])

    assert books.ledger.entries_of(CUSTOMER_ID)[0].entry_on == date.min


def test_books_that_hold_together_have_nothing_to_report(books: SqliteBooks) -> None:
    books.outbox.save_document("lettre.pdf", "application/pdf", b"%PDF" * 50)
    books.ledger.save_entries(
        [
            an_entry(piece="FA-001", cents=120_00),
            an_entry(piece="RG-001", cents=-50_00),
            an_entry(piece="FA-002", cents=10_00, gone_on=TODAY),
        ]
    )
    books.ledger.replace_items(
        ENTITY_ID,
        [
            an_item(reference="FA-001", cents=120_00, settled=Money(50_00)),
            an_item(reference="RG-001", cents=-50_00, settled=Money(-50_00)),
            an_item(reference="FA-002", cents=10_00, settled=Money(10_00)),
        ],
    )
    books.ledger.replace_allocations(ENTITY_ID, [an_allocation(cents=50_00)])

    assert books.check() == []


def test_items_that_differ_from_their_entries_are_reported(books: SqliteBooks) -> None:
    books.ledger.save_entries([an_entry(cents=120_00)])
    books.ledger.replace_items(ENTITY_ID, [an_item(cents=100_00)])

    (fault,) = books.check()

    assert "customer C001 leave 100.00 EUR" in fault
    assert "entries add up to 120.00 EUR" in fault


def test_an_item_settled_by_nothing_is_reported(books: SqliteBooks) -> None:
    books.ledger.save_entries([an_entry(cents=100_00), an_entry(piece="AV", cents=-1)])
    books.ledger.replace_items(
        ENTITY_ID,
        [an_item(settled=Money(20_01)), an_item(reference="AV", cents=-1)],
    )

    assert (
        "Item FA-001 of customer C001 is settled for another amount than its payments."
        in books.check()
    )


def test_a_document_that_changed_is_reported(books: SqliteBooks) -> None:
    books.outbox.save_document("lettre.pdf", "application/pdf", b"%PDF" * 50)
    books._connection.execute("UPDATE documents SET content = x'00'")

    assert books.check() == ["Document lettre.pdf is no longer what was saved."]


def test_a_row_that_names_nothing_is_reported(books: SqliteBooks) -> None:
    books._connection.execute("PRAGMA foreign_keys = OFF")
    books.customers.save_many([a_customer(code="C002", profile_id="none")])

    assert books.check() == [
        "Rows of customers name rows of profiles that do not exist."
    ]


def test_two_firms_keep_their_books_apart(books: SqliteBooks) -> None:
    books.entities.save(an_entity(id="other", name="Autre"))
    theirs = a_customer(entity_id="other")
    books.customers.save_many([theirs])
    books.ledger.save_entries(
        [an_entry(), an_entry(piece="X", entity_id="other", customer_id=theirs.id)]
    )

    assert [e.piece for e in books.ledger.entries(ENTITY_ID)] == ["FA-001"]
    assert [c.id for c in books.customers.all(ENTITY_ID)] == [CUSTOMER_ID]
