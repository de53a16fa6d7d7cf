"""Tells all that names a customer, and erases what no law asks to keep."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from domain.basics.identifiers import CustomerId, DocumentId
from storage.database import erasing
from storage.database.shelf import Shelf


class SqlitePersonalStore:
    """What is known of the people at a customer's."""

    def __init__(self, connection: sqlite3.Connection, shelf: Shelf) -> None:
        self._connection = connection
        self._shelf = shelf

    def counts(self, customer_id: CustomerId, proofs_since: date) -> Mapping[str, int]:
        values = {"customer": customer_id, "since": proofs_since.isoformat()}
        return {
            kind: self._connection.execute(
                f"SELECT count(*) FROM {rows}", values
            ).fetchone()[0]
            for kind, rows in erasing.COUNTED.items()
        }

    def packed(self, customer_id: CustomerId) -> bytes:
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as folder:
            told = {table: rows for table, rows in self._rows(customer_id) if rows}
            folder.writestr("data.json", json.dumps(told, ensure_ascii=False, indent=1))
            for document_id, ending in self._documents(customer_id):
                if self._shelf.fault(document_id) is None:
                    content = self._shelf.read(document_id)
                    folder.writestr(f"documents/{document_id}{ending}", content)
        return packed.getvalue()

    def erase(self, customer_id: CustomerId, proofs_since: date, now: datetime) -> None:
        erasing.erase(self._connection, customer_id, proofs_since, now)

    def forget_files(self) -> None:
        self._shelf.forget()

    def erased_at(self, customer_id: CustomerId) -> datetime | None:
        (at,) = self._connection.execute(
            "SELECT max(erased_at) FROM erasures WHERE customer_id = ?", (customer_id,)
        ).fetchone()
        return datetime.fromisoformat(at) if at else None

    def _rows(
        self, customer_id: CustomerId
    ) -> Iterator[tuple[str, list[dict[str, object]]]]:
        """Read each table that names a customer, whatever it is about."""
        yield "customers", self._found("customers", "id", customer_id)
        tables = self._connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        for (table,) in tables:
            columns = self._connection.execute(f"PRAGMA table_info({table})")
            if "customer_id" in [row[1] for row in columns]:
                yield table, self._found(table, "customer_id", customer_id)

    def _found(self, table: str, column: str, value: str) -> list[dict[str, object]]:
        cursor = self._connection.execute(
            f"SELECT * FROM {table} WHERE {column} = ?", (value,)
        )
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def _documents(self, customer_id: CustomerId) -> list[tuple[DocumentId, str]]:
        rows = self._connection.execute(
            "SELECT id, mime FROM documents WHERE id IN ("
            " SELECT document_id FROM outbox WHERE customer_id = :customer"
            " UNION SELECT document_id FROM activities WHERE customer_id = :customer)"
            " AND id NOT IN (SELECT document_id FROM erased_documents)",
            {"customer": customer_id},
        )
        return [(DocumentId(key), self._shelf.ending(mime)) for key, mime in rows]
