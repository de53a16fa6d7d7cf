"""Answers kept until anything in the books changes.

Totals over 100,000 rows are the same when only the page turns, or when a list is
opened again: SQLite tells by two numbers whether anyone wrote meanwhile.
"""

import sqlite3
from collections.abc import Mapping

from storage.database.codec import Row
from storage.database.table import Value

_KEPT_AT_MOST = 64
_Question = tuple[str, tuple[tuple[str, Value], ...]]


class RememberingConnection(sqlite3.Connection):
    """A connection that can remember what it was answered."""

    _stamp: tuple[int, int] = (-1, -1)
    _answers: dict[_Question, list[Row]]

    def remembered(self, sql: str, values: Mapping[str, Value]) -> list[Row]:
        """Ask, unless the same was asked and nothing was written since.

        Inside a transaction nothing is kept: it may be taken back.
        """
        if self.in_transaction:
            return self.execute(sql, values).fetchall()
        # What this connection wrote, then what any other one did.
        (others,) = self.execute("PRAGMA data_version").fetchone()
        stamp = self.total_changes, others
        if stamp != self._stamp:
            self._stamp, self._answers = stamp, {}
        question = sql, tuple(sorted(values.items()))
        if question not in self._answers:
            if len(self._answers) >= _KEPT_AT_MOST:
                self._answers.clear()
            self._answers[question] = self.execute(sql, values).fetchall()
        return self._answers[question]


def ask(
    connection: sqlite3.Connection, sql: str, values: Mapping[str, Value]
) -> list[Row]:
    """Ask a connection, which may remember the answer."""
    if isinstance(connection, RememberingConnection):
        return connection.remembered(sql, values)
    return connection.execute(sql, values).fetchall()
