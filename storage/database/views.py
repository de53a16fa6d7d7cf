"""Pages of the lists that screens show, sorted and cut by the database."""

import json
import sqlite3
from datetime import date

from domain.basics.identifiers import CustomerId, EntityId
from domain.basics.money import EUR, CurrenciesMixedError, Money
from domain.customers.activity import CONTACT_KINDS
from domain.customers.customer_line import (
    CustomerFilter,
    CustomerLine,
    CustomerPage,
    CustomerSort,
    CustomerState,
)
from storage.database.activities import STILL_COUNTS
from storage.database.codec import Row

Matching = tuple[str, dict[str, str]]
"""A condition on customers, and the values that it names."""

_ORDERS = {
    CustomerSort.CODE: "sort_key",
    CustomerSort.NAME: "search_name",
    CustomerSort.BALANCE: "balance_cents",
    CustomerSort.OVERDUE: "overdue_cents",
    CustomerSort.TO_COME: "to_come_cents",
    CustomerSort.LEVEL: "level",
    CustomerSort.LAST_CONTACT: "last_contact_on",
    CustomerSort.EMAIL: "email",
    CustomerSort.STATE: "urgency",
}
_FILTERS = {
    CustomerFilter.ALL: "TRUE",
    CustomerFilter.DEBIT: "balance_cents > 0",
    CustomerFilter.OVERDUE: "overdue_cents > 0",
}

# NOTE: the order of levels is that of SqliteActivityStore.level_history, and what
# moves a level is told by domain.dunning.position.position_from.
_LEVELS = f"""
    SELECT item_id, level FROM (
        SELECT item_id, level, row_number() OVER (
            PARTITION BY item_id
            ORDER BY reached_on DESC, recorded_at DESC, rowid DESC) AS rank
        FROM level_changes WHERE entity_id = :entity AND kind = 'reminder'
            AND {STILL_COUNTS})
    WHERE rank = 1"""

# NOTE: the sums of domain.dashboard.account.account_amounts. Unused credits pay off
# the oldest debits first, so whatever is overdue before anything still to come.
_ACCOUNTS = """
    SELECT customer_id, balance_cents, overdue_cents,
        max(balance_cents, 0) - overdue_cents AS to_come_cents,
        currency, other_currency
    FROM (
        SELECT customer_id, sum(left_cents) AS balance_cents,
            max(0, coalesce(sum(left_cents) FILTER (
                WHERE left_cents < 0 OR due_on < :today), 0)) AS overdue_cents,
            min(currency) AS currency, max(currency) AS other_currency
        FROM (
            SELECT customer_id, due_on, currency,
                invoiced_cents - settled_cents AS left_cents
            FROM items WHERE entity_id = :entity AND state = 'open')
        GROUP BY customer_id)"""

_REACHED = """
    SELECT customer_id, max(levels.level) AS level
    FROM levels JOIN items ON items.id = levels.item_id
    WHERE items.entity_id = :entity AND state = 'open'
        AND invoiced_cents > settled_cents
    GROUP BY customer_id"""

_CONTACTED = """
    SELECT customer_id, max(happened_on) AS last_contact_on
    FROM activities WHERE entity_id = :entity
        AND kind IN (SELECT value FROM json_each(:contact_kinds))
        AND id NOT IN (SELECT activity_id FROM undone_activities)
    GROUP BY customer_id"""

# NOTE: the choice of domain.customers.customer.dunning_contact.
_EMAILS = """
    SELECT customer_id, email FROM (
        SELECT customer_id, email, row_number() OVER (
            PARTITION BY customer_id
            ORDER BY is_dunning DESC, is_billing DESC, is_main DESC, rowid) AS rank
        FROM contacts WHERE entity_id = :entity AND email <> ''
            AND removed_on IS NULL)
    WHERE rank = 1"""

# What hangs on an item no longer matters once the item is settled.
_ON_OPEN_ITEM = """
    (item_id IS NULL
     OR item_id IN (SELECT id FROM items WHERE entity_id = :entity AND state = 'open'))
"""
_STOPPED = """
    SELECT customer_id FROM holds WHERE entity_id = :entity AND item_id IS NULL
        AND starts_on <= :today
        AND (lifted_on IS NULL OR lifted_on > :today)
        AND (ends_on IS NULL OR ends_on >= :today)"""
