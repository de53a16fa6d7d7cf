"""The command « sync », and the copies kept before imports."""

import time
from pathlib import Path

import pytest

from domain.usecases.synchronising import SyncSettings, save_sync_settings
from storage.database.books import open_books
from tests.builders import TODAY
from tests.journeys.command import LEDGER, Command, a_fec, a_fec_line
from tests.ui.conftest import StartApp, Visitor

NEWER = a_fec_line("F4", "50,00", day="20260301")


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    return folder


@pytest.fixture
def firm(command: Command, exports: Path, tmp_path: Path) -> Command:
    """Have a firm that follows a folder, its first file imported."""
    command("import", str(a_fec(tmp_path)), "--entity", "Firme")
    watch(command, "Firme", exports)
    return command


def watch(command: Command, name: str, folder: Path) -> None:
    books = open_books(command.folder / "relance.db")
    entity = books.entities.named(name)
    assert entity
    chosen = SyncSettings(folder=str(folder))
    save_sync_settings(books, entity.id, chosen, TODAY)
    books.close()


def copies(command: Command) -> list[Path]:
    return sorted((command.folder / "backups").glob("*.db"))


def test_a_look_imports_the_newest_file(firm: Command, exports: Path) -> None:
    a_fec(exports, *LEDGER, NEWER)

    told = firm("sync", "--entity", "Firme")

    assert (told["file"], told["doubts"]) == ("123456789FEC20261231.txt", [])
    assert (told["new"], told["vanished"], told["faults"]) == (1, 0, [])
    assert told["balance_after_cents"] - told["balance_before_cents"] == 50_00


def test_a_look_has_the_keys_of_an_import_even_when_nothing_is_new(
    firm: Command, exports: Path, tmp_path: Path
) -> None:
    a_fec(exports, *LEDGER, NEWER)
    first = firm("sync")

    again = firm("sync")

    imported = firm("import", str(tmp_path / "123456789FEC20261231.txt"), "--dry-run")
    assert again.keys() == first.keys() == imported.keys() | {"file", "doubts"}
    assert (again["file"], again["new"]) == (None, 0)
    assert again["balance_after_cents"] == first["balance_after_cents"]


def test_a_doubtful_file_is_refused_with_its_doubts(
    firm: Command, exports: Path
) -> None:
    a_fec(exports, LEDGER[0], NEWER)
    before = firm("status")

    sentence = firm.refused("sync")

    assert "2 écritures connues" in sentence
    assert firm("status") == before


def test_two_firms_each_follow_their_folder(
    firm: Command, exports: Path, tmp_path: Path
) -> None:
    others = tmp_path / "autres"
    others.mkdir()
    other = str(a_fec(tmp_path, LEDGER[2]))
    firm("import", other, "--entity", "Autre", "--yes-other-firm")
    watch(firm, "Autre", others)
    a_fec(exports, *LEDGER, NEWER)

    assert firm("sync", "--entity", "Autre")["file"] is None
    assert firm("sync", "--entity", "Firme")["new"] == 1


def test_a_firm_without_a_folder_is_told_where_to_choose_one(
    command: Command, tmp_path: Path
) -> None:
    command("import", str(a_fec(tmp_path)))

    assert "Dossier surveillé" in command.refused("sync")


def test_a_folder_of_no_export_is_refused_with_the_reason(
    firm: Command, exports: Path
) -> None:
    (exports / "notice.txt").write_text("Bonjour", encoding="utf-8")

    assert firm.refused("sync").startswith("notice.txt")


def test_books_are_copied_before_each_import_and_not_when_it_is_refused(
    firm: Command, exports: Path
) -> None:
    [first] = copies(firm)
    a_fec(exports, LEDGER[0])
    firm.refused("sync")
    assert copies(firm) == [first]

    a_fec(exports, *LEDGER, NEWER)
    firm("sync")

    before = open_books(copies(firm)[-1])
    [entity] = before.entities.all()
    assert len(before.ledger.entries(entity.id)) == len(LEDGER)
    before.close()


@pytest.mark.usefixtures("firm")
def test_a_file_dropped_is_noticed_within_ten_seconds(
    exports: Path, start_app: StartApp
) -> None:
    app = start_app("--browser", "--date", "2026-03-31")
    visitor = Visitor(app.next_address()).enter()

    def is_noticed() -> bool:
        page = visitor.get("/customers").read().decode()
        return "Nouveau fichier 123456789FEC20261231.txt" in page

    assert not is_noticed()
    dropped = time.monotonic()
    a_fec(exports, *LEDGER, NEWER)
    while not is_noticed():
        assert time.monotonic() - dropped < 10
        time.sleep(0.25)
