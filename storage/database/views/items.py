"""« Échéances »: a line per open item, credits not used up included."""

import sqlite3
from datetime import date

from domain.basics.identifiers import CustomerId, EntityId, ItemId
from domain.basics.listing import ListPage, ListQuery
from domain.basics.money import Money
from domain.customers.customer_line import CustomerState
from domain.customers.item_line import ItemLine
from domain.ledger.entity import DunningOptions
from domain.ledger.entry import DueOrigin
from storage.database.codec import Row
from storage.database.views.pieces import (
    ITEM_DISPUTED,
    ITEM_PROMISED,
    ITEM_STOPPED,
    LEVELS,
    PROFILES,
    TO_CHASE,
    chase_values,
    common_values,
)
from storage.database.views.reading import Condition, Piece, View, read_page

_STATES = tuple(CustomerState)
_LEFT = "items.invoiced_cents - items.settled_cents"
# NOTE: as ItemRow.state tells it, save that what was agreed shows whatever the
# firm's options do with it.
_URGENCY = f"""
    CASE WHEN {ITEM_STOPPED} THEN 0
        WHEN {ITEM_DISPUTED} THEN 1
        WHEN {_LEFT} > 0 AND {ITEM_PROMISED} THEN 2
        WHEN {_LEFT} < 0 THEN 5
        WHEN items.due_on < :today THEN 3
        ELSE 4 END"""
_MODE = "coalesce(nullif(items.payment_mode, ''), customers.payment_mode)"
VIEW = View(
    source="items",
    pieces={
        "customers": Piece(join="JOIN customers ON customers.id = items.customer_id"),
        "profiles": PROFILES,
        "levels": Piece(
            worked_out=LEVELS, join="LEFT JOIN levels ON levels.item_id = items.id"
        ),
    },
    where="items.entity_id = :entity AND items.state = 'open'",
    key="items.id",
    currency="items.currency",
    columns=(
        "items.customer_id",
        "customers.code",
        "customers.name",
        "coalesce(profiles.name, '')",
        "customers.salesperson",
        "customers.free_1",
        "customers.free_2",
        _MODE,
        "items.reference",
        "items.label",
        "items.invoice_on",
        "items.due_on",
        "items.due_origin",
        "items.due_rests_on",
        "items.invoiced_cents",
        "items.settled_cents",
        "coalesce(levels.level, 0)",
        "levels.reached_on",
        _URGENCY,
    ),
    totals={
        "invoiced": "items.invoiced_cents",
        "settled": "items.settled_cents",
        "left": _LEFT,
    },
    sorts={
        "code": ["customers.sort_key"],
        "customer": ["customers.search_name"],
        "profile": ["profiles.name"],
        "salesperson": ["customers.salesperson"],
        "free_1": ["customers.free_1"],
        "free_2": ["customers.free_2"],
        "payment_mode": [_MODE],
        "reference": ["items.reference"],
        "label": ["items.label"],
        "invoice_on": ["items.invoice_on"],
        "due_on": ["items.due_on IS NULL", "items.due_on"],
        "late": ["max(0, coalesce(julianday(:today) - julianday(items.due_on), 0))"],
        "invoiced": ["items.invoiced_cents"],
        "settled": ["items.settled_cents"],
        "left": [_LEFT],
        "level": ["coalesce(levels.level, 0)"],
        "level_on": ["levels.reached_on"],
        "state": [_URGENCY],
    },
    filters={
        "due": {
            "late": f"{_LEFT} > 0 AND items.due_on < :today",
            "to_come": f"{_LEFT} > 0 AND coalesce(items.due_on >= :today, TRUE)",
            "credit": f"{_LEFT} < 0",
        },
        "chased": {"yes": TO_CHASE, "no": f"NOT coalesce({TO_CHASE}, FALSE)"},
        "level": "CAST(coalesce(levels.level, 0) AS TEXT)",
        "profile": "profiles.id",
        "salesperson": "customers.salesperson",
        "followed": {
            "yes": "customers.is_followed",
            "no": "NOT customers.is_followed",
        },
        "category": "customers.category",
        "free_1": "customers.free_1",
        "free_2": "customers.free_2",
        "payment_mode": _MODE,
        "state": {
            state.value: f"{_URGENCY} = {rank}" for rank, state in enumerate(_STATES)
        },
        "disputed": {"yes": ITEM_DISPUTED, "no": f"NOT {ITEM_DISPUTED}"},
        "origin": "items.due_origin",
        "due_on": "items.due_on",
        "invoice_on": "items.invoice_on",
        "left": _LEFT,
    },
    tie=("items.id",),
    of_customers="SELECT customer_id FROM items"
    " WHERE id IN (SELECT value FROM json_each(:keys))",
    of_items="SELECT value FROM json_each(:keys)",
)


def item_lines(
    connection: sqlite3.Connection,
    entity_id: EntityId,
    today: date,
    query: ListQuery,
    searched: Condition,
    options: DunningOptions,
) -> ListPage[ItemLine]:
    """Read one page of a firm's open items, and the totals of all its pages."""
    values = {
        **common_values(entity_id, today),
        **chase_values(connection, entity_id, today, options),
    }
    page = read_page(connection, VIEW, query, searched, values)
    return ListPage(
        lines=[_line(row, today) for row in page.rows],
        count=page.count,
        totals=page.totals,
    )


def _line(row: Row, today: date) -> ItemLine:
    key, currency, customer_id, code, customer, profile, salesperson, *rest = row
    first, second, mode, reference, label, invoice_on, due_on, *rest = rest
    origin, rests_on, invoiced, settled, level, level_on, urgency = rest
    due = date.fromisoformat(due_on) if due_on else None
    return ItemLine(
        item_id=ItemId(key),
        customer_id=CustomerId(customer_id),
        code=code,
        customer=customer,
        profile=profile,
        salesperson=salesperson,
        free=(first, second),
        payment_mode=mode,
        reference=reference,
        label=label,
        invoice_on=date.fromisoformat(invoice_on),
        due_on=due,
        due_origin=DueOrigin(origin),
        due_rests_on=rests_on,
        invoiced=Money(invoiced, currency),
        settled=Money(settled, currency),
        left=Money(invoiced - settled, currency),
        days_overdue=max(0, (today - due).days) if due else 0,
        level=level,
        level_on=date.fromisoformat(level_on) if level_on else None,
        state=_STATES[urgency],
    )
