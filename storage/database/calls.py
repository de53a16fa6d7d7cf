"""Keeps how calls ended."""

import sqlite3
from collections.abc import Mapping
from datetime import date

from domain.basics.identifiers import ActivityId, CustomerId, EntityId
from domain.customers.call import Call, CallResult
from storage.database.table import Table

CHANGES = """
CREATE TABLE calls (
    activity_id TEXT PRIMARY KEY REFERENCES activities,
    entity_id TEXT NOT NULL REFERENCES entities,
    customer_id TEXT NOT NULL REFERENCES customers,
    result TEXT NOT NULL,
    called_on DAY NOT NULL,
    again_on DAY,
    again_at TEXT NOT NULL
        CHECK (again_at = '' OR again_at GLOB '[0-2][0-9]:[0-5][0-9]'),
    number TEXT NOT NULL, corrected TEXT NOT NULL,
    made TEXT NOT NULL
) STRICT;

CREATE INDEX calls_of ON calls (entity_id, customer_id, called_on)
"""
_STILL_COUNTS = "activity_id NOT IN (SELECT activity_id FROM undone_activities)"


class SqliteCallStore:
    """Calls, in the order in which they were made; those taken back left out."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._calls = Table(connection, "calls", Call, key=("activity_id",))

    def record(self, call: Call) -> None:
        self._calls.add([call])

    def get(self, activity_id: ActivityId) -> Call | None:
        found = self._calls.select("WHERE activity_id = ?", activity_id)
        return found[0] if found else None

    def latest(self, entity_id: EntityId) -> Mapping[CustomerId, Call]:
        calls = self._calls.select(
            "WHERE entity_id = ?1 AND rowid IN (SELECT max(rowid) FROM calls"
            f" WHERE entity_id = ?1 AND {_STILL_COUNTS} GROUP BY customer_id)",
            entity_id,
        )
        return {call.customer_id: call for call in calls}

    def on(self, entity_id: EntityId, day: date) -> list[Call]:
        return self._calls.select(
            f"WHERE entity_id = ? AND called_on = ? AND {_STILL_COUNTS} ORDER BY rowid",
            entity_id,
            day.isoformat(),
        )

    def wrong(self, entity_id: EntityId) -> list[Call]:
        return self._calls.select(
            f"WHERE entity_id = ? AND result = ? AND {_STILL_COUNTS} ORDER BY rowid",
            entity_id,
            CallResult.WRONG_NUMBER.value,
        )

    def of(self, customer_id: CustomerId) -> list[Call]:
        return self._calls.select(
            f"WHERE customer_id = ? AND {_STILL_COUNTS} ORDER BY rowid", customer_id
        )
