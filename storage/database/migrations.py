"""The schema, step by step; a step that was released is never edited."""

import re

from sqlite_utils import Database, Migrations

from storage.database import first_schema_dunning, first_schema_ledger

SCHEMA = Migrations("relance")

_SHORTHANDS = {
    # ISO only: a French date would be kept, and would sort wrongly.
    "DAY": r"TEXT CHECK (\1 GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')",
    "MOMENT": r"TEXT CHECK (\1 GLOB '[0-9]*-[01][0-9]-[0-3][0-9]T[0-2]*+00:00')",
    "FLAG": r"INTEGER NOT NULL CHECK (\1 IN (0, 1))",
    "CURRENCY": r"TEXT NOT NULL CHECK (length(\1) = 3)",
}


@SCHEMA(name="1_first_schema")
def _make_first_schema(db: Database) -> None:
    _run(db, first_schema_ledger.TABLES + first_schema_dunning.TABLES)


@SCHEMA(name="2_openings_and_estimated_due_dates")
def _add_openings_and_estimates(db: Database) -> None:
    """Entries know the year they open, items what an estimated due date rests on.

    Openings imported before are told by their journal and by the first of a month.
    """
    _run(
        db,
        """
        ALTER TABLE entries ADD COLUMN opens_on DAY;
        ALTER TABLE items ADD COLUMN due_rests_on INTEGER NOT NULL DEFAULT 0;
        UPDATE entries SET opens_on = entry_on
            WHERE upper(journal) IN ('AN', 'ANO', 'ANX', 'ANOUV', 'RAN', 'OUV')
                AND entry_on LIKE '%-01'
        """,
    )


@SCHEMA(name="7_lists")
def _add_indexes_of_lists(db: Database) -> None:
    """Lists of 200,000 open items are added up and sorted without reading them.

    What accounts need is kept by currency; levels are read in their order.
    """
    _run(
        db,
        """
        DROP INDEX open_items;
        CREATE INDEX open_accounts ON items
            (entity_id, customer_id, currency, due_on, invoiced_cents, settled_cents)
            WHERE state = 'open';
        CREATE INDEX open_items_by_due_date ON items
            (entity_id, due_on IS NULL, due_on, id,
                currency, invoiced_cents, settled_cents)
            WHERE state = 'open';
        CREATE INDEX levels_reached ON level_changes
            (entity_id, kind, item_id, reached_on, recorded_at, level)
        """,
    )


@SCHEMA(name="8_recipients")
def _add_recipients(db: Database) -> None:
    """Customers can be taken off the send list; messages know who they leave from."""
    _run(
        db,
        """
        CREATE TABLE set_aside (
            customer_id TEXT PRIMARY KEY REFERENCES customers,
            entity_id TEXT NOT NULL REFERENCES entities,
            since DAY NOT NULL
        ) STRICT;
        ALTER TABLE outbox ADD COLUMN sender TEXT NOT NULL DEFAULT '';
        ALTER TABLE activities ADD COLUMN sender TEXT NOT NULL DEFAULT '';
        CREATE INDEX messages_by_document ON outbox (document_id);
        CREATE INDEX receipts ON entries (entity_id, entry_on)
            WHERE credit_cents > debit_cents AND gone_on IS NULL AND opens_on IS NULL
        """,
    )


def _run(db: Database, text: str) -> None:
    for word, meaning in _SHORTHANDS.items():
        text = re.sub(rf"\b(\w+) {word}\b", rf"\1 {meaning}", text)
    for statement in text.split(";"):
        db.conn.execute(statement)
