"""Nothing is said to a mail server that does not prove who it is: TLS on loopback."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from domain.dunning.outbox import Delivery
from domain.ports import ImapAccount, MailServer, SmtpAccount
from storage.mail.answers import Answer
from storage.mail.imap import ImapGateway, MailboxProblem
from storage.mail.secrets import MAILBOX_VARIABLE, VARIABLE
from storage.mail.smtp import SmtpGateway
from tests.mail_certificate import self_signed_certificate

PASSWORD = "le-mot-de-passe"
SECURED = b"* CAPABILITY IMAP4rev1 STARTTLS\r\n%t OK done\r\n"
CLEAR_ONLY = b"* CAPABILITY IMAP4rev1\r\n%t OK done\r\n"
OK = b"%t OK done\r\n"


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, PASSWORD)
    monkeypatch.setenv(MAILBOX_VARIABLE, PASSWORD)


class Listener:
    """An IMAP server: what it answers in turn, its certificate, all that it heard."""

    def __init__(
        self, answers: list[bytes], security: str, certificate: Path | None
    ) -> None:
        self.heard: list[bytes] = []
        self.greeting = b"* OK ready\r\n"
        self._answers, self._certificate = answers, certificate
        self._is_ssl = security == "ssl"
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.account = ImapAccount(
            host="localhost",
            port=self._listening.getsockname()[1],
            security=security,
            user="compta",
        )

    def serve(self) -> None:
        with suppress(OSError), self._listening.accept()[0] as line:
            self._talk(self._safe(line) if self._is_ssl else line)
        self._listening.close()

    def _safe(self, line: socket.socket) -> socket.socket:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        assert self._certificate
        context.load_cert_chain(self._certificate)
        return context.wrap_socket(line, server_side=True)

    def _talk(self, line: socket.socket) -> None:
        line.settimeout(10)
        line.sendall(self.greeting)
        for answer in self._answers:
            command = line.recv(4096)
            if not command:
                return
            self.heard.append(command)
            line.sendall(answer.replace(b"%t", command.split()[0]))
            if b"STARTTLS" in command and b" OK" in answer:
                line = self._safe(line)
        self.heard.append(line.recv(4096))


@contextmanager
def listening(
    *answers: bytes,
    security: str = "ssl",
    certificate: Path | None = None,
    greeting: bytes = b"* OK ready\r\n",
) -> Iterator[Listener]:
    server = Listener(list(answers), security, certificate)
    server.greeting = greeting
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    yield server
    thread.join(10)
    assert PASSWORD.encode() not in b"".join(server.heard)


@pytest.mark.parametrize(
    ("name", "ended_days_ago", "is_trusted", "answer"),
    [
        ("localhost", -1, False, Answer.CERTIFICATE),
        ("mail.example.com", -1, True, Answer.OTHER_NAME),
        ("localhost", 1, True, Answer.EXPIRED),
    ],
)
@pytest.mark.parametrize("security", ["ssl", "starttls"])
def test_a_mailbox_server_that_does_not_prove_who_it_is_never_hears_the_password(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    security: str,
    name: str,
    ended_days_ago: int,
    *,
    is_trusted: bool,
    answer: str,
) -> None:
    made = self_signed_certificate(tmp_path, name, ended_days_ago=ended_days_ago)
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(made))

    answers = (SECURED, OK) if security == "starttls" else ()
    with listening(*answers, security=security, certificate=made) as server:
        reached = ImapGateway(timeout=10).test(server.account)

    assert reached == answer


@pytest.mark.parametrize(
    ("answers", "greeting"),
    [
        ((CLEAR_ONLY,), b"* OK ready\r\n"),
        ((SECURED, b"%t NO not now\r\n"), b"* OK ready\r\n"),
        ((SECURED,), b"* PREAUTH welcome\r\n"),
    ],
)
def test_a_mailbox_server_that_goes_on_in_clear_never_hears_the_password(
    answers: tuple[bytes, ...], greeting: bytes
) -> None:
    with listening(*answers, security="starttls", greeting=greeting) as server:
        reached = ImapGateway(timeout=10).test(server.account)

    assert reached == MailboxProblem.NOT_OFFERED


def test_a_mailbox_that_answers_in_clear_on_a_secured_port_is_told() -> None:
    with listening(security="starttls") as server:
        account = replace(server.account, security="ssl")
        reached = ImapGateway(timeout=10).test(account)

    assert reached == MailboxProblem.NOT_OFFERED


def test_a_proven_mailbox_hears_the_password_in_secret_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = self_signed_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    opened = b"* 0 EXISTS\r\n* OK [UIDVALIDITY 7] .\r\n%t OK done\r\n"
    server = Listener([SECURED, OK, SECURED, OK, opened, OK], "starttls", made)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()

    problem = ImapGateway(timeout=10).test(server.account)

    thread.join(10)
    assert problem == ""
    said = [PASSWORD.encode() in command for command in server.heard]
    assert said == [False, False, False, True, False, False, False][: len(said)]


def test_a_server_found_from_an_address_must_prove_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = self_signed_certificate(tmp_path)
    for is_trusted in (False, True):
        if is_trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(made))
        with listening(CLEAR_ONLY, certificate=made) as server:
            account = server.account
            there = MailServer(host=account.host, port=account.port, security="ssl")
            assert ImapGateway().answers(there) is is_trusted


@pytest.mark.parametrize(
    ("name", "ended_days_ago", "answer"),
    [
        ("mail.example.com", -1, Answer.OTHER_NAME),
        ("localhost", 1, Answer.EXPIRED),
    ],
)
def test_a_sending_server_is_told_apart_by_what_is_wrong_with_its_certificate(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    ended_days_ago: int,
    answer: Answer,
) -> None:
    made = self_signed_certificate(tmp_path, name, ended_days_ago=ended_days_ago)
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    with listening(certificate=made) as server:
        there = server.account
        account = SmtpAccount(
            host=there.host,
            port=there.port,
            security="ssl",
            user="compta",
            sender_name="",
            sender_address="compta@example.com",
        )
        report = SmtpGateway(timeout=10).test(account)

    assert (report.outcome, report.answer) == (Delivery.REFUSED, answer)
