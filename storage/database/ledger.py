"""Keeps entries, open items, and the allocations between them."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date

from domain.basics.identifiers import CustomerId, EntityId, ItemId
from domain.basics.progress import Count, uncounted
from domain.ledger.allocation import Allocation
from domain.ledger.entry import LedgerEntry
from domain.ledger.open_item import OpenItem
from storage.database.table import Table

_OLDEST_DUE_FIRST = "ORDER BY due_on IS NULL, due_on, invoice_on, id"
_ASKED = "entity_id = ?1 AND customer_id IN (SELECT value FROM json_each(?3))"
# Goes through the entity, so that one index serves both questions.
_OF_CUSTOMER = (
    "WHERE entity_id = (SELECT entity_id FROM customers WHERE id = ?1)"
    " AND customer_id = ?1"
)


class SqliteLedgerStore:
    """Entries as imported, and the open items that follow from them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._entries = Table(connection, "entries", LedgerEntry)
        self._items = Table(connection, "items", OpenItem)
        self._allocations = Table(
            connection, "allocations", Allocation, key=("debit_id", "credit_id")
        )

    def entries(self, entity_id: EntityId) -> list[LedgerEntry]:
        """List the entries of a firm, gone ones included, in the order they came."""
        return self._entries.select("WHERE entity_id = ? ORDER BY rowid", entity_id)

    def each_entry(self, entity_id: EntityId) -> Iterator[LedgerEntry]:
        return self._entries.each("WHERE entity_id = ? ORDER BY rowid", entity_id)

    def entries_of(self, customer_id: CustomerId) -> list[LedgerEntry]:
        return self._entries.select(f"{_OF_CUSTOMER} ORDER BY rowid", customer_id)

    def save_entries(self, entries: Iterable[LedgerEntry]) -> None:
        self._entries.save(entries)

    def remove_entries(self, ids: Iterable[ItemId]) -> None:
        self._connection.executemany(
            "DELETE FROM entries WHERE id = ?", ((entry_id,) for entry_id in ids)
        )

    def items(self, entity_id: EntityId) -> list[OpenItem]:
        return self._items.select(f"WHERE entity_id = ? {_OLDEST_DUE_FIRST}", entity_id)

    def open_items(self, entity_id: EntityId) -> list[OpenItem]:
        return self._items.select(
            f"WHERE entity_id = ? AND state = 'open' {_OLDEST_DUE_FIRST}", entity_id
        )

    def live_items(self, entity_id: EntityId, since: date) -> list[OpenItem]:
        return self._items.select(
            # Each part has an index of its own.
            "WHERE rowid IN ("
            " SELECT rowid FROM items WHERE entity_id = ?1 AND state = 'open'"
            " UNION ALL SELECT rowid FROM items"
            "  WHERE entity_id = ?1 AND state = 'settled' AND settled_on >= ?2)"
            " ORDER BY customer_id, due_on IS NULL, due_on, invoice_on, id",
            entity_id,
            since.isoformat(),
        )

    def items_of(self, customer_id: CustomerId) -> list[OpenItem]:
        return self._items.select(f"{_OF_CUSTOMER} {_OLDEST_DUE_FIRST}", customer_id)

    def open_items_of(self, customers: Iterable[CustomerId]) -> list[OpenItem]:
        """List the open items of several customers."""
        return self._items.select(
            "WHERE state = 'open' AND customer_id IN (SELECT value FROM json_each(?1))"
            " AND entity_id IN (SELECT entity_id FROM customers"
            f" WHERE id IN (SELECT value FROM json_each(?1))) {_OLDEST_DUE_FIRST}",
            json.dumps(list(customers)),
        )

    def items_since(
        self, entity_id: EntityId, customers: Iterable[CustomerId], since: date
    ) -> list[OpenItem]:
        """List what is open or promised, and since a day, credits and what settled."""
        return self._items.select(
            # Each part has an index of its own: with OR, years of items are read.
            "WHERE rowid IN ("
            f" SELECT rowid FROM items WHERE {_ASKED} AND state = 'open'"
            f" UNION ALL SELECT rowid FROM items WHERE {_ASKED} AND settled_on >= ?2"
            f" UNION ALL SELECT rowid FROM items WHERE {_ASKED}"
            "  AND invoiced_cents < 0 AND invoice_on >= ?2"
            " UNION ALL SELECT items.rowid FROM promises CROSS JOIN items"
            "  ON items.id = item_id WHERE promises.entity_id = ?1"
            "  AND items.customer_id IN (SELECT value FROM json_each(?3)))",
            entity_id,
            since.isoformat(),
            json.dumps(list(customers)),
        )

    def get_items(self, ids: Iterable[ItemId]) -> list[OpenItem]:
        """Read items in the order asked; those not in the books are left out."""
        return self._items.select(
            "JOIN json_each(?) AS asked ON items.id = asked.value ORDER BY asked.key",
            json.dumps(list(ids)),
        )

    def replace_items(
        self,
        entity_id: EntityId,
        items: Iterable[OpenItem],
        each: Count = uncounted,
    ) -> None:
        self._items.replace(items, "WHERE entity_id = ?", entity_id, each=each)

    def replace_allocations(
        self,
        entity_id: EntityId,
        allocations: Iterable[Allocation],
        each: Count = uncounted,
    ) -> None:
        """Replace the allocations between a firm's items, which must be there."""
        self._allocations.replace(
            allocations,
            "WHERE EXISTS (SELECT 1 FROM items WHERE id = debit_id AND entity_id = ?)",
            entity_id,
            each=each,
        )

    def allocations_of(self, customer_id: CustomerId) -> list[Allocation]:
        return self._allocations.select(
            f"WHERE debit_id IN (SELECT id FROM items {_OF_CUSTOMER})"
            " ORDER BY debit_id, credit_id",
            customer_id,
        )

    def allocations_to(self, items: Iterable[ItemId]) -> list[Allocation]:
        return self._allocations.select(
            "WHERE debit_id IN (SELECT value FROM json_each(?))",
            json.dumps(list(items)),
        )

    def excluded(self, entity_id: EntityId) -> frozenset[ItemId]:
        rows = self._connection.execute(
            # CROSS JOIN: from the few excluded to their items, never the reverse.
            "SELECT item_id FROM excluded_items"
            " CROSS JOIN items ON items.id = item_id WHERE entity_id = ?",
            (entity_id,),
        )
        return frozenset(ItemId(item_id) for (item_id,) in rows)

    def set_excluded(self, item_id: ItemId, *, excluded: bool) -> None:
        """Remember the choice even while the item is not in the books."""
        self._connection.execute(
            "INSERT OR IGNORE INTO excluded_items VALUES (?)"
            if excluded
            else "DELETE FROM excluded_items WHERE item_id = ?",
            (item_id,),
        )
