"""Keeps the rates of interest by half-year."""

import sqlite3

from domain.dunning.rates import PublishedRate, RateKind
from storage.database.table import Table


class SqliteRateStore:
    """Rates by half-year; they are the same for every firm."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rates = Table(
            connection, "published_rates", PublishedRate, key=("kind", "year", "half")
        )

    def all(self) -> list[PublishedRate]:
        return self._rates.select("ORDER BY year DESC, half DESC, kind")

    def save(self, rate: PublishedRate) -> None:
        self._rates.save([rate])

    def remove(self, kind: RateKind, year: int, half: int) -> None:
        self._connection.execute(
            "DELETE FROM published_rates WHERE kind = ? AND year = ? AND half = ?",
            (kind.value, year, half),
        )
