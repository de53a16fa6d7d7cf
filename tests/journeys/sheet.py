"""A customer with two late invoices and a credit, and how its sheet is read."""

from datetime import timedelta

from domain.customers.activity import ActivityKind
from domain.dunning.planned import Plan
from domain.usecases.customer_sheet import CustomerSheet, show_customer
from domain.usecases.situations import gather
from storage.database.books import SqliteBooks
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    TODAY,
    a_contact,
    a_scenario,
    an_item,
    books_of_one_firm,
)

FIRST = an_item(reference="FA-1", days_late=40, cents=100_00)
SECOND = an_item(reference="FA-2", days_late=20, cents=50_00)
CREDIT = an_item(reference="AV-1", days_late=5, cents=-10_00)
LATER = TODAY + timedelta(days=10)


def no_oddity(_address: str) -> str:
    return ""


def filled() -> SqliteBooks:
    books = books_of_one_firm()
    books.scenarios.save_scenario(a_scenario())
    books.customers.save_contacts([a_contact(is_dunning=True)])
    books.ledger.replace_items(ENTITY_ID, [FIRST, SECOND, CREDIT])
    return books


def sheet_of(books: SqliteBooks) -> CustomerSheet:
    return show_customer(books, CUSTOMER_ID, no_oddity, TODAY)


def levels(books: SqliteBooks) -> dict[str, int]:
    return {row.item.id: row.position.level for row in sheet_of(books).rows}


def plans(books: SqliteBooks) -> list[Plan]:
    return gather(books, ENTITY_ID, no_oddity, TODAY).plans()


def last_kind(books: SqliteBooks) -> ActivityKind:
    return books.activities.of(CUSTOMER_ID)[0].kind
