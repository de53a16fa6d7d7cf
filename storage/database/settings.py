"""Keeps the choices of the app itself."""

import sqlite3
from collections.abc import Mapping


class SqliteSettingStore:
    """Choices of the app itself, as text by name."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, name: str, default: str = "") -> str:
        row = self._connection.execute(
            "SELECT value FROM settings WHERE name = ?", (name,)
        ).fetchone()
        return str(row[0]) if row else default

    def set(self, name: str, value: str) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value)
        )

    def starting(self, start: str) -> Mapping[str, str]:
        rows = self._connection.execute(
            "SELECT name, value FROM settings WHERE substr(name, 1, ?) = ?"
            " ORDER BY name",
            (len(start), start),
        )
        return dict(rows.fetchall())
