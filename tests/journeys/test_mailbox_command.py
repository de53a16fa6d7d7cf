"""The mailbox read from the command line: a real Dovecot, real books."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from domain.basics.identifiers import customer_key
from domain.dunning.outbox import Delivery
from domain.usecases.configuring import create_entity, save_smtp_account
from domain.usecases.incoming_desk import show_incoming
from domain.usecases.mailbox import save_imap_account
from storage.database.books import open_books
from storage.mail.secrets import MAILBOX_VARIABLE
from tests.builders import an_entity
from tests.imap_server import PASSWORD, imap_server
from tests.journeys.command import Command
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in, give_email
from tests.journeys.test_delivering import ACCOUNT, JAN, TODAY
from tests.journeys.test_mailbox import ADDRESS, send

SINCE = "2020-01-01T00:00:00+00:00"
REPLY = """\
From: {address}
Message-ID: <reply@client.example.com>
In-Reply-To: <{name}>
Subject: Re: Rappel

Nous payons vendredi.
"""


def test_without_a_mailbox_nothing_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(open_books(tmp_path / "relance.db")) as books:
        create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())

    assert Command(tmp_path, capsys)("read-mailbox") == {
        "account": None,
        "problem": None,
    }


def test_a_real_mailbox_stops_who_replies_and_receives_one_copy_of_what_was_sent(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(MAILBOX_VARIABLE, PASSWORD)
    command = Command(tmp_path, capsys)
    with imap_server() as server:
        with closing(open_books(tmp_path / "relance.db")) as books:
            firm = create_entity(
                books, an_entity(), OUTSIDE.documents.starting_texts()
            ).id
            bring_in(books, firm, a_file(a_line("F1", 120_00, JAN)), TODAY)
            give_email(books, firm, ADDRESS)
            save_smtp_account(books, firm, ACCOUNT)
            save_imap_account(books, firm, replace(server.account, copies_since=SINCE))
            name = send(books, firm, Delivery.ACCEPTED).message_header_id
        server.deliver(REPLY.format(address=ADDRESS, name=name).encode())

        first = command("read-mailbox")
        again = command("read-mailbox")

        (copy,) = server.sent()

    assert f"Message-ID: <{name}>".encode() in copy
    assert (first["replies"], again["replies"], first["problem"]) == (1, 0, None)
    with closing(open_books(tmp_path / "relance.db")) as books:
        (row,) = show_incoming(books, firm, TODAY).replies
        assert row.incoming.body == "Nous payons vendredi."
        assert row.customer.id == customer_key(firm, "C001")
        (hold,) = books.agreements.holds(firm)
        assert hold.reason == "Réponse reçue, à lire"
