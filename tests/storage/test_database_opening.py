import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from domain.basics.errors import BooksUnreadableError
from domain.basics.money import Money
from domain.copies import CopyReason
from storage.database import copies, inspection, migrations, opening
from storage.database.books import open_books
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    NOW,
    a_customer,
    an_entity,
    an_entry,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Books of one firm with enough entries to fill many pages, closed."""
    path = tmp_path / "relance.db"
    books = open_books(path)
    with books.atomic():
        books.entities.save(an_entity())
        books.customers.save_many([a_customer()])
        books.ledger.save_entries(an_entry(piece=f"FA-{n}") for n in range(2000))
    books.close()
    return path


def reason_to_refuse(path: Path) -> str:
    with pytest.raises(BooksUnreadableError) as refusal:
        open_books(path)
    assert refusal.value.details["folder"] == str(path.parent)
    return str(refusal.value.details["reason"])


def test_books_are_found_again_as_they_were_left(file: Path) -> None:
    books = open_books(file)

    assert books.entities.get(ENTITY_ID) == an_entity()
    assert len(books.ledger.entries(ENTITY_ID)) == 2000


def test_a_commit_waits_for_the_disk(file: Path) -> None:
    connection = open_books(file)._connection

    settings = [
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    ]

    assert settings == ["wal", 2, 1]


def test_damaged_pages_are_refused_and_left_alone(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[8192:20480] = b"\xaa" * 12288
    file.write_bytes(content)

    assert reason_to_refuse(file) == inspection.DAMAGED
    assert file.read_bytes() == content


@pytest.mark.parametrize("kept", [1, 99, 4096, 100_000])
def test_a_truncated_file_is_refused_and_left_alone(file: Path, kept: int) -> None:
    content = file.read_bytes()[:kept]
    file.write_bytes(content)

    assert reason_to_refuse(file) == inspection.DAMAGED
    assert file.read_bytes() == content


def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "relance.db"
    path.write_text("Compte;Libellé\n" * 500)

    assert reason_to_refuse(path) == inspection.DAMAGED
    assert path.read_text().startswith("Compte;Libellé\n")


def test_the_database_of_another_program_is_refused_and_left_alone(
    tmp_path: Path,
) -> None:
    path = tmp_path / "relance.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    content = path.read_bytes()

    assert reason_to_refuse(path) == inspection.DAMAGED
    assert path.read_bytes() == content


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "relance.db"
    path.mkdir()

    assert reason_to_refuse(path) == inspection.UNAVAILABLE


def test_books_cannot_be_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "relance.db"

    assert reason_to_refuse(path) == inspection.UNAVAILABLE


def test_books_whose_making_was_cut_short_are_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "relance.db"
    path.touch()

    assert open_books(path).entities.all() == []


def test_an_emptied_file_does_not_pass_for_a_new_one(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        copies.keep(connection, file, CopyReason.START, NOW)
    file.write_bytes(b"")

    assert reason_to_refuse(file) == inspection.DAMAGED


def test_books_that_have_gone_do_not_pass_for_new_ones(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        copies.keep(connection, file, CopyReason.START, NOW)
    file.unlink()

    assert reason_to_refuse(file) == inspection.MISSING
    assert not file.exists()


def test_a_zeroed_file_is_refused_and_left_alone(file: Path) -> None:
    size = file.stat().st_size
    file.write_bytes(bytes(size))

    assert reason_to_refuse(file) == inspection.DAMAGED
    assert file.read_bytes() == bytes(size)


def test_a_start_does_not_read_a_large_file_for_ever(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "QUICK_SECONDS", -1)
    monkeypatch.setattr(inspection, "_STEPS", 1)

    assert len(open_books(file).ledger.entries(ENTITY_ID)) == 2000


def test_books_of_a_newer_version_are_refused_and_left_alone(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('relance', '99_from_the_future', '2030-01-01')"
        )
        connection.commit()
    content = file.read_bytes()

    assert reason_to_refuse(file) == inspection.NEWER
    assert file.read_bytes() == content


def test_books_survive_a_program_killed_in_the_middle_of_a_group(file: Path) -> None:
    script = f"""
import os
from pathlib import Path
from storage.database.books import open_books
books = open_books(Path({str(file)!r}))
books.settings.set("before", "kept")
with books.atomic():
    books.settings.set("during", "lost")
    os._exit(9)
