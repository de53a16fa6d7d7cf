"""Older books: each scenario takes the name of its profile, and nothing is lost."""

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from domain.basics.identifiers import EntityId, PairId
from domain.dunning.scenario import Channel
from storage.database.books import open_books
from storage.database.migrations import SCHEMA

OLDER = """
INSERT INTO entities (id, name, legal_form, address, postal_code, city, siret,
    vat_number, rcs, capital, phone, email, iban, bic, signatory_name, signatory_role,
    invoices_folder, default_terms, fiscal_year_start_month, demo)
    VALUES ('e', 'Atelier', '', '', '', '', '', '', '', '', '', '', '', '', '', '',
    '', '30 jours', 1, 0);
INSERT INTO profiles (id, entity_id, name, is_default, grouping) VALUES
    ('p', 'e', 'Standard', 1, 'per_level'), ('q', 'e', 'Interne', 0, 'per_level');
INSERT INTO scenarios VALUES ('s', 'e', 'p', 1, 'due_date', 1, 15);
INSERT INTO steps (id, scenario_id, kind, level, channel, "trigger", delay_days,
    text_key, payment_days, is_active, is_automatic, claims_penalties) VALUES
    ('r1', 's', 'reminder', 1, 'email', 'reference', 8, 'reminder_1', 7, 1, 1, 0),
    ('r2', 's', 'reminder', 2, 'letter', 'previous', 9, 'reminder_2', 6, 0, 0, 1)
"""


def older_books(path: Path) -> None:
    """Make books as they were before scenarios had a name."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = ON")
    db = Database(connection, execute_plugins=False)
    SCHEMA.apply(db, stop_before="24_scenarios")
    for statement in OLDER.split(";"):
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_scenario_of_older_books_is_followed_as_before(tmp_path: Path) -> None:
    older_books(tmp_path / "relance.db")

    books = open_books(tmp_path / "relance.db")

    (column,) = books.scenarios.scenarios(EntityId("e"))
    assert (column.id, column.name, column.repeat_last_days) == ("s", "Standard", 15)
    first, second = column.steps
    assert (first.code, first.channel, first.is_automatic) == (
        "R1",
        Channel.EMAIL,
        True,
    )
    assert (second.delay_days, second.is_active, second.claims_penalties) == (
        9,
        False,
        True,
    )
    assert (second.copies, second.may_be_skipped) == ("", False)
    standard, internal = books.scenarios.profiles(EntityId("e"))
    assert standard.pair_id == column.pair_id == PairId("p")
    assert internal.pair_id is None
    assert books.check() == []
    books.close()
