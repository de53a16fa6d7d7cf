"""« Promesses » and « Litiges »: what was agreed or contested, one line each."""

import sqlite3
from datetime import date

from domain.basics.identifiers import CustomerId, EntityId
from domain.basics.listing import ListPage, ListQuery
from domain.basics.money import EUR, Money
from domain.customers.agreement_lines import DisputeLine, PromiseLine, PromiseState
from storage.database.codec import Row
from storage.database.views.pieces import LEVELS, REACHED, accounts, common_values
from storage.database.views.promise_fates import FATES, fate_rows
from storage.database.views.reading import Condition, Piece, View, read_page

_URGENCY = "CASE fates.state {} END".format(
    " ".join(f"WHEN '{state}' THEN {rank}" for rank, state in enumerate(PromiseState))
)
_OVERDUE = "coalesce(accounts.overdue_cents, 0)"


def _level(agreement: str) -> str:
    """Write the level of an agreement's invoice, or of the whole account."""
    return (
        f"CASE WHEN {agreement}.item_id IS NULL THEN coalesce(reached.level, 0)"
        " ELSE coalesce(levels.level, 0) END"
    )


def _shared(agreement: str, of_account: str = "") -> dict[str, Piece]:
    """Give the pieces that both lists join to their own table."""
    return {
        "levels": Piece(
            worked_out=LEVELS,
            join=f"LEFT JOIN levels ON levels.item_id = {agreement}.item_id",
        ),
        "reached": Piece(
            worked_out=REACHED.replace("{of_items}", ""),
            join=f"LEFT JOIN reached ON reached.customer_id = {agreement}.customer_id",
        ),
        "accounts": Piece(
            worked_out=accounts(()),
            join="LEFT JOIN accounts ON"
            f" accounts.customer_id = {agreement}.customer_id {of_account}",
        ),
    }


def _source(agreement: str) -> str:
    return (
        f"{agreement} JOIN customers ON customers.id = {agreement}.customer_id"
        f" LEFT JOIN items ON items.id = {agreement}.item_id"
    )


def _of(agreement: str, column: str) -> str:
    return (
        f"SELECT {column} FROM {agreement}"
        " WHERE id IN (SELECT value FROM json_each(:keys))"
    )


_PROMISES = View(
    source=_source("promises"),
    pieces={
        "fates": Piece(
            worked_out=FATES, join="JOIN fates ON fates.promise_id = promises.id"
        ),
        **_shared("promises", "AND accounts.currency = promises.currency"),
    },
    where="promises.entity_id = :entity",
    key="promises.id",
    currency="promises.currency",
    columns=(
        "customers.id",
        "code",
        "name",
        "salesperson",
        "items.reference",
        _level("promises"),
        _OVERDUE,
        "promises.promised_for",
        "promises.amount_cents",
        "fates.received_cents",
        "fates.state",
    ),
    totals={
        # A customer that promised three times is late with its account once.
        "overdue": f"CASE row_number() OVER (PARTITION BY promises.customer_id,"
        f" promises.currency) WHEN 1 THEN {_OVERDUE} ELSE 0 END",
        "amount": "promises.amount_cents",
        "received": "fates.received_cents",
    },
    sorts={
        "customer": ("search_name",),
        "code": ("sort_key",),
        "salesperson": ("salesperson",),
        "reference": ("items.reference",),
        "level": (_level("promises"),),
        "overdue": (_OVERDUE,),
        "promised_for": ("promises.promised_for",),
        "amount": ("promises.amount_cents",),
        "received": ("fates.received_cents",),
        "state": (_URGENCY, "promises.promised_for"),
    },
    filters={
        "state": "fates.state",
        "salesperson": "salesperson",
        "promised_for": "promises.promised_for",
        "level": f"CAST({_level('promises')} AS TEXT)",
        "amount": "promises.amount_cents",
    },
    tie=(
        "promises.promised_for",
        "sort_key",
        "promises.id",
    ),
    of_customers=_of("promises", "customer_id"),
    of_items=_of("promises", "item_id"),
    is_worked_out=True,
)

_DUE = """CASE WHEN disputes.item_id IS NULL THEN coalesce(accounts.balance_cents, 0)
    ELSE coalesce(items.invoiced_cents - items.settled_cents, 0) END"""
_DISPUTES = View(
    source=_source("disputes"),
    pieces=_shared("disputes", "AND disputes.item_id IS NULL"),
    where="disputes.entity_id = :entity AND opened_on <= :today"
    " AND (closed_on IS NULL OR closed_on > :today)",
    key="disputes.id",
    currency=f"coalesce(items.currency, accounts.currency, '{EUR}')",
    columns=(
        "customers.id",
        "code",
        "name",
        "items.reference",
        "disputes.reason",
        "disputes.opened_on",
        _level("disputes"),
        _DUE,
    ),
    totals={"due": _DUE},
    sorts={
        "code": ("sort_key",),
        "customer": ("search_name",),
        "reference": ("items.reference",),
        "reason": ("disputes.reason",),
        "opened_on": ("disputes.opened_on",),
        "level": (_level("disputes"),),
        "due": (_DUE,),
    },
    filters={
        "about": {
            "item": "disputes.item_id IS NOT NULL",
            "account": "disputes.item_id IS NULL",
        },
        "opened_on": "disputes.opened_on",
        "level": f"CAST({_level('disputes')} AS TEXT)",
        "due": _DUE,
    },
    tie=(
        "sort_key",
        "disputes.opened_on",
        "disputes.id",
    ),
    of_customers=_of("disputes", "customer_id"),
    of_items=_of("disputes", "item_id"),
)


def promise_lines(
    connection: sqlite3.Connection,
    entity_id: EntityId,
    today: date,
    query: ListQuery,
    searched: Condition,
) -> ListPage[PromiseLine]:
    """Read one page of the promises."""
    values = {
        **common_values(entity_id, today),
        "fates": fate_rows(connection, entity_id, today),
    }
    page = read_page(connection, _PROMISES, query, searched, values)
    return ListPage(
        lines=[_promise(row) for row in page.rows],
        count=page.count,
        totals=page.totals,
    )


def dispute_lines(
    connection: sqlite3.Connection,
    entity_id: EntityId,
    today: date,
    query: ListQuery,
    searched: Condition,
) -> ListPage[DisputeLine]:
    """Read one page of the open disputes."""
    values = common_values(entity_id, today)
    page = read_page(connection, _DISPUTES, query, searched, values)
    return ListPage(
        lines=[_dispute(row) for row in page.rows],
        count=page.count,
        totals=page.totals,
    )


def _promise(row: Row) -> PromiseLine:
    key, currency, customer, code, name, salesperson, reference, level, *rest = row
    overdue, day, amount, received, state = rest
    return PromiseLine(
        promise_id=key,
        customer_id=CustomerId(customer),
        code=code,
        name=name,
        salesperson=salesperson,
        reference=reference or "",
        level=level,
        overdue=Money(overdue, currency),
        promised_for=date.fromisoformat(day),
        amount=Money(amount, currency),
        received=Money(received, currency),
        state=PromiseState(state),
    )


def _dispute(row: Row) -> DisputeLine:
    key, currency, customer, code, name, reference, reason, day, level, due = row
    return DisputeLine(
        dispute_id=key,
        customer_id=CustomerId(customer),
        code=code,
        name=name,
        reference=reference or "",
        reason=reason,
        opened_on=date.fromisoformat(day),
        level=level,
        due=Money(due, currency),
    )
