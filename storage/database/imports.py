"""Keeps accepted imports, and what each entry was before them."""

import sqlite3
from collections.abc import Iterable, Mapping

from domain.basics.identifiers import EntityId, ImportId, ItemId
from domain.basics.sentences import N_
from domain.customers.customer import Contact, Customer
from domain.customers.people_changes import P, PeopleChanges, PersonChange
from domain.ledger.entry import LedgerEntry
from domain.ledger.import_report import ImportRecord, SourceFormat
from storage.database.codec import Codec, codec_of
from storage.database.table import Table

_LATEST_FIRST = "ORDER BY imported_at DESC, rowid DESC"


class SqliteImportStore:
    """Accepted imports and how to take the last one back."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._imports = Table(connection, "imports", ImportRecord, thing=N_("import"))
        self._entry = codec_of(LedgerEntry)
        self._customer = codec_of(Customer)
        self._contact = codec_of(Contact)

    def record(
        self,
        imported: ImportRecord,
        touched: Iterable[ItemId],
        before: Mapping[ItemId, LedgerEntry],
    ) -> None:
        self._imports.add([imported])
        self._connection.executemany(
            "INSERT INTO import_changes VALUES (?, ?, ?)",
            (
                (imported.id, item_id, entry and self._entry.to_json(entry))
                for item_id in sorted(touched)
                for entry in (before.get(item_id),)
            ),
        )

    def record_people(self, import_id: ImportId, changes: PeopleChanges) -> None:
        """Keep what an import changed of customers and contacts."""
        self._keep(import_id, self._customer, changes.customers)
        self._keep(import_id, self._contact, changes.contacts)

    def people_changes(self, import_id: ImportId) -> PeopleChanges:
        return PeopleChanges(
            customers=self._kept(import_id, self._customer),
            contacts=self._kept(import_id, self._contact),
        )

    def last(self, entity_id: EntityId) -> ImportRecord | None:
        """Find the latest import of entries that was not taken back."""
        found = self._imports.select(
            f"WHERE entity_id = ? AND undone_at IS NULL AND format <> ?"
            f" {_LATEST_FIRST} LIMIT 1",
            entity_id,
            SourceFormat.PEOPLE.value,
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
        return {ItemId(key): text and self._entry.from_json(text) for key, text in rows}

    def save(self, imported: ImportRecord) -> None:
        self._imports.save([imported])

    def _keep(
        self, import_id: ImportId, codec: Codec[P], changes: Iterable[PersonChange[P]]
    ) -> None:
        self._connection.executemany(
            "INSERT INTO import_people VALUES (?, ?, ?, ?, ?)",
            (
                (
                    import_id,
                    codec.record.__name__,
                    change.after.id,
                    change.before and codec.to_json(change.before),
                    codec.to_json(change.after),
                )
                for change in changes
            ),
        )

    def _kept(
        self, import_id: ImportId, codec: Codec[P]
    ) -> tuple[PersonChange[P], ...]:
        rows = self._connection.execute(
            "SELECT before, after FROM import_people"
            " WHERE import_id = ? AND kind = ? ORDER BY person_id",
            (import_id, codec.record.__name__),
        )
        return tuple(
            PersonChange(
                before=before and codec.from_json(before), after=codec.from_json(after)
            )
            for before, after in rows
        )
