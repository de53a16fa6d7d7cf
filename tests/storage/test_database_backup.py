import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.basics.errors import BooksUnreadableError
from storage.database import backup
from storage.database.books import open_books
from tests.builders import (
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


def test_a_copy_of_live_books_is_complete(file: Path, tmp_path: Path) -> None:
    books = open_books(file)
    books.settings.set("language", "fr")
    copy = tmp_path / "copie.db"

    books.backup(str(copy))

    assert Path(f"{file}-wal").stat().st_size > 0  # a copied file would miss it
    assert not list(tmp_path.glob("copie.db?*"))
    copied = open_books(copy)
    assert copied.settings.get("language") == "fr"
    assert len(copied.ledger.entries(ENTITY_ID)) == 2000


def test_books_are_not_copied_in_the_middle_of_a_group(file: Path) -> None:
    books = open_books(file)

    with pytest.raises(RuntimeError, match="between"), books.atomic():
        books.settings.set("half", "done")
        books.backup(str(file.with_name("copie.db")))


def test_a_copy_that_cannot_be_made_spares_the_former_one(
    file: Path, tmp_path: Path
) -> None:
    content = bytearray(file.read_bytes())
    content[8192:20480] = b"\xaa" * 12288
    file.write_bytes(content)
    copy = tmp_path / "copie.db"
    copy.write_text("former")

    with (
        closing(sqlite3.connect(file)) as connection,
        pytest.raises(BooksUnreadableError),
    ):
        backup.write_copy(connection, copy)

    assert copy.read_text() == "former"
    assert not list(tmp_path.glob("copie.db?*"))


def test_the_ten_latest_dated_copies_are_kept(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        made = [
            backup.keep_dated_copy(connection, file, NOW + timedelta(days=n))
            for n in range(12)
        ]

    assert backup.dated_copies(file) == made[:1:-1]


def test_a_dated_copy_tells_its_moment_in_local_time(file: Path) -> None:
    moment = datetime(2026, 3, 31, 8, 5, 7, tzinfo=UTC)
    local = moment.astimezone()

    with closing(sqlite3.connect(file)) as connection:
        copy = backup.keep_dated_copy(connection, file, moment)

    assert copy.name == f"relance-2026-03-31-{local:%H}0507.db"


def test_a_restored_copy_takes_the_place_of_the_books(file: Path) -> None:
    books = open_books(file)
    books.backup(str(copy := file.with_name("copie.db")))
    books.settings.set("after", "the copy")
    books.close()

    aside = backup.restore(file, copy, NOW)

    assert open_books(file).settings.get("after") == ""
    assert aside is not None
    assert open_books(aside).settings.get("after") == "the copy"


def test_what_was_in_the_journal_of_replaced_books_goes_with_them(file: Path) -> None:
    books = open_books(file)
    books.backup(str(copy := file.with_name("copie.db")))
    with books.atomic():
        books.customers.save_many([a_customer(code="C002")])

    aside = backup.restore(file, copy, NOW)  # as after a crash: not closed

    assert len(open_books(file).customers.all(ENTITY_ID)) == 1
    assert aside is not None
    assert len(open_books(aside).customers.all(ENTITY_ID)) == 2
    books.close()


def test_a_damaged_copy_is_not_restored(file: Path) -> None:
    copy = file.with_name("copie.db")
    copy.write_bytes(file.read_bytes()[:5000])

    with pytest.raises(BooksUnreadableError):
        backup.restore(file, copy, NOW)

    assert len(open_books(file).ledger.entries(ENTITY_ID)) == 2000


def test_a_lost_file_can_be_restored(file: Path) -> None:
    copy = file.rename(file.with_name("copie.db"))

    assert backup.restore(file, copy, NOW) is None
    assert len(open_books(file).ledger.entries(ENTITY_ID)) == 2000
