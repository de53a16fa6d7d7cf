"""The command « sync », and the copies kept before imports."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from domain.ledger.mapping import Field
from domain.ledger.proposing import propose_for
from domain.usecases.mapping_files import remember
from storage.database.books import open_books
from storage.files.reading import AccountingFiles
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
    command("watch", "--set", str(folder), "--entity", name)


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


def test_the_folder_is_chosen_shown_and_let_go_by_command(
    command: Command, exports: Path, tmp_path: Path
) -> None:
    command("import", str(a_fec(tmp_path)))
    none = command("watch")
    assert (none["folder"], none["last_file"], none["silent_since"]) == (None,) * 3

    chosen = command(
        *("watch", "--set", str(exports), "--names", "*FEC*", "--automatic", "yes"),
        *("--date", "2026-03-01"),
    )
    assert (chosen["folder"], chosen["names"]) == (str(exports), "*FEC*")
    assert chosen["automatic"]

    later = command("watch", "--automatic", "no", "--date", "2026-03-09")
    assert (later["folder"], later["automatic"]) == (str(exports), False)
    assert later["silent_since"] == "2026-03-01"
    assert command("watch", "--off")["folder"] is None
    assert "Dossier surveillé" in command.refused("sync")


def test_a_folder_that_is_not_there_is_not_watched(
    firm: Command, exports: Path, tmp_path: Path
) -> None:
    sentence = firm.refused("watch", "--set", str(tmp_path / "nulle part"))

    assert "nulle part" in sentence
    assert firm("watch")["folder"] == str(exports)


def test_a_table_is_followed_once_its_columns_were_told(
    command: Command, exports: Path, tmp_path: Path
) -> None:
    first = tmp_path / "echeancier.csv"
    first.write_text("Code client;N° facture;Date facture;Solde\nC1;F1;01/02/2026;9\n")
    command("import", str(first), "--entity", "Firme")
    watch(command, "Firme", exports)
    file = exports / "liste.csv"
    file.write_text("Qui;Quoi;Combien\nC1;F1;9,00\nC1;F2;1,50\n", encoding="utf-8")
    tell_columns(command, file, Field.CUSTOMER_CODE, Field.REFERENCE, Field.BALANCE)

    assert command("sync")["balance_after_cents"] == 10_50


def tell_columns(command: Command, file: Path, *columns: Field) -> None:
    """Do as the assistant does when its columns are accepted."""
    table = AccountingFiles().table(file.name, file.read_bytes())
    mapping = replace(propose_for(table).mapping, columns=columns)
    books = open_books(command.folder / "relance.db")
    [entity] = books.entities.all()
    remember(books, entity.id, table, mapping)
    books.close()


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
