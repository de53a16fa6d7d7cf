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
    text = first_schema_ledger.TABLES + first_schema_dunning.TABLES
    for word, meaning in _SHORTHANDS.items():
        text = re.sub(rf"\b(\w+) {word}\b", rf"\1 {meaning}", text)
    for statement in text.split(";"):
        db.conn.execute(statement)
