"""Keeps the history of customers and of the levels of their items."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from domain.basics.identifiers import ActivityId, CustomerId, EntityId, ItemId
from domain.basics.sentences import N_
from domain.customers.activity import CONTACT_KINDS, Activity, ActivityItem
from domain.dunning.position import LevelChange
from storage.database.table import Table

STILL_COUNTS = (
    "(activity_id IS NULL"
    " OR activity_id NOT IN (SELECT activity_id FROM undone_activities))"
)
"""Of a change of level: no person took it back."""
_IS_CONTACT = (
    "kind IN (SELECT value FROM json_each(?2))"
    " AND id NOT IN (SELECT activity_id FROM undone_activities)"
)
"""Of an activity: the customer was contacted; the second value names the kinds."""
_LATEST_FIRST = "ORDER BY happened_on DESC, recorded_at DESC, rowid DESC"


class SqliteActivityStore:
    """The history; only ever added to."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._activities = Table(
            connection, "activities", Activity, thing=N_("activity")
        )
        self._items = Table(
            connection, "activity_items", ActivityItem, key=("activity_id", "item_id")
        )
        self._levels = Table(connection, "level_changes", LevelChange, key=())

    def record(self, activity: Activity, items: Sequence[ActivityItem] = ()) -> None:
        self._activities.add([activity])
        self._items.add(items)

    def get(self, activity_id: ActivityId) -> Activity:
        return self._activities.get(activity_id)

    def of(self, customer_id: CustomerId) -> list[Activity]:
        """List what was done about a customer, the latest first."""
        return self._activities.select(
            f"WHERE customer_id = ? {_LATEST_FIRST}", customer_id
        )

    def all(self, entity_id: EntityId) -> list[Activity]:
        """List what was done for a firm, the latest first."""
        return self._activities.select(
            f"WHERE entity_id = ? {_LATEST_FIRST}", entity_id
        )

    def items_of(self, activity_id: ActivityId) -> list[ActivityItem]:
        return self._items.select("WHERE activity_id = ? ORDER BY rowid", activity_id)

    def all_items(self, entity_id: EntityId) -> list[ActivityItem]:
        return self._items.select(
            "WHERE activity_id IN (SELECT id FROM activities WHERE entity_id = ?)"
            " ORDER BY rowid",
            entity_id,
        )

    def items_about(self, customer_id: CustomerId) -> list[ActivityItem]:
        """List the items that the activities about a customer name."""
        return self._items.select(
            "WHERE activity_id IN (SELECT id FROM activities WHERE customer_id = ?)"
            " ORDER BY rowid",
            customer_id,
        )

    def last_contacts(self, entity_id: EntityId) -> Mapping[CustomerId, date]:
        rows = self._connection.execute(
            "SELECT customer_id, max(happened_on) FROM activities"
            f" WHERE entity_id = ?1 AND {_IS_CONTACT} GROUP BY customer_id",
            (entity_id, json.dumps(CONTACT_KINDS)),
        )
        return {CustomerId(key): date.fromisoformat(day) for key, day in rows}

    def contact_days(
        self, entity_id: EntityId, since: date
    ) -> Mapping[CustomerId, tuple[date, ...]]:
        """List the days on which each customer was contacted, from a day on."""
        rows = self._connection.execute(
            "SELECT DISTINCT customer_id, happened_on FROM activities"
            f" WHERE entity_id = ?1 AND {_IS_CONTACT} AND happened_on >= ?3",
            (entity_id, json.dumps(CONTACT_KINDS), since.isoformat()),
        )
        days: dict[CustomerId, list[date]] = defaultdict(list)
        for key, day in rows:
            days[CustomerId(key)].append(date.fromisoformat(day))
        return {key: tuple(found) for key, found in days.items()}

    def contact_days_of(self, customer_id: CustomerId) -> list[date]:
        """List the days on which one customer was contacted, oldest first."""
        rows = self._connection.execute(
            "SELECT DISTINCT happened_on FROM activities"
            f" WHERE customer_id = ?1 AND {_IS_CONTACT} ORDER BY happened_on",
            (customer_id, json.dumps(CONTACT_KINDS)),
        )
        return [date.fromisoformat(day) for (day,) in rows]

    def days_of_contact(self, entity_id: EntityId, since: date) -> list[date]:
        rows = self._connection.execute(
            "SELECT DISTINCT happened_on FROM activities"
            f" WHERE entity_id = ?1 AND {_IS_CONTACT} AND happened_on >= coalesce(("
            "  SELECT happened_on FROM activities"
            f" WHERE entity_id = ?1 AND {_IS_CONTACT} AND happened_on < ?3"
            "  ORDER BY happened_on DESC LIMIT 1), ?3) ORDER BY happened_on",
            (entity_id, json.dumps(CONTACT_KINDS), since.isoformat()),
        )
        return [date.fromisoformat(day) for (day,) in rows]

    def last_day(self, entity_id: EntityId) -> date | None:
        (day,) = self._connection.execute(
            "SELECT max(happened_on) FROM activities WHERE entity_id = ?", (entity_id,)
        ).fetchone()
        return date.fromisoformat(day) if day else None

    def record_levels(self, changes: Iterable[LevelChange]) -> None:
        self._levels.add(changes)

    def level_history(self, entity_id: EntityId) -> Mapping[ItemId, list[LevelChange]]:
        """List the changes of each item in the order in which they count.

        By the day reached: a history taken over from another tool may be recorded
        after reminders that are more recent.
        """
        return self._history("entity_id = ?", entity_id)

    def level_history_of(
        self, customer_id: CustomerId
    ) -> Mapping[ItemId, list[LevelChange]]:
        return self._history(
            "entity_id = (SELECT entity_id FROM customers WHERE id = ?1)"
            " AND customer_id = ?1",
            customer_id,
        )

    def _history(self, whose: str, name: str) -> Mapping[ItemId, list[LevelChange]]:
        history: dict[ItemId, list[LevelChange]] = defaultdict(list)
        for change in self._levels.select(
            f"WHERE {whose} AND {STILL_COUNTS} ORDER BY reached_on, recorded_at, rowid",
            name,
        ):
            history[change.item_id].append(change)
        return dict(history)

    def undo(self, activity_id: ActivityId) -> None:
        """Take an activity back; it stays in the history, and counts no more."""
        self._connection.execute(
            "INSERT OR IGNORE INTO undone_activities VALUES (?)", (activity_id,)
        )

    def undone(self, customer_id: CustomerId) -> frozenset[ActivityId]:
        rows = self._connection.execute(
            "SELECT activity_id FROM undone_activities"
            " JOIN activities ON activities.id = activity_id WHERE customer_id = ?",
            (customer_id,),
        )
        return frozenset(ActivityId(activity_id) for (activity_id,) in rows)
