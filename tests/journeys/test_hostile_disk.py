"""A disk that is full, that can only be read, or that another program holds."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from domain.basics.errors import BooksNotWrittenError
from domain.basics.file_problems import FileNotWrittenError
from storage.database import opening
from storage.database.books import open_books
from storage.database.restoring import FileCopies
from tests.builders import NOW
from tests.journeys.command import Command, a_fec, a_fec_line

resource = pytest.importorskip("resource", reason="Windows knows no such limit.")


@pytest.fixture
def firm(command: Command, tmp_path: Path) -> Command:
    """Have a firm with three invoices, and a copy of its books."""
    command("import", str(a_fec(tmp_path)), "--entity", "Firme")
    with closing(open_books(command.folder / "relance.db")) as books:
        books.keep_copy()
    return command


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """Let no file grow beyond a size, as where nothing is left."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def content(folder: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "relance.db")) as books:
        assert books.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return books.execute("SELECT * FROM items ORDER BY id").fetchall()


def copies(folder: Path) -> list[Path]:
    return sorted((folder / "backups").iterdir())


def test_an_import_without_room_for_its_copy_is_refused_and_changes_nothing(
    firm: Command, tmp_path: Path
) -> None:
    before, kept = content(firm.folder), copies(firm.folder)
    more = a_fec(tmp_path, a_fec_line("F9", day="20260301"), name="more.txt")

    with full_disk((firm.folder / "relance.db").stat().st_size // 2):
        sentence = firm.refused("import", str(more), "--yes-other-firm")

    assert "le disque" in sentence
    assert (content(firm.folder), copies(firm.folder)) == (before, kept)
    firm("import", str(more), "--yes-other-firm")


def test_a_disk_too_full_to_open_the_books_is_told(firm: Command) -> None:
    before = content(firm.folder)

    with full_disk(4096):
        sentence = firm.refused("status")

    assert "le disque refuse" in sentence
    assert content(firm.folder) == before


def test_a_change_without_room_is_refused_by_a_sentence_and_nothing_is_lost(
    firm: Command,
) -> None:
    file = firm.folder / "relance.db"
    before = content(firm.folder)
    with closing(open_books(file)) as books:
        with (
            full_disk(file.stat().st_size),
            pytest.raises(BooksNotWrittenError),
            books.atomic(),
        ):
            books.settings.set("large", "x" * 4_000_000)
        assert books.settings.get("large") == ""
        books.settings.set("small", "kept")

    assert content(firm.folder) == before


def test_a_restoration_without_room_leaves_the_books_as_they_are(
    firm: Command,
) -> None:
    before, kept = content(firm.folder), copies(firm.folder)

    with full_disk(20_000), pytest.raises(FileNotWrittenError):
        FileCopies(firm.folder / "relance.db").restore(str(kept[0]), NOW)

    assert (content(firm.folder), copies(firm.folder)) == (before, kept)
    assert not list(firm.folder.glob("*.restored*"))


def test_a_message_that_nothing_would_remember_does_not_leave(firm: Command) -> None:
    (firm.folder / "relance.sent").mkdir()  # no line can be written there
    with closing(open_books(firm.folder / "relance.db")) as books:
        change = books._connection.execute
        customer, entity = change("SELECT id, entity_id FROM customers").fetchone()
        change(
            "INSERT INTO outbox (id, entity_id, customer_id, state, channel, kind,"
            " level, scenario_id, dedupe, subject, body, recipient, total_cents,"
            " currency, prepared_on, created_at, changed_at, message_header_id,"
            " is_released, attempts, answer) VALUES ('m', ?, ?, 'queued', 'email',"
            " 'reminder', 1, '', 'd', '', '', '', 1, 'EUR', '2026-01-01',"
            " '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00', '', 1, 0, '')",
            (entity, customer),
        )

        with pytest.raises(FileNotWrittenError), books.atomic():
            books.outbox.take("m", NOW)  # type: ignore[arg-type]

        assert change("SELECT state FROM outbox").fetchone() == ("queued",)


@pytest.mark.skipif(
    hasattr(os, "getuid") and os.getuid() == 0, reason="root may write anywhere"
)
def test_a_folder_that_can_only_be_read_is_told(firm: Command) -> None:
    firm.folder.chmod(0o500)
    try:
        assert "rien ne peut" in firm.refused("status").casefold()
    finally:
        firm.folder.chmod(0o700)


def test_books_that_another_program_holds_are_told_and_wait(
    firm: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_PATIENCE", 0.05)
    more = a_fec(tmp_path, a_fec_line("F9", day="20260301"), name="more.txt")
    before = content(firm.folder)

    with closing(
        sqlite3.connect(firm.folder / "relance.db", isolation_level=None)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        sentence = firm.refused("import", str(more), "--yes-other-firm")
        other.execute("ROLLBACK")

    assert "un autre programme écrit dans les données" in sentence
    assert content(firm.folder) == before
    firm("import", str(more), "--yes-other-firm")
