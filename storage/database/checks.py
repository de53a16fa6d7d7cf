"""Compares the books with themselves, on demand."""

import sqlite3
from collections.abc import Iterator

from domain.basics.money import Money
from storage.database.shelf import Shelf


def faults(connection: sqlite3.Connection, shelf: Shelf) -> list[str]:
    """Say in sentences what does not hold together."""
    return [
        *_damaged_pages(connection),
        *_broken_references(connection),
        *_balances(connection),
        *_settlements(connection),
        *_documents(shelf),
    ]


def _damaged_pages(connection: sqlite3.Connection) -> Iterator[str]:
    for (text,) in connection.execute("PRAGMA integrity_check"):
        if text != "ok":
            yield f"The file is damaged: {text}."


def _broken_references(connection: sqlite3.Connection) -> Iterator[str]:
    broken = {
        (table, parent)
        for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check")
    }
    for table, parent in sorted(broken):
        yield f"Rows of {table} name rows of {parent} that do not exist."


def _balances(connection: sqlite3.Connection) -> Iterator[str]:
    """What is left of a customer's items is the balance of its entries."""
    for code, currency, left, balance in connection.execute(
        """
        SELECT code, currency, sum(item), sum(entry) FROM (
            SELECT customer_id, currency,
                invoiced_cents - settled_cents AS item, 0 AS entry FROM items
            UNION ALL
            SELECT customer_id, currency, 0, debit_cents - credit_cents FROM entries
            WHERE gone_on IS NULL
                -- Opening lines that repeat the year before are no items.
                AND (opens_on IS NULL OR id IN (SELECT id FROM items)))
        JOIN customers ON customers.id = customer_id
        GROUP BY customer_id, currency HAVING sum(item) <> sum(entry)
        ORDER BY code"""
    ):
        items, entries = Money(left, currency), Money(balance, currency)
        yield (
            f"The items of customer {code} leave {items.amount} {currency} to pay, "
            f"but its entries add up to {entries.amount} {currency}."
        )


def _settlements(connection: sqlite3.Connection) -> Iterator[str]:
    """What settled an item is what was allocated to it, unless it left the list."""
    for code, reference in connection.execute(
        """
        WITH allocated AS (
            SELECT item_id, sum(amount_cents) AS cents FROM (
                SELECT debit_id AS item_id, amount_cents FROM allocations
                UNION ALL SELECT credit_id, amount_cents FROM allocations)
            GROUP BY item_id)
        SELECT code, reference FROM items
        JOIN customers ON customers.id = items.customer_id
        LEFT JOIN allocated ON allocated.item_id = items.id
        LEFT JOIN entries ON entries.id = items.id
        WHERE abs(settled_cents) <> coalesce(cents, 0) AND gone_on IS NULL
        ORDER BY code, reference"""
    ):
        yield (
            f"Item {reference} of customer {code} is settled for another amount "
            "than its payments."
        )


def _documents(shelf: Shelf) -> Iterator[str]:
    """A file is named by its content."""
    for document_id, name in shelf.names().items():
        if shelf.fault(document_id):
            yield f"Document {name} is no longer what was saved."
