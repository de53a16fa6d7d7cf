"""What became of a firm's promises: the rule of domain.customers.keeping, in bulk."""

import json
import sqlite3
from collections import defaultdict
from datetime import date

from domain.basics.identifiers import CustomerId, EntityId, ItemId
from domain.customers.agreement_lines import PromiseState
from domain.customers.agreements import Promise
from domain.customers.keeping import Fate, fates
from domain.ledger.allocation import Allocation
from domain.ledger.open_item import OpenItem
from storage.database.table import Table
from storage.database.views.reading import listed

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


def kept_early(connection: sqlite3.Connection, entity_id: EntityId, today: date) -> str:
    """List the promises already kept, of customers whose promises are to come."""
    found = _read(connection, entity_id, today, _TO_COME)
    kept = (name for name, fate in found.items() if fate.state is PromiseState.KEPT)
    return listed(kept)


def _read(
    connection: sqlite3.Connection, entity_id: EntityId, today: date, chosen: str
) -> dict[str, Fate]:
    """Read promises with the payments that may have kept them, and tell."""
    by_customer: dict[CustomerId, list[Promise]] = defaultdict(list)
    promises = Table(connection, "promises", Promise).select(
        f"WHERE entity_id = :entity AND {chosen}",
        entity=entity_id,
        today=today.isoformat(),
    )
    for promise in promises:
        by_customer[promise.customer_id].append(promise)
    if not promises:
        return {}
    items: dict[CustomerId, list[OpenItem]] = defaultdict(list)
    for item in Table(connection, "items", OpenItem).select(
        "WHERE entity_id = :entity AND (state = 'open' OR invoiced_cents < 0"
        " AND invoice_on >= :first)"
        " AND customer_id IN (SELECT value FROM json_each(:customers))",
        entity=entity_id,
        first=min(promise.made_on for promise in promises).isoformat(),
        customers=listed(by_customer),
    ):
        items[item.customer_id].append(item)
    allocations: dict[ItemId, list[Allocation]] = defaultdict(list)
    for allocation in Table(
        connection, "allocations", Allocation, key=("debit_id", "credit_id")
    ).select(
        "WHERE debit_id IN (SELECT value FROM json_each(:promised))",
        promised=listed({p.item_id for p in promises if p.item_id}),
    ):
        allocations[allocation.debit_id].append(allocation)
    found: dict[str, Fate] = {}
    for customer_id, made in by_customer.items():
        about = {promise.item_id for promise in made if promise.item_id}
        theirs = [one for item_id in about for one in allocations[item_id]]
        found |= fates(made, items[customer_id], theirs, today)
    return found
