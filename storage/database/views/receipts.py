"""« Encaissements »: the credits of customers' accounts."""

import sqlite3
from datetime import date

from domain.basics.identifiers import CustomerId, EntityId, ItemId
from domain.basics.listing import ListPage, ListQuery
from domain.basics.money import Money
from domain.ledger.receipt import Receipt, ReceiptKind
from storage.database.codec import Row
from storage.database.views.pieces import LEVELS
from storage.database.views.reading import Condition, Piece, View, read_page

# NOTE: domain.ledger.learnt_terms tells a credit note by the journal of the invoice
# that it settles; here the journal alone tells, as a credit may settle nothing yet.
# A journal of invoices holds mostly debits; « OD » is what accountants call the
# journal of what is neither a sale nor a payment.
_SALES = """
    SELECT journal FROM entries
    WHERE entity_id = :entity AND opens_on IS NULL AND journal <> ''
    GROUP BY journal
    HAVING sum(debit_cents > credit_cents) > sum(credit_cents > debit_cents)"""
_KIND = """CASE WHEN sales.journal IS NOT NULL OR upper(entries.journal) LIKE 'OD%'
    THEN 'credit_note' ELSE 'payment' END"""

_SETTLED = f"""
    SELECT credit_id, max(level) AS level
    FROM allocations JOIN ({LEVELS}) AS levels ON levels.item_id = debit_id
    GROUP BY credit_id"""
_LEVEL = "coalesce(settled.level, 0)"

_MODE = "coalesce(nullif(entries.payment_mode, ''), customers.payment_mode)"
_IS_AUTOMATIC = f"""{_MODE} IN (
    SELECT code FROM payment_modes WHERE entity_id = :entity AND is_automatic)"""
_AMOUNT = "(entries.credit_cents - entries.debit_cents)"

_VIEW = View(
    source="entries JOIN customers ON customers.id = entries.customer_id",
    pieces={
        "sales": Piece(
            worked_out=_SALES, join="LEFT JOIN sales ON sales.journal = entries.journal"
        ),
        "settled": Piece(
            worked_out=_SETTLED,
            join="LEFT JOIN settled ON settled.credit_id = entries.id",
        ),
    },
    # NOTE: the credits that domain.dashboard.key_figures.paid_lately adds up.
    where="entries.entity_id = :entity AND credit_cents > debit_cents"
    " AND gone_on IS NULL AND opens_on IS NULL AND entries.entry_on <= :today",
    key="entries.id",
    currency="entries.currency",
    columns=(
        "customers.id",
        "code",
        "name",
        "entries.entry_on",
        _KIND,
        _IS_AUTOMATIC,
        _MODE,
        "entries.label",
        _LEVEL,
        _AMOUNT,
    ),
    totals={"amount": f"{_AMOUNT}"},
    sorts={
        "on": ("entries.entry_on",),
        "customer": ("search_name",),
        "code": ("sort_key",),
        "kind": (_KIND,),
        "nature": (_IS_AUTOMATIC,),
        "mode": (_MODE,),
        "label": ("entries.label",),
        "level": (_LEVEL,),
        "amount": (_AMOUNT,),
    },
    filters={
        "on": "entries.entry_on",
        "kind": _KIND,
        "nature": {
            "automatic": _IS_AUTOMATIC,
            "manual": f"NOT {_IS_AUTOMATIC}",
        },
        "level": f"CAST({_LEVEL} AS TEXT)",
        "amount": _AMOUNT,
    },
    tie=(
        "sort_key",
        "entries.id",
    ),
    of_customers="SELECT customer_id FROM entries"
    " WHERE id IN (SELECT value FROM json_each(:keys))",
    of_items="SELECT debit_id FROM allocations"
    " WHERE credit_id IN (SELECT value FROM json_each(:keys))",
)


def receipt_lines(
    connection: sqlite3.Connection,
    entity_id: EntityId,
    today: date,
    query: ListQuery,
    searched: Condition,
) -> ListPage[Receipt]:
    """Read one page of what customers paid, or were credited."""
    values = {"entity": entity_id, "today": today.isoformat()}
    page = read_page(connection, _VIEW, query, searched, values)
    return ListPage(
        lines=[_receipt(row) for row in page.rows],
        count=page.count,
        totals=page.totals,
    )


def _receipt(row: Row) -> Receipt:
    key, currency, customer, code, name, on, kind, automatic, *rest = row
    mode, label, level, cents = rest
    return Receipt(
        entry_id=ItemId(key),
        customer_id=CustomerId(customer),
        code=code,
        name=name,
        received_on=date.fromisoformat(on),
        kind=ReceiptKind(kind),
        is_automatic=bool(automatic),
        payment_mode=mode,
        label=label,
        level=level,
        amount=Money(cents, currency),
    )
