"""What became of a firm's promises: the rule of domain.customers.keeping, in bulk."""

import json
import sqlite3
from datetime import date

from domain.basics.identifiers import EntityId
from domain.customers.agreement_lines import PromiseState
from domain.customers.agreements import Promise
from domain.customers.keeping import Fate, fates_by_customer
from storage.database.ledger import SqliteLedgerStore
from storage.database.table import Table, Value
from storage.database.views.reading import Values, listed
from storage.database.views.remembering import remembered

_TO_COME = """customer_id IN (SELECT customer_id FROM promises
    WHERE entity_id = :entity AND cancelled_on IS NULL AND promised_for >= :today)"""

FATES = """
    SELECT json_extract(value, '$[0]') AS promise_id,
        json_extract(value, '$[1]') AS state,
        json_extract(value, '$[2]') AS received_cents
    FROM json_each(:fates)"""


def fate_rows(connection: sqlite3.Connection, entity_id: EntityId, today: date) -> str:
    """Write what became of every promise, as ``FATES`` reads it."""
    found = _read(connection, entity_id, today, "TRUE")
    return json.dumps(
        [(name, fate.state, fate.received.cents) for name, fate in found.items()]
    )


def kept_early(
    connection: sqlite3.Connection,
    entity_id: EntityId,
    today: date,
    chosen: str,
    named: Values,
) -> str:
    """List the promises already kept, of chosen customers with promises to come."""
    found = _read(connection, entity_id, today, f"{_TO_COME} AND {chosen}", **named)
    kept = (name for name, fate in found.items() if fate.state is PromiseState.KEPT)
    return listed(kept)


def _read(
    connection: sqlite3.Connection,
    entity_id: EntityId,
    today: date,
    chosen: str,
    **named: Value,
) -> dict[str, Fate]:
    """Tell what became of the promises of some customers; once until it may change."""
    return remembered(
        connection,
        ("fates", entity_id, today, chosen, *named.values()),
        lambda: _work_out(connection, entity_id, today, chosen, named),
    )


def _work_out(
    connection: sqlite3.Connection,
    entity_id: EntityId,
    today: date,
    chosen: str,
    named: Values,
) -> dict[str, Fate]:
    """Read promises with the payments that may have kept them, and tell."""
    promises = Table(connection, "promises", Promise).select(
        f"WHERE entity_id = :entity AND {chosen}",
        entity=entity_id,
        today=today.isoformat(),
        **named,
    )
    if not promises:
        return {}
    ledger = SqliteLedgerStore(connection)
    first = min(promise.made_on for promise in promises)
    customers = {promise.customer_id for promise in promises}
    return fates_by_customer(
        promises,
        ledger.items_since(entity_id, customers, first),
        ledger.allocations_to({p.item_id for p in promises if p.item_id}),
        today,
    )
