"""Customers and figures, as the command line gives them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from domain.basics.identifiers import EntityId
from domain.basics.listing import ListQuery
from domain.customers.customer_line import CustomerLine, CustomerState
from domain.ledger.import_report import ImportRecord
from domain.ports import Books
from domain.usecases.dashboard import CurrencyFigures, figures_per_currency
from domain.usecases.lists import customers_page

_ALL = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """The firm in a few figures."""

    by_currency: tuple[CurrencyFigures, ...]
    """The currency most used first; amounts of two are never added."""
    customers_by_state: dict[CustomerState, int]
    last_import: ImportRecord | None


def list_customers(
    books: Books, entity_id: EntityId, today: date
) -> list[CustomerLine]:
    """List every customer with an entry, in order of their codes."""
    with_entries = {e.customer_id for e in books.ledger.entries(entity_id)}
    query = ListQuery(sort="code", limit=_ALL)
    page = customers_page(books, entity_id, today, query)
    return [line for line in page.lines if line.customer_id in with_entries]


def show_status(books: Books, entity_id: EntityId, today: date) -> StatusView:
    """Add up the firm's figures, as its home page does."""
    states = Counter(line.state for line in list_customers(books, entity_id, today))
    return StatusView(
        by_currency=figures_per_currency(books, entity_id, today),
        customers_by_state={state: states[state] for state in CustomerState},
        last_import=books.imports.last(entity_id),
    )
