"""What several lists are made of: accounts, levels, agreements in force."""

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

from domain.basics.identifiers import EntityId
from domain.customers.activity import CONTACT_KINDS
from domain.ledger.entity import DunningOptions
from storage.database.activities import STILL_COUNTS
from storage.database.table import Value
from storage.database.views.promise_fates import kept_early
from storage.database.views.reading import Late, Piece, Values, listed

NEW_DAYS = 7
"""« NOUV »: nothing was overdue so many days ago, and something is now."""

# NOTE: the order of levels is that of SqliteActivityStore.level_history, and what
# moves a level is told by domain.dunning.position.position_from. SQLite gives the
# other columns of the row that holds the greatest value.
LEVELS = f"""
    SELECT item_id, level, reached_on,
        max(reached_on || recorded_at || printf('%016x', rowid)) AS latest
    FROM level_changes
    WHERE entity_id = :entity AND kind = 'reminder'
        AND {STILL_COUNTS}{{of_items}}
    GROUP BY item_id"""

# CROSS JOIN keeps SQLite from looking every level's item up in the table.
REACHED = f"""
    SELECT customer_id, max(level) AS level,
        max(CASE WHEN level > 0 THEN reached_on END) AS reached_on
    FROM items CROSS JOIN ({LEVELS}) AS levels ON levels.item_id = items.id
    WHERE entity_id = :entity AND state = 'open'
        AND invoiced_cents > settled_cents{{of_customers}}
    GROUP BY customer_id"""

CONTACTED = """
    SELECT customer_id, max(happened_on) AS last_contact_on
    FROM activities WHERE entity_id = :entity
        AND kind IN (SELECT value FROM json_each(:contact_kinds))
        AND id NOT IN (SELECT activity_id FROM undone_activities){of_customers}
    GROUP BY customer_id"""

# NOTE: the choice of domain.customers.customer.dunning_contact.
RECIPIENTS = """
    SELECT customer_id, email, name, phone FROM (
        SELECT customer_id, email, phone,
            trim(first_name || ' ' || last_name) AS name, row_number() OVER (
            PARTITION BY customer_id
            ORDER BY is_dunning DESC, is_billing DESC, is_main DESC, rowid) AS rank
        FROM contacts WHERE entity_id = :entity AND email <> ''
            AND lower(coalesce(failed_email, '')) <> lower(email)
            AND removed_on IS NULL{of_customers})
    WHERE rank = 1"""

_HOLDS = """holds WHERE entity_id = :entity
        AND starts_on <= :today
        AND (lifted_on IS NULL OR lifted_on > :today)
        AND (ends_on IS NULL OR ends_on >= :today)"""
_DISPUTES = """disputes WHERE entity_id = :entity
        AND opened_on <= :today AND (closed_on IS NULL OR closed_on > :today)"""
_PROMISES = """promises WHERE entity_id = :entity
        AND cancelled_on IS NULL AND promised_for >= :today
        AND id NOT IN (SELECT value FROM json_each(:kept_promises))"""
# What hangs on an item no longer matters once the item is settled.
_ON_OPEN_ITEM = """
    (item_id IS NULL OR EXISTS (SELECT 1 FROM items AS about
        WHERE about.id = item_id AND about.state = 'open'))"""

STOPPED = f"SELECT customer_id FROM {_HOLDS} AND item_id IS NULL"
DISPUTING = f"SELECT customer_id FROM {_DISPUTES} AND {_ON_OPEN_ITEM}"
PROMISING = f"SELECT customer_id FROM {_PROMISES} AND {_ON_OPEN_ITEM}"

_WHOLE = "AND item_id IS NULL"
_PART = "AND item_id IS NOT NULL"
ITEM_STOPPED = f"""
    (items.customer_id IN ({STOPPED})
     OR items.id IN (SELECT item_id FROM {_HOLDS} {_PART}))"""
ITEM_DISPUTED = f"""
    (items.customer_id IN (SELECT customer_id FROM {_DISPUTES} {_WHOLE})
     OR items.id IN (SELECT item_id FROM {_DISPUTES} {_PART}))"""
ITEM_PROMISED = f"""
    (items.customer_id IN (SELECT customer_id FROM {_PROMISES} {_WHOLE})
     OR items.id IN (SELECT item_id FROM {_PROMISES} {_PART}))"""

