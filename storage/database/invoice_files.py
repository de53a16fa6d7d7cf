"""Keeps what was read in the PDFs of invoices."""

import json
import sqlite3
from collections.abc import Iterable, Mapping

from domain.basics.identifiers import EntityId
from domain.ledger.invoice_file import InvoiceFile
from domain.ledger.invoice_matching import keys_of
from storage.database.table import Table

TABLES = """
CREATE TABLE invoice_files (
    entity_id TEXT NOT NULL REFERENCES entities,
    name TEXT NOT NULL,
    size INTEGER NOT NULL, modified_ns INTEGER NOT NULL,
    problem TEXT,
    number TEXT NOT NULL, type_code TEXT NOT NULL,
    issued_on DAY, due_on DAY,
    total_cents INTEGER, payable_cents INTEGER,
    currency CURRENCY,
    ibans TEXT NOT NULL,
    buyer_name TEXT NOT NULL, buyer_siren TEXT NOT NULL,
    buyer_reference TEXT NOT NULL,
    PRIMARY KEY (entity_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE invoice_file_keys (
    entity_id TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (entity_id, key, name),
    FOREIGN KEY (entity_id, name) REFERENCES invoice_files ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX invoice_keys_of ON invoice_file_keys (entity_id, name)
"""


class SqliteInvoiceFileStore:
    """What was read in the PDFs of each firm's folder, found by several keys."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._files = Table(
            connection, "invoice_files", InvoiceFile, key=("entity_id", "name")
        )

    def marks(self, entity_id: EntityId) -> Mapping[str, tuple[int, int]]:
        rows = self._connection.execute(
            "SELECT name, size, modified_ns FROM invoice_files WHERE entity_id = ?",
            (entity_id,),
        )
        return {name: (size, modified_ns) for name, size, modified_ns in rows}

    def all(self, entity_id: EntityId) -> list[InvoiceFile]:
        return self._files.select("WHERE entity_id = ? ORDER BY name", entity_id)

    def with_keys(self, entity_id: EntityId, keys: Iterable[str]) -> list[InvoiceFile]:
        return self._files.select(
            "WHERE entity_id = ?1 AND name IN ("
            "SELECT name FROM invoice_file_keys WHERE entity_id = ?1"
            " AND key IN (SELECT value FROM json_each(?2))) ORDER BY name",
            entity_id,
            json.dumps(list(keys)),
        )

    def named(self, entity_id: EntityId, name: str) -> InvoiceFile | None:
        found = self._files.select("WHERE entity_id = ? AND name = ?", entity_id, name)
        return found[0] if found else None

    def save(self, files: Iterable[InvoiceFile]) -> None:
        files = list(files)
        self._files.save(files)
        self._connection.executemany(
            "DELETE FROM invoice_file_keys WHERE entity_id = ? AND name = ?",
            ((file.entity_id, file.name) for file in files),
        )
        self._connection.executemany(
            "INSERT INTO invoice_file_keys VALUES (?, ?, ?)",
            ((f.entity_id, key, f.name) for f in files for key in keys_of(f)),
        )

    def remove(self, entity_id: EntityId, names: Iterable[str]) -> None:
        self._connection.executemany(
            "DELETE FROM invoice_files WHERE entity_id = ? AND name = ?",
            ((entity_id, name) for name in names),
        )
