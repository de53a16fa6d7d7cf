"""One table of records: the few statements every store needs."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Generic, TypeVar

from domain.basics.errors import NotFoundError
from domain.basics.progress import Count, counted, uncounted
from storage.database.codec import Row, codec_of

R = TypeVar("R")
Value = str | int | None
_AT_ONCE = 5_000
"""Rows made into records together: many are faster, all would be held twice."""


class Table(Generic[R]):
    """Saves records of one kind and reads them back.

    Args:
        connection: the file of books.
        name: of the table.
        record: the kind of record.
        thing: what a record is called when it is not found.
        key: the columns that identify a row; none where rows are only ever added.
        skipped: fields kept elsewhere.
        derived: columns that are worked out from the record, for searches.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        name: str,
        record: type[R],
        *,
        thing: str = "record",
        key: Sequence[str] = ("id",),
        skipped: frozenset[str] = frozenset(),
        derived: Mapping[str, Callable[[R], Value]] | None = None,
    ) -> None:
        self._connection = connection
        self._name = name
        self._thing = thing
        self._codec = codec_of(record, skipped=skipped)
        self._derived = tuple((derived or {}).values())
        self._key = key
        written = (*self._codec.columns, *(derived or {}))
        self._insert = (
            f"INSERT INTO {name} ({_listed(written)}) "
            f"VALUES ({', '.join('?' * len(written))})"
        )
        self._upsert = f"{self._insert} ON CONFLICT ({_listed(key)}) DO UPDATE SET " + (
            ", ".join(f'"{c}" = excluded."{c}"' for c in written if c not in key)
        )
        self._delete = f"DELETE FROM {name} WHERE " + " AND ".join(
            f'"{column}" = ?' for column in key
        )
        self.columns = ", ".join(f'{name}."{c}"' for c in self._codec.columns)

    def save(self, records: Iterable[R]) -> None:
        """Add records, or replace those of the same key."""
        self._connection.executemany(self._upsert, map(self._row, records))

    def add(self, records: Iterable[R], or_else: str = "") -> int:
        """Add records that are not there yet; tell how many were added."""
        rows = map(self._row, records)
        return self._connection.executemany(f"{self._insert} {or_else}", rows).rowcount

    def select(self, rest: str, *values: Value, **named: Value) -> list[R]:
        """Read the records that the rest of the statement chooses and orders."""
        return list(self._each(self._rows(rest, named or values)))

    def get(self, name: str) -> R:
        """Read the record of that id.

        Raises:
            NotFoundError: there is none.
        """
        found = self.select("WHERE id = ?", name)
        if not found:
            raise NotFoundError(thing=self._thing, name=name)
        return found[0]

    def replace(
        self, records: Iterable[R], rest: str, *values: Value, each: Count = uncounted
    ) -> None:
        """Make the chosen rows be exactly these records, touching only what differs.

        The rows that were there go by one at a time: there may be a million.
        """
        rows = self._rows(rest, values)
        first = rows.fetchone()
        if first is None:  # nothing to compare with: nothing to hold meanwhile
            self.save(counted(records, each))
            return
        name_of = attrgetter(*self._key)
        name_in = itemgetter(*(self._codec.columns.index(c) for c in self._key))
        left = {name_of(record): record for record in records}
        gone = []
        for row in chain([first], rows):
            name = name_in(row)
            if name not in left:
                gone.append(name if len(self._key) > 1 else (name,))
            elif self._row(left[name]) == row:
                del left[name]
        self._connection.executemany(self._delete, gone)
        self.save(counted(left.values(), each))

    def each(self, rest: str, *values: Value) -> Iterator[R]:
        """Read chosen records one at a time."""
        return self._each(self._rows(rest, values))

    def _each(self, rows: sqlite3.Cursor) -> Iterator[R]:
        some = iter(lambda: rows.fetchmany(_AT_ONCE), [])
        return chain.from_iterable(map(self._codec.records_of, some))

    def _rows(
        self, rest: str, values: Sequence[Value] | Mapping[str, Value]
    ) -> sqlite3.Cursor:
        sql = f"SELECT {self.columns} FROM {self._name} {rest}"
        return self._connection.execute(sql, values)

    def _row(self, record: R) -> Row:
        row = self._codec.row(record)
        return row + tuple(make(record) for make in self._derived)


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