_DISPUTING = f"""
    SELECT customer_id FROM disputes WHERE entity_id = :entity
        AND opened_on <= :today AND (closed_on IS NULL OR closed_on > :today)
        AND {_ON_OPEN_ITEM}"""
_PROMISING = f"""
    SELECT customer_id FROM promises WHERE entity_id = :entity
        AND cancelled_on IS NULL AND promised_for >= :today
        AND {_ON_OPEN_ITEM}"""

# What is in force comes before what is owed, which comes before the rest:
# numbered as CustomerState lists them.
_LINES = f"""
WITH levels AS ({_LEVELS}),
    accounts AS ({_ACCOUNTS}),
    reached AS ({_REACHED}),
    contacted AS ({_CONTACTED}),
    emails AS ({_EMAILS}),
    lines AS (
        SELECT customers.id AS customer_id, code, name, sort_key, search_name,
            coalesce(balance_cents, 0) AS balance_cents,
            coalesce(overdue_cents, 0) AS overdue_cents,
            coalesce(to_come_cents, 0) AS to_come_cents,
            currency, other_currency,
            coalesce(level, 0) AS level, last_contact_on,
            coalesce(email, '') AS email,
            CASE WHEN id IN ({_STOPPED}) THEN 0
                WHEN balance_cents > 0 AND id IN ({_DISPUTING}) THEN 1
                WHEN balance_cents > 0 AND id IN ({_PROMISING}) THEN 2
                WHEN overdue_cents > 0 THEN 3
                WHEN to_come_cents > 0 THEN 4
                WHEN balance_cents < 0 THEN 5
                ELSE 6 END AS urgency
        FROM customers
        LEFT JOIN accounts ON accounts.customer_id = customers.id
        LEFT JOIN reached ON reached.customer_id = customers.id
        LEFT JOIN contacted ON contacted.customer_id = customers.id
        LEFT JOIN emails ON emails.customer_id = customers.id
        WHERE customers.entity_id = :entity AND {{matching}})
"""
_STATES = tuple(CustomerState)


def customer_page(
    connection: sqlite3.Connection,
    entity_id: EntityId,
    today: date,
    *,
    matching: Matching,
    sort: CustomerSort,
    descending: bool,
    limit: int,
    offset: int,
    only: CustomerFilter,
) -> CustomerPage:
    """Read one page of a firm's customers, and the totals of all its pages."""
    condition, values = matching
    values = {
        **values,
        "entity": entity_id,
        "today": today.isoformat(),
        "contact_kinds": json.dumps(CONTACT_KINDS),
    }
    lines = _LINES.format(matching=condition)
    count, balance, overdue, to_come, currency, other_currency = connection.execute(
        f"{lines} SELECT count(*), coalesce(sum(balance_cents), 0),"
        " coalesce(sum(overdue_cents), 0), coalesce(sum(to_come_cents), 0),"
        f" min(currency), max(other_currency) FROM lines WHERE {_FILTERS[only]}",
        values,
    ).fetchone()
    if currency != other_currency:
        raise CurrenciesMixedError(first=currency, second=other_currency)
    currency = currency or EUR
    rows = connection.execute(
        f"{lines} SELECT customer_id, code, name, balance_cents, overdue_cents,"
        " to_come_cents, level, last_contact_on, email, urgency"
        f" FROM lines WHERE {_FILTERS[only]}"
        f" ORDER BY {_ORDERS[sort]} {'DESC' if descending else 'ASC'},"
        " sort_key, customer_id LIMIT :limit OFFSET :offset",
        {**values, "limit": limit, "offset": offset},
    )
    return CustomerPage(
        lines=[_line(row, currency) for row in rows],
        count=count,
        balance=Money(balance, currency),
        overdue=Money(overdue, currency),
        to_come=Money(to_come, currency),
    )


def _line(row: Row, currency: str) -> CustomerLine:
    customer_id, code, name, balance, overdue, to_come, level, day, email, rank = row
    return CustomerLine(
        customer_id=CustomerId(customer_id),
        code=code,
        name=name,
        balance=Money(balance, currency),
        overdue=Money(overdue, currency),
        to_come=Money(to_come, currency),
        level=level,
        last_contact_on=date.fromisoformat(day) if day else None,
        email=email,
        state=_STATES[rank],
    )
