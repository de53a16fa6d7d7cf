"""The schema, step by step; a step that was released is never edited."""

import re

from sqlite_utils import Database, Migrations

from storage.database import (
    customer_sheet_schema,
    first_schema_dunning,
    first_schema_ledger,
)

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


@SCHEMA(name="6_customer_sheet")
def _add_what_the_customer_sheet_keeps(db: Database) -> None:
    """Free fields, roles of contacts, expected dates, and levels taken back."""
    _run(db, customer_sheet_schema.CHANGES)


def _run(db: Database, text: str) -> None:
    for word, meaning in _SHORTHANDS.items():
        text = re.sub(rf"\b(\w+) {word}\b", rf"\1 {meaning}", text)
    for statement in text.split(";"):
        db.conn.execute(statement)
