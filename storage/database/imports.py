"""Keeps accepted imports, and what each entry was before them."""

import json
import sqlite3
from collections.abc import Mapping

from domain.basics.identifiers import EntityId, ImportId, ItemId
from domain.basics.sentences import N_
from domain.ledger.entry import LedgerEntry
from domain.ledger.import_report import ImportRecord
from storage.database.codec import codec_of
from storage.database.table import Table, Value

_LATEST_FIRST = "ORDER BY imported_at DESC, rowid DESC"


class SqliteImportStore:
    """Accepted imports and how to take the last one back."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._imports = Table(connection, "imports", ImportRecord, thing=N_("import"))
        self._entry = codec_of(LedgerEntry)

    def record(
        self, imported: ImportRecord, before: Mapping[ItemId, LedgerEntry | None]
    ) -> None:
        self._imports.add([imported])
        self._connection.executemany(
            "INSERT INTO import_changes VALUES (?, ?, ?)",
            (
                (imported.id, item_id, entry and self._to_json(entry))
                for item_id in sorted(before)
                for entry in (before[item_id],)
            ),
        )

    def last(self, entity_id: EntityId) -> ImportRecord | None:
        """Find the latest import that was not taken back."""
        found = self._imports.select(
            f"WHERE entity_id = ? AND undone_at IS NULL {_LATEST_FIRST} LIMIT 1",
            entity_id,
        )
        return found[0] if found else None

    def all(self, entity_id: EntityId) -> list[ImportRecord]:
        """List every import of a firm, the latest first."""
        return self._imports.select(f"WHERE entity_id = ? {_LATEST_FIRST}", entity_id)

    def before(self, import_id: ImportId) -> Mapping[ItemId, LedgerEntry | None]:
        rows = self._connection.execute(
            "SELECT item_id, before FROM import_changes WHERE import_id = ?",
            (import_id,),
        )
        return {ItemId(key): text and self._from_json(text) for key, text in rows}

    def save(self, imported: ImportRecord) -> None:
        self._imports.save([imported])

    def _to_json(self, entry: LedgerEntry) -> str:
        values = zip(self._entry.columns, self._entry.row(entry), strict=True)
        return json.dumps(dict(values), ensure_ascii=False)

    def _from_json(self, text: str) -> LedgerEntry:
        saved: dict[str, Value] = json.loads(text)
        # Kept by an older version, it lacks the columns added since.
        return self._entry.record_of(tuple(saved.get(c) for c in self._entry.columns))
