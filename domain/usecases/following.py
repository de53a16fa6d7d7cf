"""Lists of customers and items, as the command line and the workbook give them."""

from dataclasses import dataclass
from datetime import date

from domain.basics.identifiers import CustomerId, EntityId, ItemId
from domain.basics.money import Money
from domain.basics.text import natural_key
from domain.customers.customer import Customer
from domain.customers.customer_line import CustomerState
from domain.dashboard.account import AccountAmounts, account_amounts
from domain.dashboard.key_figures import (
    KeyFigures,
    accounts_of,
    key_figures,
    paid_lately,
)
from domain.dunning.position import position_from
from domain.ledger.import_report import ImportRecord
from domain.ledger.open_item import OpenItem
from domain.ports import Books


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSummary:
    """A customer and its account, on one line."""

    customer: Customer
    amounts: AccountAmounts
    level: int
    email: str
    state: CustomerState


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """The firm in a few figures."""

    figures: KeyFigures
    paid_lately: Money
    customers_by_state: dict[CustomerState, int]
    last_import: ImportRecord | None


def list_customers(
    books: Books, entity_id: EntityId, today: date
) -> list[CustomerSummary]:
    """List every customer with an entry, in order of their codes."""
    with_entries = {e.customer_id for e in books.ledger.entries(entity_id)}
    items = books.ledger.open_items(entity_id)
    accounts = accounts_of(items, today)
    levels = _levels(books, entity_id, items)
    emails = {}
    for contact in books.customers.contacts(entity_id):
        if contact.email and (contact.is_dunning or contact.customer_id not in emails):
            emails[contact.customer_id] = contact.email
    marks = _marks(books, entity_id, {item.id for item in items}, today)
    none = account_amounts([], today)
    customers = sorted(
        (c for c in books.customers.all(entity_id) if c.id in with_entries),
        key=lambda c: natural_key(c.code),
    )
    return [
        CustomerSummary(
            customer=customer,
            amounts=accounts.get(customer.id, none),
            level=levels.get(customer.id, 0),
            email=emails.get(customer.id, ""),
            state=_state(accounts.get(customer.id, none), marks.get(customer.id)),
        )
        for customer in customers
    ]


def _levels(
    books: Books, entity_id: EntityId, items: list[OpenItem]
) -> dict[CustomerId, int]:
    history = books.activities.level_history(entity_id)
    levels: dict[CustomerId, int] = {}
    for item in items:
        level = position_from(history.get(item.id, ())).level
        levels[item.customer_id] = max(level, levels.get(item.customer_id, 0))
    return levels


def _marks(
    books: Books, entity_id: EntityId, open_ids: set[ItemId], today: date
) -> dict[CustomerId, CustomerState]:
    """Find the customers that are stopped, in dispute, or promised to pay.

    What hangs on an item no longer matters once the item is settled.
    """
    about = {None, *open_ids}
    marks: dict[CustomerId, CustomerState] = {}
    for promise in books.agreements.promises(entity_id):
        if promise.is_to_come(today) and promise.item_id in about:
            marks[promise.customer_id] = CustomerState.PROMISE
    for dispute in books.agreements.disputes(entity_id):
        if dispute.is_open_on(today) and dispute.item_id in about:
            marks[dispute.customer_id] = CustomerState.DISPUTE
    for hold in books.agreements.holds(entity_id):
        if hold.holds_on(today) and hold.item_id is None:
            marks[hold.customer_id] = CustomerState.STOPPED
    return marks


def _state(amounts: AccountAmounts, mark: CustomerState | None) -> CustomerState:
    if mark is CustomerState.STOPPED or (mark and amounts.is_debit):
        return mark
    if amounts.balance.cents < 0:
        return CustomerState.CREDIT
    if amounts.overdue:
        return CustomerState.LATE
    return CustomerState.TO_COME if amounts.is_debit else CustomerState.SETTLED


def show_status(books: Books, entity_id: EntityId, today: date) -> StatusView:
    """Add up the firm's figures."""
    entity = books.entities.get(entity_id)
    summaries = list_customers(books, entity_id, today)
    by_state = dict.fromkeys(CustomerState, 0)
    for summary in summaries:
        by_state[summary.state] += 1
    return StatusView(
        figures=key_figures(s.amounts for s in summaries),
        paid_lately=paid_lately(
            books.ledger.entries(entity_id), today, entity.fiscal_year_start_month
        ),
        customers_by_state=by_state,
        last_import=books.imports.last(entity_id),
    )
