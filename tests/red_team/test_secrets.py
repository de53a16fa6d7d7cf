"""Passwords stay in the keyring; a log tells what went wrong, not of whom."""

import base64
import logging
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import keyring
import pytest

from domain.basics.identifiers import customer_key
from domain.ports import ImapAccount
from domain.usecases.configuring import save_smtp_account
from domain.usecases.customer_details import new_contact
from storage.database.books import open_books
from storage.outside import Outside
from tests.journeys.command import LEDGER, Command, a_fec, a_fec_line
from tests.mail_server import PASSWORD, Behaviour, SmtpServer, smtp_server
from tests.storage.test_mail_password import MemoryKeyring
from ui.logs import discreet, keep_log

DAY = ("--date", "2026-03-31")
USER = "compta"


@pytest.fixture
def memory() -> Iterator[MemoryKeyring]:
    before, kept = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(kept)
    yield kept
    keyring.set_keyring(before)


def test_no_password_lands_anywhere_but_in_the_keyring(
    command: Command,
    memory: MemoryKeyring,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    said = [str(command("import", str(a_fec(tmp_path, *LEDGER)), *DAY))]
    with smtp_server(user=USER) as server:
        with_a_mail_account(command, server)
        server.behaviour = Behaviour.REFUSE_LOGIN
        said.append(command.refused("send", *DAY))
        server.behaviour = Behaviour.ACCEPT
        told = command("send", *DAY)
        assert told["sent"] > 0, "the password served"
        said.append(str(told))
    said += [str(command(*words)) for words in exports(tmp_path)]
    said += [command.refused("import", str(tmp_path / "absent"))]

    assert memory.kept, "kept in the keyring"
    written = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert any(p.suffix == ".eml" for p in written)
    printed = "".join([*said, *capsys.readouterr(), caplog.text]).encode()
    for secret in secrets():
        assert secret not in printed
        assert [p.name for p, content in written.items() if secret in content] == []


def secrets() -> list[bytes]:
    """Write the password as it is, and as mail servers are told it."""
    plain = PASSWORD.encode()
    told = f"\0{USER}\0{PASSWORD}".encode()
    return [plain, base64.b64encode(plain), base64.b64encode(told)]


def exports(folder: Path) -> list[tuple[str, ...]]:
    return [
        ("status", *DAY),
        ("check",),
        ("verify",),
        ("backup", str(folder / "copie.db")),
        ("workbook", "export", str(folder / "classeur.xlsx")),
    ]


def with_a_mail_account(command: Command, server: SmtpServer) -> None:
    """Give the firm its mail account, its mailbox, and customers to write to."""
    outside = Outside()
    outside.mail.save_password(server.account, PASSWORD)
    inbox = ImapAccount(host=server.host, port=1, security="none", user=USER)
    outside.mailbox.save_password(inbox, PASSWORD)
    with closing(open_books(command.folder / "relance.db")) as books:
        [entity] = books.entities.all()
        save_smtp_account(books, entity.id, server.account)
        found = books.customers.get(customer_key(entity.id, "C1"))
        contact = replace(new_contact(found), email="c1@client.example.com")
        with books.atomic():
            books.customers.save_contacts([contact])


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("550 client@example.com unknown", "… … unknown"),
        ("doit 1\u202f234,56\u00a0€ au 12", "doit …\u00a0€ au 12"),
        ("IBAN FR76 3000 6000 0112 3456 7890 189", "IBAN …"),
        (
            "ValueError: invalid literal: 'Boulangerie'",
            "ValueError: invalid literal: '…'",
        ),
        ('KeyError: "C\'1"', 'KeyError: "…"'),
        ("Money(cents=123456)", "Money(cents=…)"),
        ("no such column: due_on", "no such column: due_on"),
        ('  File "ui/app.py", line 1234, in shown', None),
    ],
)
def test_a_log_hides_addresses_and_amounts(told: str, written: str | None) -> None:
    assert discreet(told) == (told if written is None else written)


@pytest.mark.parametrize("is_full", [False, True])
def test_a_fault_is_logged_with_its_values_only_when_asked(
    tmp_path: Path, is_full: bool
) -> None:
    file = tmp_path / "relance.log"
    root = logging.getLogger()
    keep_log(file, is_full=is_full)
    handler = root.handlers[-1]
    try:
        owed("client@example.com", "1234,56 €")
    except ValueError:
        logging.getLogger("relance").exception("For %s", "client@example.com")
    finally:
        root.removeHandler(handler)
        handler.close()

    text = file.read_text("utf-8")
    assert "in owed" in text
    assert ("client@example.com" in text) is is_full
    assert ("1234,56" in text) is is_full


def owed(who: str, how_much: str) -> None:
    message = f"{who} owes {how_much}"
    raise ValueError(message)


@pytest.mark.parametrize("option", [(), ("--full-log",)])
def test_a_command_that_stumbles_logs_values_only_when_asked(
    command: Command, tmp_path: Path, option: tuple[str, ...]
) -> None:
    command("import", str(a_fec(tmp_path, *LEDGER)), *DAY)
    with closing(sqlite3.connect(command.folder / "relance.db")) as connection:
        connection.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON imports"
            " BEGIN SELECT RAISE(ABORT, 'c1@client.example.com'); END"
        )

    more = str(a_fec(tmp_path, *LEDGER, a_fec_line("F4")))
    command.refused("import", more, *DAY, *option)

    log = (command.folder / "relance.log").read_text("utf-8")
    assert "IntegrityError" in log
    assert ("c1@client.example.com" in log) is bool(option)


@pytest.mark.skipif(os.name != "posix", reason="Windows gives a user's folders rights")
def test_the_books_are_in_a_folder_that_only_the_user_opens(command: Command) -> None:
    command.refused("status")

    assert stat.S_IMODE(command.folder.stat().st_mode) == 0o700
