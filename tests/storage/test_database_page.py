from datetime import timedelta

import pytest

from domain.basics.listing import ListPage, ListQuery
from domain.basics.money import Money
from domain.customers.activity import ActivityKind
from domain.customers.customer_line import (
    CustomerLine,
    CustomerState,
)
from domain.dunning.scenario import StepKind
from domain.ledger.open_item import ItemState, OpenItem
from domain.usecases.lists import customers_page
from storage.database.books import SqliteBooks
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
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
    customer_id_of,
)


@pytest.fixture
def books() -> SqliteBooks:
    return books_of_one_firm()


def only_line(books: SqliteBooks) -> CustomerLine:
    (line,) = page(books).lines
    return line


def page(books: SqliteBooks, search: str = "") -> ListPage[CustomerLine]:
    return customers_page(books, ENTITY_ID, TODAY, ListQuery(search=search))


def owe(books: SqliteBooks, *items: OpenItem) -> None:
    books.ledger.replace_items(ENTITY_ID, items)


def test_a_customer_without_items_is_settled(books: SqliteBooks) -> None:
    assert only_line(books) == CustomerLine(
        customer_id=CUSTOMER_ID,
        code="C001",
        name="Client C001",
        profile="Standard",
        salesperson="",
        category="",
        free=("", ""),
        payment_mode="",
        is_followed=False,
        balance=Money(0),
        overdue=Money(0),
        to_come=Money(0),
        ages=(Money(0), Money(0), Money(0)),
        is_new=False,
        level=0,
        level_on=None,
        last_contact_on=None,
        email="",
        contact="",
        phone="",
        score="",
        state=CustomerState.SETTLED,
        note="",
    )


def test_unused_credits_pay_off_what_is_overdue_first(books: SqliteBooks) -> None:
    owe(
        books,
        an_item(reference="late", days_late=1, cents=50_00),
        an_item(reference="today", days_late=0, cents=10_00),
        an_item(reference="no date", due_on=None, cents=100_00),
        an_item(reference="credit", days_late=-5, cents=-20_00),
        an_item(reference="partly", days_late=9, cents=5_00, settled=Money(3_00)),
    )

    line = only_line(books)

    assert line.overdue == Money(32_00)
    assert line.to_come == Money(110_00)
    assert line.balance == Money(142_00)


def test_an_account_in_credit_has_nothing_overdue_nor_to_come(
    books: SqliteBooks,
) -> None:
    owe(
        books,
        an_item(reference="late", days_late=1, cents=1_00),
        an_item(reference="later", days_late=-1, cents=10_00),
        an_item(reference="credit", days_late=5, cents=-12_00),
    )

    line = only_line(books)

    assert (line.overdue, line.to_come) == (Money(0), Money(0))
    assert line.balance == Money(-1_00)


def test_the_level_is_the_highest_among_open_debits(books: SqliteBooks) -> None:
    owe(
        books,
        an_item(reference="A"),
        an_item(reference="B"),
        an_item(reference="credit", cents=-5_00),
        an_item(reference="settled", state=ItemState.SETTLED, settled=Money(120_00)),
    )
    books.activities.record_levels(
        [
            a_level_change(item_id="A", level=4, days_ago=9),
            a_level_change(item_id="A", level=1, days_ago=3),  # lowered by hand
            a_level_change(item_id="B", level=2, days_ago=6),
            a_level_change(item_id="credit", level=5),
            a_level_change(item_id="settled", level=6),
            a_level_change(item_id="B", kind=StepKind.THANK_YOU, level=0, days_ago=0),
        ]
    )

    assert only_line(books).level == 2


def test_the_address_is_that_of_who_receives_reminders(books: SqliteBooks) -> None:
    books.customers.save_contacts(
        [
            a_contact(email="main@client.example.com"),
            a_contact(email="bills@client.example.com", is_billing=True),
            a_contact(email="", is_dunning=True),
        ]
    )

    assert only_line(books).email == "bills@client.example.com"


def test_a_note_is_not_a_contact(books: SqliteBooks) -> None:
    books.activities.record(an_activity(days_ago=3, kind=ActivityKind.REMINDER))
    books.activities.record(an_activity(days_ago=1, kind=ActivityKind.NOTE))

    assert only_line(books).last_contact_on == TODAY - timedelta(days=3)


def test_what_matters_most_is_told(books: SqliteBooks) -> None:
    told = [only_line(books).state]
    owe(books, an_item(cents=-5_00))
    told.append(only_line(books).state)
    owe(books, an_item(days_late=0))
    told.append(only_line(books).state)
    owe(books, an_item(days_late=1))
    told.append(only_line(books).state)
    books.agreements.save_promise(a_promise(promised_for=TODAY))
    told.append(only_line(books).state)
    books.agreements.save_dispute(a_dispute(item_id="FA-001"))
    told.append(only_line(books).state)
    books.agreements.save_hold(a_hold(ends_on=TODAY))
    told.append(only_line(books).state)

    assert told == list(CustomerState)[::-1]


def test_what_is_over_or_about_a_settled_item_no_longer_matters(
    books: SqliteBooks,
) -> None:
    yesterday = TODAY - timedelta(days=1)
    owe(books, an_item(days_late=1))
    for hold in (
        a_hold(ends_on=yesterday),
        a_hold(lifted_on=TODAY),
        a_hold(starts_on=TODAY + timedelta(days=1)),
        a_hold(item_id="FA-001"),
    ):
        books.agreements.save_hold(hold)
    books.agreements.save_dispute(a_dispute(closed_on=TODAY))
    books.agreements.save_dispute(a_dispute(item_id="settled long ago"))
    books.agreements.save_promise(a_promise(promised_for=yesterday))
    books.agreements.save_promise(a_promise(cancelled_on=yesterday))
    books.agreements.save_promise(a_promise(item_id="settled long ago"))

    assert only_line(books).state is CustomerState.LATE


def test_two_currencies_are_not_added_up(books: SqliteBooks) -> None:
    owe(
        books,
        an_item(),
        an_item(reference="CHF", invoiced=Money(1, "CHF"), settled=Money(0, "CHF")),
    )

    found = page(books)

    assert [line.balance for line in found.lines] == [Money(1, "CHF"), Money(120_00)]
    assert found.totals["balance"] == (Money(1, "CHF"), Money(120_00))


def test_a_firm_may_keep_its_books_in_another_currency(books: SqliteBooks) -> None:
    owe(books, an_item(invoiced=Money(7, "CHF"), settled=Money(0, "CHF")))

    found = page(books)

    assert found.totals["balance"] == (Money(7, "CHF"),)
    assert found.lines[0].balance == Money(7, "CHF")


def test_the_search_narrows_lines_and_totals(books: SqliteBooks) -> None:
    books.customers.save_many([a_customer(code="C002", name="Dupont 100 %")])
    owe(
        books,
        an_item(cents=1_00),
        an_item(reference="B", cents=2_00, customer_id=customer_id_of("C002")),
    )

    found = page(books, search="dup %")

    assert [line.code for line in found.lines] == ["C002"]
    assert (found.count, found.totals["balance"]) == (1, (Money(2_00),))
