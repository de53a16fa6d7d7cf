"""A real SMTP server on this computer, as obliging or as awkward as a test asks.

``with smtp_server(Behaviour.DROP_AFTER_DATA) as server:`` gives its account, what it
received and how often it was connected to. It listens on loopback only.
"""
# ruff: noqa: N802 - aiosmtpd names what it calls after SMTP's own words

import asyncio
import ssl
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import AnyStr, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from domain.ports import SmtpAccount
from tests.mail_certificate import self_signed_certificate

PASSWORD = "mot-de-passe"


class Behaviour(StrEnum):
    """What the server does with what it is given."""

    ACCEPT = "accept"
    REFUSE_LOGIN = "refuse_login"
    REFUSE_LOGIN_AND_HANG_UP = "refuse_login_and_hang_up"
    REFUSE_RECIPIENT = "refuse_recipient"
    """Of the addresses in ``refused``, or of all when there are none."""
    REFUSE_MESSAGE = "refuse_message"
    TEMPORARILY_UNAVAILABLE = "temporarily_unavailable"
    LATER_AFTER_DATA = "later_after_data"
    DROP_BEFORE_DATA = "drop_before_data"
    DROP_DURING_DATA = "drop_during_data"
    SLOW = "slow"
    """Takes the message at a few megabytes per second."""
    DROP_AFTER_DATA = "drop_after_data"
    """Takes the message, then closes without a word."""
    NONSENSE_AFTER_DATA = "nonsense_after_data"
    SILENT_AFTER_DATA = "silent_after_data"
    SILENT = "silent"
    """Accepts the connection and never says anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A message as it arrived."""

    sender: str
    recipients: list[str]
    content: bytes


class SmtpServer:
    """One running server; its behaviour may be changed between two messages."""

    def __init__(self, behaviour: Behaviour, security: str, user: str) -> None:
        self.behaviour = behaviour
        self.refused: set[str] = set()
        self.says: dict[str, str] = {}
        """What it answers instead of yes, by command: MAIL, RCPT, DATA."""
        self.says_after = 0
        """How many messages it takes before it answers that."""
        self.messages_per_connection = 1000
        self.speaks_utf8 = True
        self.received: list[Received] = []
        self.logins: list[tuple[str, str]] = []
        self.sessions: list[_Conversation] = []
        self.security = security
        self.user = user
        self.host = "127.0.0.1"
        self.port = 0
        self.certificate: Path | None = None
        self.loop: asyncio.AbstractEventLoop
        self.stopped: asyncio.Event

    @property
    def account(self) -> SmtpAccount:
        """Tell how to reach this server."""
        return SmtpAccount(
            host=self.host,
            port=self.port,
            security=self.security,
            user=self.user,
            sender_name="Société Exemple",
            sender_address="compta@example.com",
        )

    def said(self, command: str) -> str:
        """Tell what a test wants answered to a command; empty for the usual yes."""
        is_time = len(self.received) >= self.says_after
        return self.says.get(command, "") if is_time else ""

    def cut_connections(self) -> None:
        """Close every connection, as a server does with those that rest too long."""
        for session in self.sessions:
            self.loop.call_soon_threadsafe(session.hang_up)

    async def serve(self, ready: threading.Event) -> None:
        """Answer until told to stop."""
        self.loop, self.stopped = asyncio.get_running_loop(), asyncio.Event()
        context = None
        if self.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate)

        def new_conversation() -> asyncio.Protocol:
            self.sessions.append(_Conversation(self, context))
            return self.sessions[-1]

        server = await self.loop.create_server(
            new_conversation,
            self.host,
            port=self.port,
            ssl=context if self.security == "ssl" else None,
        )
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self.stopped.wait()
        server.close()
        for session in self.sessions:
            session.hang_up()
        await asyncio.sleep(0)  # let the connections close

    def log_in(self, login: LoginPassword) -> AuthResult:
        """Check a user name and a password."""
        given = (login.login.decode(), login.password.decode())
        self.logins.append(given)
        refuses = self.behaviour in (
            Behaviour.REFUSE_LOGIN,
            Behaviour.REFUSE_LOGIN_AND_HANG_UP,
        )
        return AuthResult(
            success=given == (self.user, PASSWORD) and not refuses, handled=False
        )


