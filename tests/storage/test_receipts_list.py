from datetime import timedelta

import pytest

from domain.basics.listing import Among, Cents, Days, ListPage, ListQuery
from domain.basics.money import Money
from domain.ledger.payment_modes import PaymentMode
from domain.ledger.receipt import Receipt, ReceiptKind
from storage.database.books import SqliteBooks
from tests.builders import (
    ENTITY_ID,
    TODAY,
    a_customer,
    a_level_change,
    an_allocation,
    an_entry,
    an_item,
    books_of_one_firm,
    customer_id_of,
)

DAY = timedelta(days=1)


@pytest.fixture
def books() -> SqliteBooks:
    """Two invoices, a payment by bank, a credit note and a write-off."""
    books = books_of_one_firm()
    books.ledger.save_entries(
        [
            an_entry(piece="FA-001"),
            an_entry(piece="FA-002"),
            an_entry(piece="RG-001", cents=-120_00, journal="BQ", entry_on=TODAY),
            an_entry(piece="AV-001", cents=-30_00, entry_on=TODAY - DAY),
            an_entry(
                piece="OD-001", cents=-1, journal="OD", entry_on=TODAY - 100 * DAY
            ),
        ]
    )
    return books


def read(books: SqliteBooks, **query: object) -> ListPage[Receipt]:
    asked = ListQuery(**query)  # type: ignore[arg-type]
    return books.lists.receipts(ENTITY_ID, TODAY, asked)


def names(page: ListPage[Receipt]) -> list[str]:
    return [line.entry_id for line in page.lines]


def test_credits_are_listed_and_invoices_are_not(books: SqliteBooks) -> None:
    page = read(books, sort="on", descending=True)

    assert names(page) == ["RG-001", "AV-001", "OD-001"]
    assert page.count == 3
    assert page.totals == {"amount": (Money(150_01),)}


def test_a_credit_in_the_journal_of_invoices_is_a_credit_note(
    books: SqliteBooks,
) -> None:
    kinds = {line.entry_id: line.kind for line in read(books).lines}

    assert kinds == {
        "RG-001": ReceiptKind.PAYMENT,
        "AV-001": ReceiptKind.CREDIT_NOTE,
        "OD-001": ReceiptKind.CREDIT_NOTE,
    }


def test_a_rejected_payment_does_not_make_the_bank_a_journal_of_invoices(
    books: SqliteBooks,
) -> None:
    books.ledger.save_entries([an_entry(piece="REJET", cents=120_00, journal="BQ")])

    page = read(books, filters={"kind": Among(("payment",))})

    assert names(page) == ["RG-001"]


def test_the_level_is_the_highest_of_what_the_payment_settled(
    books: SqliteBooks,
) -> None:
    books.ledger.replace_items(
        ENTITY_ID, [an_item(), an_item(reference="FA-002"), an_item(reference="RG-001")]
    )
    books.ledger.replace_allocations(
        ENTITY_ID, [an_allocation(cents=60_00), an_allocation(debit_id="FA-002")]
    )
    books.activities.record_levels(
        [a_level_change(level=1), a_level_change(item_id="FA-002", level=3)]
    )

    page = read(books, filters={"level": Among(("3",))})

    assert [(line.entry_id, line.level) for line in page.lines] == [("RG-001", 3)]


def test_an_automatic_mode_of_the_entry_or_of_its_customer_makes_it_automatic(
    books: SqliteBooks,
) -> None:
    books.entities.save_payment_modes(
        ENTITY_ID, [PaymentMode(code="PRL", is_automatic=True)]
    )
    books.customers.save_many([a_customer(code="C002", payment_mode="PRL")])
    second = customer_id_of("C002")
    books.ledger.save_entries(
        [
            an_entry(piece="RG-2", cents=-1, journal="BQ", customer_id=second),
            an_entry(piece="RG-3", cents=-1, journal="BQ", payment_mode="PRL"),
        ]
    )

    page = read(books, filters={"nature": Among(("automatic",))})

    assert sorted(names(page)) == ["RG-2", "RG-3"]
    assert all(line.is_automatic for line in page.lines)


def test_a_period_and_an_amount_narrow_the_list_and_its_totals(
    books: SqliteBooks,
) -> None:
    last_90_days = Days(first=TODAY - 90 * DAY)

    page = read(books, filters={"on": last_90_days, "amount": Cents(least=31_00)})

    assert names(page) == ["RG-001"]
    assert page.totals == {"amount": (Money(120_00),)}


def test_openings_and_what_is_dated_later_are_no_receipts(books: SqliteBooks) -> None:
    books.ledger.save_entries(
        [
            an_entry(piece="AN", cents=-5_00, journal="AN", opens_on=TODAY),
            an_entry(piece="TARD", cents=-5_00, journal="BQ", entry_on=TODAY + DAY),
        ]
    )

    assert read(books).count == 3


def test_totals_of_two_currencies_stay_apart(books: SqliteBooks) -> None:
    dollars = an_entry(
        piece="RG-USD", journal="BQ", debit=Money(0, "USD"), credit=Money(7_00, "USD")
    )
    books.ledger.save_entries([dollars])

    totals = read(books).totals["amount"]

    assert set(totals) == {Money(150_01), Money(7_00, "USD")}
