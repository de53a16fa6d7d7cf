"""Whatever is given, the books stay as they were and one sentence says why."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pypdfium2
import pytest

from domain.basics.identifiers import customer_key
from domain.customers.customer import Contact
from domain.ledger.entity import Entity
from domain.ports import LedgerFiles
from domain.usecases.configuring import save_entity, save_smtp_account
from domain.usecases.customer_details import new_contact
from storage.database.books import SqliteBooks, open_books
from storage.outside import Outside
from tests.journeys.command import LEDGER, Command, a_fec, a_fec_line
from tests.journeys.kept_books import IMPORTED_ON, kept, unchanged
from tests.mail_server import smtp_server
from ui.cli import main

__all__ = ["kept"]
ROOT = Path(__file__).parents[2]
NASTY_NAMES = (
    "<script>alert('1')</script> & fils",
    'L\'« Épicerie » "du" coin %client_nom% {{ 7 * 7 }} {count}',
    "Pâtisserie 🥐 日本 \u202egauche",
    "X" * 300,
    "Société " + "à rallonge " * 30,
)


@contextmanager
def books_of(command: Command) -> Iterator[tuple[SqliteBooks, Entity]]:
    with closing(open_books(command.folder / "relance.db")) as books:
        [entity] = books.entities.all()
        yield books, entity


@pytest.mark.parametrize("arguments", [("import",), ("workbook", "import")])
def test_a_file_that_is_not_there_or_is_a_folder_is_told(
    kept: Command, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    with unchanged(kept):
        missing = kept.refused(*arguments, str(tmp_path / "rien.txt"))
        assert "n'existe pas" in missing
        assert "rien.txt" in missing
        assert "c'est un dossier" in kept.refused(*arguments, str(tmp_path))


WRITING = [
    ("letters", "--accept-old-data", "--out"),
    ("workbook", "export"),
    ("backup",),
]


@pytest.mark.parametrize("writing", WRITING, ids=lambda w: w[0])
@pytest.mark.parametrize("place", ["absent/a.pdf", "fichier.txt/a.pdf", "dossier.pdf"])
def test_what_cannot_be_written_is_told_and_nothing_is_prepared(
    kept: Command, tmp_path: Path, writing: tuple[str, ...], place: str
) -> None:
    (tmp_path / "dossier.pdf").mkdir()
    (tmp_path / "fichier.txt").touch()
    files = sorted(tmp_path.rglob("*"))

    with unchanged(kept):
        assert place in kept.refused(*writing, str(tmp_path / place))

    assert not list(tmp_path.rglob("*.part*"))
    assert sorted(tmp_path.rglob("*")) == files
    assert kept("actions", *IMPORTED_ON)["messages"]


@pytest.mark.parametrize("writing", WRITING[1:], ids=lambda w: w[0])
def test_nothing_is_written_over_the_books_themselves(
    kept: Command, writing: tuple[str, ...]
) -> None:
    with unchanged(kept):
        kept.refused(*writing, str(kept.folder / "relance.db"))


def test_letters_go_into_a_pdf_only(kept: Command, tmp_path: Path) -> None:
    with unchanged(kept):
        assert ".pdf" in kept.refused("letters", "--out", str(tmp_path / "l.docx"))


@pytest.mark.parametrize("place", ["fichier.txt", "fichier.txt/books"])
def test_a_folder_that_cannot_hold_books_is_told(
    command: Command, tmp_path: Path, place: str
) -> None:
    (tmp_path / "fichier.txt").write_text("à garder")
    command.folder = tmp_path / place

    assert "fichier.txt" in command.refused("status")
    assert (tmp_path / "fichier.txt").read_text() == "à garder"


@pytest.mark.parametrize("part", ["all", "start", "middle", "end"])
def test_damaged_books_are_told_and_left_exactly_as_they_are(
    kept: Command, part: str
) -> None:
    file = kept.folder / "relance.db"
    content = bytearray(file.read_bytes())
    half = len(content) // 2
    match part:
        case "all":
            content[:] = b"Ceci n'est pas une base. " * 100
        case "start":
            content[:100] = bytes(100)
        case "middle":
            content[4096:half] = b"\xff" * (half - 4096)
        case "end":
            del content[half:]
    file.write_bytes(content)

    for wanted in ("status", "check"):
        assert "endommagé" in kept.refused(wanted)

    assert file.read_bytes() == content


def test_books_of_a_newer_version_are_told_and_left_as_they_are(kept: Command) -> None:
    file = kept.folder / "relance.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('relance', '99_from_the_future', '2030-01-01')"
        )
    content = file.read_bytes()

    assert "plus récente" in kept.refused("status")
    assert file.read_bytes() == content


@pytest.mark.parametrize(
    "wrong",
    [
        ("envoyer",),
        ("import",),
        ("explain",),
        ("workbook", "print", "a.xlsx"),
        ("status", "--date", "31/12/2026"),
        ("send", "--max", "0"),
        ("send", "--max", "trois"),
        ("status", "--frob"),
    ],
    ids=" ".join,
)
def test_a_command_that_is_none_ends_with_one_sentence_and_code_two(
    kept: Command, wrong: tuple[str, ...]
) -> None:
    with unchanged(kept):
        assert "compris" in kept.refused(*wrong, code=2)


def test_a_customer_without_a_name_goes_by_its_account_or_its_code(
    command: Command, tmp_path: Path
) -> None:
    lines = (a_fec_line(name=""), a_fec_line("F2", code="C2", name=" \t".strip()))
    command("import", str(a_fec(tmp_path, *lines)), *IMPORTED_ON)

    assert all(c["name"] for c in command("clients")["clients"])


@pytest.fixture
def nasty(command: Command, tmp_path: Path) -> Command:
    """Customers whose names, references and labels are unkind to programs."""
    lines = [
        a_fec_line(f"<b>{n}</b>&", code=f"C{n}", name=name, label=name[:150])
        for n, name in enumerate(NASTY_NAMES)
    ]
    command("import", str(a_fec(tmp_path, *lines)), *IMPORTED_ON)
    return command


def test_nasty_names_are_printed_as_they_are(nasty: Command, tmp_path: Path) -> None:
    file = tmp_path / "lettres.pdf"

    told = nasty("letters", "--out", str(file), *IMPORTED_ON)

    assert len(told["letters"]) == len(NASTY_NAMES)
    text = text_of(file)
    assert "<b>0</b>&" in text
    assert "7 * 7" in text
    assert nasty("check")["problems"] == []
    nasty("workbook", "export", str(tmp_path / "classeur.xlsx"))


def text_of(file: Path) -> str:
    with closing(pypdfium2.PdfDocument(file)) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_nasty_names_are_escaped_in_emails(nasty: Command) -> None:
    with smtp_server() as server:
        with books_of(nasty) as (books, entity):
            save_smtp_account(books, entity.id, server.account)
            with books.atomic():
                books.customers.save_contacts(contacts(books, entity))
        told = nasty("send", *IMPORTED_ON)

    assert told["sent"] == len(server.received) == len(NASTY_NAMES)
    for received in server.received:
        message = message_from_bytes(received.content, policy=policy.default)
        html = message.get_body(("html",))
        assert html
        content = html.get_content()
        assert "<script" not in content
        assert "<b>0" not in content
        assert "&lt;b&gt;" in content
        assert len(message["Subject"].splitlines()) == 1


def contacts(books: SqliteBooks, entity: Entity) -> list[Contact]:
    return [
        replace(
            new_contact(books.customers.get(customer_key(entity.id, f"C{n}"))),
            last_name=name[:80],
            email=f"c{n}@client.example.com",
        )
        for n, name in enumerate(NASTY_NAMES)
    ]


@pytest.mark.parametrize("iban", ["", "FR7630006000011234567890189"])
def test_a_letter_tells_how_to_pay_only_where_the_firm_gave_its_iban(
    kept: Command, tmp_path: Path, iban: str
) -> None:
    file = tmp_path / "lettres.pdf"
    with books_of(kept) as (books, entity):
        save_entity(books, replace(entity, iban=iban))

    kept("letters", "--out", str(file), *IMPORTED_ON)

    assert ("IBAN" in text_of(file)) == bool(iban)


def test_without_a_mail_account_nothing_is_even_prepared(kept: Command) -> None:
    with unchanged(kept):
        assert "serveur de messagerie" in kept.refused("send", *IMPORTED_ON)
    assert kept("actions", *IMPORTED_ON)["messages"]


def test_a_bug_is_told_without_its_details_which_go_to_the_log(
    kept: Command, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(kept.folder / "relance.db")) as connection:
        connection.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON imports"
            " BEGIN SELECT RAISE(ABORT, 'une panne'); END"
        )
    file = str(a_fec(tmp_path, *LEDGER, a_fec_line("F4")))

    with unchanged(kept):
        said = kept.refused("import", file, *IMPORTED_ON)

    log = kept.folder / "relance.log"
    assert str(log) in said
    assert "Traceback" in log.read_text()

    log.unlink()
    log.mkdir()  # as if the disk were full
    assert "une panne" in kept.refused("import", file, *IMPORTED_ON)


class InterruptedOutside(Outside):
    """The user presses Ctrl+C while a file is read."""

    @property
    def files(self) -> LedgerFiles:
        raise KeyboardInterrupt


def test_a_command_that_is_interrupted_says_so_and_nothing_more(
    kept: Command, tmp_path: Path
) -> None:
    with unchanged(kept):
        file = str(a_fec(tmp_path, *LEDGER, a_fec_line("F4")))
        code = main(InterruptedOutside(), ["import", file, "--data", str(kept.folder)])
        told = kept.capsys.readouterr()

        assert (code, told.out) == (1, "")
        assert told.err == "Commande interrompue.\n"


def test_an_output_that_lacks_letters_does_not_make_a_command_fail(
    kept: Command,
) -> None:
    ended = subprocess.run(
        [sys.executable, "main.py", "status", "--data", str(kept.folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
        capture_output=True,
        check=True,
    )

    assert "1\u202f600,49\u00a0€" in ended.stdout.decode()
    assert ended.stderr == b""
