"""The mailbox over IMAP: a real Dovecot, and servers that misbehave."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.ports import ImapAccount, KeptCopies, MailboxMark, SentCopy
from storage.mail.imap import ImapGateway, MailboxProblem
from storage.mail.secrets import MAILBOX_VARIABLE
from tests.imap_server import PASSWORD, ImapServer, imap_server

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
MAIL = (
    b"From: a@client.example.com\r\nMessage-ID: <%d@x>\r\nSubject: n\r\n\r\nHi %d\r\n"
)


@pytest.fixture(scope="module")
def server() -> Iterator[ImapServer]:
    """Run one Dovecot for the whole module: it takes a second to start."""
    with imap_server() as running:
        yield running


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MAILBOX_VARIABLE, PASSWORD)


def test_each_message_is_read_once_and_nothing_in_the_mailbox_changes(
    server: ImapServer,
) -> None:
    mailbox = ImapGateway()
    server.deliver(MAIL % (1, 1))
    server.deliver(MAIL % (2, 2))

    first = mailbox.read(server.account, None, SINCE)
    again = mailbox.read(server.account, first.mark, SINCE)
    server.deliver(MAIL % (3, 3))
    later = mailbox.read(server.account, again.mark, SINCE)

    assert first.problem == ""
    assert [mail.message_id for mail in first.messages] == ["1@x", "2@x"]
    assert again.messages == ()
    assert again.mark == first.mark
    assert [mail.text for mail in later.messages] == ["Hi 3"]
    assert not [name for name in server.names() if "S" in name.partition(":2,")[2]]


def test_a_mailbox_made_again_is_read_from_its_beginning(server: ImapServer) -> None:
    server.deliver(MAIL % (9, 9))
    other = MailboxMark(validity=1, last_uid=1_000)

    reading = ImapGateway().read(server.account, other, SINCE)

    assert "9@x" in {mail.message_id for mail in reading.messages}


def test_a_sent_message_is_found_by_its_name(server: ImapServer) -> None:
    server.keep_sent(MAIL % (50, 50))

    found = ImapGateway().find_sent(server.account, ["50@x", "51@x", '"@x" OR ALL'])

    assert list(found) == ["50@x"]
    assert found["50@x"].tzinfo is UTC


def test_a_copy_is_put_once_among_what_was_sent(server: ImapServer) -> None:
    before = len(server.sent())
    copies = [
        SentCopy(name=f"{n}@x", sent_at=SINCE, content=MAIL % (n, n)) for n in (70, 71)
    ]
    unknown = SentCopy(name="72@x", sent_at=SINCE, content=b"")

    first = ImapGateway().keep_sent(server.account, copies[:1])
    again = ImapGateway().keep_sent(server.account, [*copies, unknown])

    assert (first.names, first.problem) == (("70@x",), "")
    assert again.names == ("70@x", "71@x", "72@x")
    assert len(server.sent()) == before + 2
    assert ImapGateway().find_sent(server.account, ["70@x"])["70@x"] == SINCE


def test_without_a_sent_folder_no_copy_is_put_and_it_is_said() -> None:
    listed = b'* LIST () "/" INBOX\r\n%t OK done\r\n'
    copy = SentCopy(name="1@x", sent_at=SINCE, content=MAIL % (1, 1))
    with scripted(CAPABILITY, OK, listed, OK) as account:
        kept = ImapGateway(timeout=10).keep_sent(account, [copy])

    assert kept == KeptCopies(problem=MailboxProblem.NO_SENT_FOLDER)


def test_a_wrong_password_is_said_in_a_sentence(
    server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MAILBOX_VARIABLE, "faux")

    assert ImapGateway().test(server.account) == MailboxProblem.LOGIN
    assert ImapGateway().find_sent(server.account, ["1@x"]) == {}


def test_the_right_account_has_no_problem(server: ImapServer) -> None:
    assert ImapGateway().test(server.account) == ""


def test_nothing_is_said_in_clear_to_another_computer() -> None:
    account = ImapAccount(
        host="imap.example.com", port=143, security="none", user="compta"
    )

    assert "encryption" in ImapGateway().test(account)


@contextmanager
def scripted(*answers: bytes) -> Iterator[ImapAccount]:
    """Answer each command in turn with these bytes, then hang up; ``%t`` is its tag."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        line, _where = listening.accept()
        with line, line.makefile("rb") as said:
            line.sendall(b"* OK ready\r\n")
            for answer in answers:
                command = said.readline()
                if not command:
                    return
                line.sendall(answer.replace(b"%t", command.split()[0]))

    serving = threading.Thread(target=serve, daemon=True)
    serving.start()
    port = listening.getsockname()[1]
    yield ImapAccount(host="127.0.0.1", port=port, security="none", user="compta")
    serving.join(10)
    listening.close()


CAPABILITY = b"* CAPABILITY IMAP4rev1\r\n%t OK done\r\n"
OK = b"%t OK done\r\n"
OPENED = b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] .\r\n%t OK done\r\n"


@pytest.mark.parametrize(
    "answers",
    [
        (b"nonsense\r\n",),
        (CAPABILITY, b""),
        (CAPABILITY, OK, b"%t NO no inbox\r\n"),
        (CAPABILITY, OK, OPENED, b"* SEARCH 4 x 5\r\n%t BAD what\r\n"),
        (
            CAPABILITY,
            OK,
            OPENED,
            b"* SEARCH 4\r\n%t OK done\r\n",
            b"* 1 FETCH (UID 4 {9",
        ),
        (
            CAPABILITY,
            OK,
            OPENED,
            b"* SEARCH 4\r\n%t OK done\r\n",
            b"* 1 FETCH {-1}\r\n",
        ),
        (CAPABILITY, OK, b"a" * 2_000_000),
    ],
)
def test_a_server_that_misbehaves_is_a_sentence_and_nothing_is_lost(
    answers: tuple[bytes, ...],
) -> None:
    with scripted(*answers) as account:
        reading = ImapGateway(timeout=10).read(account, None, SINCE)

    assert reading.mark is None
    assert reading.messages == ()
    assert reading.problem in vars(MailboxProblem).values()


def test_a_message_that_is_gone_meanwhile_is_passed_over() -> None:
    found = b"* SEARCH 4 5\r\n%t OK done\r\n"
    body = b"* 2 FETCH (UID 5 BODY[]<0> {9}\r\nA: b\r\n\r\nc)\r\n%t OK done\r\n"
    with scripted(CAPABILITY, OK, OPENED, found, OK, body, OK) as account:
        reading = ImapGateway(timeout=10).read(account, None, SINCE)

    assert reading.mark == MailboxMark(validity=7, last_uid=5)
    assert [mail.uid for mail in reading.messages] == [5]


def test_a_server_that_cannot_be_reached_is_a_sentence() -> None:
    with scripted() as account:
        closed = account
        socket.create_connection(("127.0.0.1", account.port), 5).close()

    assert ImapGateway(timeout=5).test(replace(closed, port=1)) == (
        MailboxProblem.UNREACHABLE
    )
