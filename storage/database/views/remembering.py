"""Answers kept until anything in the books changes.

Totals over 100,000 rows are the same when only the page turns, or when a list is
opened again: SQLite tells by two numbers whether anyone wrote meanwhile.
"""

import sqlite3
from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from storage.database.codec import Row
from storage.database.table import Value

_KEPT_AT_MOST = 64
T = TypeVar("T")


class RememberingConnection(sqlite3.Connection):
    """A connection that can remember what it was answered."""

    _stamp: tuple[int, int] = (-1, -1)
    _answers: dict[Hashable, Any]

    def remembered(self, question: Hashable, find: Callable[[], T]) -> T:
        """Find an answer, unless it was found and nothing was written since.

        Inside a transaction nothing is kept: it may be taken back.
        """
        if self.in_transaction:
            return find()
        # What this connection wrote, then what any other one did.
        (others,) = self.execute("PRAGMA data_version").fetchone()
        stamp = self.total_changes, others
        if stamp != self._stamp:
            self._stamp, self._answers = stamp, {}
        if question in self._answers:
            known: T = self._answers[question]
            return known
        found = find()
        if len(self._answers) >= _KEPT_AT_MOST:
            self._answers.clear()
        self._answers[question] = found
        return found


def remembered(
    connection: sqlite3.Connection, question: Hashable, find: Callable[[], T]
) -> T:
    """Find an answer; a connection may remember it."""
    if isinstance(connection, RememberingConnection):
        return connection.remembered(question, find)
    return find()


def ask(
    connection: sqlite3.Connection, sql: str, values: Mapping[str, Value]
) -> list[Row]:
    """Ask a connection, which may remember the answer."""
    return remembered(
        connection,
        (sql, tuple(sorted(values.items()))),
        lambda: connection.execute(sql, values).fetchall(),
    )
