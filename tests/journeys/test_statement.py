"""« Relevé de compte »: what is open, as a letter and as a table."""

from dataclasses import replace

import pytest

from domain.basics.money import Money
from domain.ledger.open_item import ItemState
from domain.usecases.editing_texts import follow_shipped
from domain.usecases.statement import (
    NothingOpenError,
    compose_statements,
    statement_tables,
)
from storage.database.books import SqliteBooks
from storage.documents.templates import shipped_texts
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    TODAY,
    a_customer,
    an_item,
    books_of_one_firm,
)
from tests.paper import pages_of

LATE = an_item(reference="FA-1", days_late=40, cents=100_00)
TO_COME = an_item(reference="FA-2", days_late=-20, cents=50_00)
CREDIT = an_item(reference="AV-1", days_late=5, cents=-10_00)
DOLLARS = an_item(
    reference="US-1", invoiced=Money(7_00, "USD"), settled=Money(0, "USD")
)
PAID = replace(
    an_item(reference="FA-0"), settled=Money(120_00), state=ItemState.SETTLED
)


@pytest.fixture
def books() -> SqliteBooks:
    books = books_of_one_firm()
    follow_shipped(books, shipped_texts())
    books.ledger.replace_items(ENTITY_ID, [LATE, TO_COME, CREDIT, PAID, DOLLARS])
    return books


def test_a_statement_lists_what_is_open_and_its_lines_add_up_to_its_total(
    books: SqliteBooks,
) -> None:
    euros, _dollars = compose_statements(books, CUSTOMER_ID, TODAY)

    assert [line.reference for line in euros.lines] == ["FA-1", "AV-1", "FA-2"]
    assert euros.total == euros.lines[-1].carried == "140,00\u00a0€"
    assert euros.payment is not None
    assert euros.payment.amount == euros.total
    assert "Échu à ce jour\u00a0: 90,00\u00a0€" in euros.paragraphs_after[0]


def test_each_currency_has_its_own_statement(books: SqliteBooks) -> None:
    _euros, dollars = compose_statements(books, CUSTOMER_ID, TODAY)

    assert "(USD)" in dollars.subject
    assert [line.reference for line in dollars.lines] == ["US-1"]
    tables = statement_tables(books, CUSTOMER_ID, TODAY)
    assert {name: table.totals["left"] for name, table in tables.items()} == {
        "EUR": Money(140_00),
        "USD": Money(7_00, "USD"),
    }


def test_a_customer_reads_it_in_its_language(books: SqliteBooks) -> None:
    books.customers.save_many([a_customer(language="en")])

    statement = compose_statements(books, CUSTOMER_ID, TODAY)[0]

    assert statement.subject == "Statement of account on 31\u00a0March\u00a02026"
    assert statement.headings["total"] == "Balance of your account"


def test_an_account_in_credit_is_asked_for_nothing(books: SqliteBooks) -> None:
    books.ledger.replace_items(ENTITY_ID, [CREDIT])

    (statement,) = compose_statements(books, CUSTOMER_ID, TODAY)

    assert statement.headings["total"] == "Solde en votre faveur"
    assert statement.payment is None
    assert len(statement.paragraphs_after) == 2


def test_nothing_open_makes_no_statement(books: SqliteBooks) -> None:
    books.ledger.replace_items(ENTITY_ID, [PAID])

    with pytest.raises(NothingOpenError):
        compose_statements(books, CUSTOMER_ID, TODAY)


def test_it_is_printed_as_a_letter(books: SqliteBooks) -> None:
    from storage.documents.maker import DocumentMaker

    statements = compose_statements(books, CUSTOMER_ID, TODAY)
    text = "\n".join(pages_of(DocumentMaker().letter_batch(statements).pdf))

    assert "Relevé de compte au 31" in text
    assert "Solde de votre compte" in text