class _Conversation(SMTP):
    """One client's connection."""

    def __init__(self, server: SmtpServer, context: ssl.SSLContext | None) -> None:
        starttls = server.security == "starttls"
        super().__init__(
            self,
            enable_SMTPUTF8=server.speaks_utf8,
            hostname="localhost",
            tls_context=context if starttls else None,
            require_starttls=starttls,
            auth_require_tls=False,
            authenticator=lambda *given: server.log_in(given[-1]),
            loop=server.loop,
        )
        self._test = server
        self._taken = 0
        self._login_attempts = 0

    def hang_up(self) -> None:
        if self.transport:
            cast("asyncio.Transport", self.transport).abort()

    async def push(self, status: AnyStr) -> None:
        if self._test.behaviour is not Behaviour.SILENT:
            await super().push(status)

    async def smtp_AUTH(self, arg: str) -> None:
        self._login_attempts += 1
        hangs_up = self._test.behaviour is Behaviour.REFUSE_LOGIN_AND_HANG_UP
        if hangs_up and self._login_attempts > 1:
            self.hang_up()
        else:
            await super().smtp_AUTH(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if self._test.behaviour is Behaviour.DROP_BEFORE_DATA:
            self.hang_up()
        elif self._test.behaviour is Behaviour.DROP_DURING_DATA:
            await self.push("354 Go on")
            await self._reader.read(1000)
            self.hang_up()
        elif self._test.behaviour is Behaviour.SLOW:
            await self.push("354 Go on")
            end = b""
            while end != b"\r\n.\r\n":
                end = (end + await self._reader.read(2**20))[-5:]
                await asyncio.sleep(0.05)
            await self.push("250 OK")
        else:
            await super().smtp_DATA(arg)

    async def handle_MAIL(
        self,
        _server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if self._test.user and not session.authenticated:
            return "530 5.7.0 Authentication required"
        if self._taken >= self._test.messages_per_connection:
            return "421 4.7.0 Too many messages on this connection"
        if said := self._test.said("MAIL"):
            return said
        if self._test.behaviour is Behaviour.TEMPORARILY_UNAVAILABLE:
            return "451 4.3.2 Please try again later"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if said := self._test.said("RCPT"):
            return said
        if self._test.behaviour is Behaviour.REFUSE_RECIPIENT and (
            address in self._test.refused or not self._test.refused
        ):
            return "550 5.1.1 User unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        behaviour = self._test.behaviour
        if said := self._test.said("DATA"):
            return said
        if behaviour is Behaviour.REFUSE_MESSAGE:
            return "554 5.7.1 Message refused: policy"
        if behaviour is Behaviour.LATER_AFTER_DATA:
            return "452 4.3.1 Mailbox full, try again later"
        assert envelope.mail_from
        assert envelope.original_content
        self._taken += 1
        self._test.received.append(
            Received(
                sender=envelope.mail_from,
                recipients=envelope.rcpt_tos,
                content=envelope.original_content,
            )
        )
        if behaviour is Behaviour.DROP_AFTER_DATA:
            self.hang_up()
        elif behaviour is Behaviour.SILENT_AFTER_DATA:
            await self._test.stopped.wait()
        elif behaviour is Behaviour.NONSENSE_AFTER_DATA:
            return "what?"
        return f"250 2.0.0 Queued as {len(self._test.received)}"


@contextmanager
def smtp_server(
    behaviour: Behaviour = Behaviour.ACCEPT,
    *,
    security: str = "none",
    user: str = "",
    port: int = 0,
) -> Iterator[SmtpServer]:
    """Run a server; with a user, it asks for ``PASSWORD`` before anything else."""
    server, ready = SmtpServer(behaviour, security, user), threading.Event()
    server.port = port
    with tempfile.TemporaryDirectory() as folder:
        if security != "none":
            server.host = "localhost"
            server.certificate = self_signed_certificate(Path(folder))
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(ready)))
        thread.start()
        try:
            assert ready.wait(timeout=10), "The mail server did not start"
            yield server
        finally:
            server.loop.call_soon_threadsafe(server.stopped.set)
            thread.join(timeout=10)