_AUTOMATIC = """
    SELECT code FROM payment_modes WHERE entity_id = :entity AND is_automatic"""

# NOTE: an overdue debit that no standing exclusion of domain.dunning.exclusions
# keeps back, a message already waiting and a lacking scenario apart: these say
# something of today's work, not of the customer.
TO_CHASE = f"""
    items.invoiced_cents > items.settled_cents AND items.due_on < :today
    AND items.invoiced_cents - items.settled_cents >= :threshold
    AND items.id NOT IN (SELECT item_id FROM excluded_items)
    AND items.customer_id NOT IN (
        SELECT id FROM customers WHERE entity_id = :entity AND (is_counter_sale
            OR (is_insolvent AND NOT :chase_insolvent)))
    AND items.payment_mode NOT IN ({_AUTOMATIC})
    AND NOT (items.payment_mode = '' AND items.customer_id IN (
        SELECT id FROM customers
        WHERE entity_id = :entity AND payment_mode IN ({_AUTOMATIC})))
    AND NOT {ITEM_STOPPED}
    AND NOT (:dispute_stops AND {ITEM_DISPUTED})
    AND NOT (:promise_stops AND {ITEM_PROMISED})"""

PROFILES = Piece(
    join="LEFT JOIN profiles ON profiles.id = coalesce(customers.profile_id,"
    " (SELECT id FROM profiles WHERE entity_id = :entity AND is_default))"
)


def customers_with(name: str, worked_out: str) -> Piece:
    """Make a piece that has at most a row per customer."""
    return Piece(
        worked_out=worked_out,
        join=f"LEFT JOIN {name} ON {name}.customer_id = customers.id",
    )


def accounts(limits: Sequence[int]) -> str:
    """Write the accounts of customers: a row per customer and currency.

    NOTE: the sums of domain.dashboard.account.account_amounts. Unused credits pay off
    the oldest debits first, so what is left of the debits older than a day is their
    sum less the credits.
    """
    days = sorted({0, NEW_DAYS, *limits})
    late = ", ".join(
        f"max(0, debits_{n} - credit_cents) AS late_{n}_cents" for n in days
    )
    debits = ", ".join(
        "sum(CASE WHEN left_cents > 0 AND due_on < "
        f":late_{n} THEN left_cents ELSE 0 END) AS debits_{n}"
        for n in days
    )
    bounds = [0, *limits]
    ages = ", ".join(
        f"late_{low}_cents - late_{high}_cents AS age_{low}_cents"
        for low, high in pairwise(bounds)
    )
    return f"""
    SELECT customer_id, currency, balance_cents, late_0_cents AS overdue_cents,
        max(balance_cents, 0) - late_0_cents AS to_come_cents,
        late_{NEW_DAYS}_cents = 0 AND late_0_cents > 0 AS is_new,
        {ages}{"," if ages else ""}
        late_{bounds[-1]}_cents AS age_{bounds[-1]}_cents
    FROM (
        SELECT customer_id, currency, balance_cents, {late}
        FROM (
            SELECT customer_id, currency, sum(left_cents) AS balance_cents,
                -sum(min(left_cents, 0)) AS credit_cents, {debits}
            FROM (
                SELECT customer_id, currency, due_on,
                    invoiced_cents - settled_cents AS left_cents
                FROM items
                WHERE entity_id = :entity AND state = 'open'{{of_customers}})
            GROUP BY customer_id, currency))"""


def chase_values(
    connection: sqlite3.Connection,
    entity_id: EntityId,
    today: date,
    options: DunningOptions,
) -> dict[str, Value | Late]:
    """Give what ``TO_CHASE`` and what was promised name: limits, promises kept."""
    return {
        "kept_promises": partial(kept_early, connection, entity_id, today),
        "threshold": options.item_threshold.cents,
        "chase_insolvent": options.chase_insolvent,
        "dispute_stops": options.dispute_stops,
        "promise_stops": options.promise_stops,
    }


def common_values(
    entity_id: EntityId, today: date, limits: Sequence[int] = ()
) -> Values:
    """Give the values that these pieces name."""
    return {
        "entity": entity_id,
        "today": today.isoformat(),
        "contact_kinds": listed(CONTACT_KINDS),
        **{
            f"late_{n}": (today - timedelta(days=n)).isoformat()
            for n in {0, NEW_DAYS, *limits}
        },
    }