"""
    subprocess.run([sys.executable, "-c", script], check=False, cwd=Path.cwd())
    assert Path(f"{file}-wal").exists()

    books = open_books(file)

    assert books.settings.get("before") == "kept"
    assert books.settings.get("during") == ""


@pytest.fixture
def next_version(file: Path, monkeypatch: pytest.MonkeyPatch) -> Migrations:
    """Tomorrow's schema, with one step more than that of the file."""
    assert file.exists()
    steps = Migrations("relance")
    for step in migrations.SCHEMA.pending(Database(memory=True)):
        steps(name=step.name)(step.fn)

    @steps(name="98_shout")
    def _shout(db: Database) -> None:
        db.conn.execute("ALTER TABLE settings ADD COLUMN loud INTEGER")
        db.conn.execute("UPDATE entries SET debit_cents = debit_cents + 1")

    for module in (opening, inspection):
        monkeypatch.setattr(module, "SCHEMA", steps)
    return steps


@pytest.mark.usefixtures("next_version")
def test_an_older_file_is_brought_up_to_date_after_a_copy(file: Path) -> None:
    books = open_books(file)

    assert books.ledger.entries(ENTITY_ID)[0].debit == Money(120_01)
    (copy,) = copies.listed(file)
    assert copy.reason is CopyReason.UPDATE
    with closing(sqlite3.connect(copy.file)) as before:
        cents = before.execute("SELECT max(debit_cents) FROM entries").fetchone()
    assert cents == (120_00,)


def test_a_step_that_fails_changes_nothing(
    file: Path, next_version: Migrations
) -> None:
    @next_version(name="99_broken")
    def _broken(db: Database) -> None:
        db.conn.execute("DELETE FROM entries")
        db.conn.execute("UPDATE entries SET no_such_column = 1")

    with pytest.raises(sqlite3.OperationalError, match="no_such_column"):
        open_books(file)

    with closing(sqlite3.connect(file)) as after:
        kept = after.execute("SELECT count(*), max(debit_cents) FROM entries")
        assert kept.fetchone() == (2000, 120_00)


@pytest.mark.usefixtures("next_version")
def test_a_new_file_needs_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "new.db"

    open_books(path)

    assert copies.listed(path) == []


def test_an_up_to_date_file_needs_no_copy(file: Path) -> None:
    open_books(file)

    assert copies.listed(file) == []


@pytest.fixture
def first_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Books of the first version: an opening line, an invoice, its item."""
    first = Migrations("relance")
    first(name="1_first_schema")(migrations._make_first_schema)
    path = tmp_path / "old.db"
    with monkeypatch.context() as then:
        for module in (opening, inspection):
            then.setattr(module, "SCHEMA", first)
        books = open_books(path)
    with closing(books._connection) as connection:
        connection.execute(
            "INSERT INTO entities VALUES (?, 'Atelier', '', '', '', '', '', '', '',"
            " '', '', '', '', '', NULL, '', '', '', '30 jours', NULL, 1, 0)",
            (ENTITY_ID,),
        )
        connection.execute(
            "INSERT INTO customers VALUES (?, ?, 'C001', 'Client C001', NULL, '', '',"
            " '', '', '', '', '', '', '', '', '', 'fr', 0, 0, 0, 0, 0, '', '', '')",
            (CUSTOMER_ID, ENTITY_ID),
        )
        for piece, journal in (("FA-1", "VE"), ("FA-0", "an")):
            connection.execute(
                "INSERT INTO entries VALUES (?, ?, ?, ?, '', '2026-01-01', '411',"
                " ?, NULL, '', 12000, 0, 'EUR', '', NULL, NULL, '', '', NULL)",
                (piece, ENTITY_ID, CUSTOMER_ID, journal, piece),
            )
        connection.execute(
            "INSERT INTO items VALUES ('FA-1', ?, ?, 'FA-1', '', '2026-01-01',"
            " '2026-01-31', 'default', 12000, 0, 'EUR', 'open', NULL, '', '')",
            (ENTITY_ID, CUSTOMER_ID),
        )
    return path


def test_books_of_the_first_version_learn_which_lines_open_a_year(
    first_version: Path,
) -> None:
    books = open_books(first_version)

    opens_on = {e.piece: e.opens_on for e in books.ledger.entries(ENTITY_ID)}
    (item,) = books.ledger.items(ENTITY_ID)
    assert opens_on == {"FA-1": None, "FA-0": date(2026, 1, 1)}
    assert (item.reference, item.due_rests_on) == ("FA-1", 0)
    assert len(copies.listed(first_version)) == 1
