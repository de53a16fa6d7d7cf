"""Keeps holds, disputes, promises, expected dates and notes."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date

from domain.basics.identifiers import CustomerId, EntityId, ItemId
from domain.customers.agreements import (
    Dispute,
    ExpectedDate,
    Hold,
    Note,
    Promise,
    SetAside,
)
from storage.database.table import Table


class SqliteAgreementStore:
    """Holds, disputes and promises, oldest first; notes, latest first."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._holds = Table(connection, "holds", Hold)
        self._disputes = Table(connection, "disputes", Dispute)
        self._promises = Table(connection, "promises", Promise)
        self._notes = Table(connection, "notes", Note)
        self._set_aside = Table(connection, "set_aside", SetAside, key=("customer_id",))
        self._expected = Table(connection, "expected_dates", ExpectedDate)

    def holds(self, entity_id: EntityId) -> list[Hold]:
        return self._holds.select(
            "WHERE entity_id = ? ORDER BY starts_on, rowid", entity_id
        )

    def holds_of(self, customer_id: CustomerId) -> list[Hold]:
        return self._holds.select(
            "WHERE customer_id = ? ORDER BY starts_on, rowid", customer_id
        )

    def save_hold(self, hold: Hold) -> None:
        self._holds.save([hold])

    def disputes(self, entity_id: EntityId) -> list[Dispute]:
        return self._disputes.select(
            "WHERE entity_id = ? ORDER BY opened_on, rowid", entity_id
        )

    def disputes_of(self, customer_id: CustomerId) -> list[Dispute]:
        return self._disputes.select(
            "WHERE customer_id = ? ORDER BY opened_on, rowid", customer_id
        )

    def save_dispute(self, dispute: Dispute) -> None:
        self._disputes.save([dispute])

    def promises(self, entity_id: EntityId) -> list[Promise]:
        return self._promises.select(
            "WHERE entity_id = ? ORDER BY promised_for, rowid", entity_id
        )

    def promises_of(self, customer_id: CustomerId) -> list[Promise]:
        return self._promises.select(
            "WHERE customer_id = ? ORDER BY promised_for, rowid", customer_id
        )

    def save_promise(self, promise: Promise) -> None:
        self._promises.save([promise])

    def set_aside(self, entity_id: EntityId) -> list[SetAside]:
        return self._set_aside.select(
            "WHERE entity_id = ? ORDER BY since, rowid", entity_id
        )

    def save_set_aside(self, customers: Iterable[SetAside]) -> None:
        self._set_aside.save(customers)

    def remove_set_aside(self, customers: Iterable[CustomerId]) -> None:
        self._connection.executemany(
            "DELETE FROM set_aside WHERE customer_id = ?",
            [(customer_id,) for customer_id in customers],
        )

    def notes_of(self, customer_id: CustomerId) -> list[Note]:
        """List a customer's notes, the latest first."""
        return self._notes.select(
            "WHERE customer_id = ? AND removed_at IS NULL"
            " ORDER BY written_at DESC, rowid DESC",
            customer_id,
        )

    def save_note(self, note: Note) -> None:
        self._notes.save([note])

    def expected_dates(self, entity_id: EntityId) -> Mapping[ItemId, date]:
        """Tell when repositioned items are expected; the last one set counts."""
        in_force = self._expected.select(
            "WHERE entity_id = ? AND cancelled_on IS NULL ORDER BY set_on, rowid",
            entity_id,
        )
        return {expected.item_id: expected.expected_on for expected in in_force}

    def expected_dates_of(self, customer_id: CustomerId) -> list[ExpectedDate]:
        """List the dates that a customer's items were given, oldest first."""
        return self._expected.select(
            "WHERE entity_id = (SELECT entity_id FROM customers WHERE id = ?1)"
            " AND customer_id = ?1 ORDER BY set_on, rowid",
            customer_id,
        )

    def save_expected_date(self, expected: ExpectedDate) -> None:
        self._expected.save([expected])
