"""Hands e-mails to the firm's mail server: one attempt at a time, never two."""

import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from smtplib import SMTPAuthenticationError, SMTPException

from domain.basics.errors import DunningError
from domain.dunning.outbox import Delivery, DeliveryReport
from domain.files import Attachment
from domain.ports import (
    EmailContent,
    MailServer,
    OAuthClient,
    SignInGateway,
    SmtpAccount,
)
from storage.mail import addresses, secrets
from storage.mail.answers import Answer, explain
from storage.mail.line import Connection, Line, connect
from storage.mail.message import attachments_of, build_message, text_of
from storage.mail.sign_in import SignIns
from storage.mail.sign_in_refusals import TokenRefusedError

LOOPBACK = ("127.0.0.1", "::1", "localhost")
PROBE_TIMEOUT = 3.0
TRYING_TIMEOUT = 6.0
FAILURES = (DunningError, OSError, UnicodeError)


class ClearConnectionError(DunningError):
    """A password and customers' debts would cross the network in clear."""

    message = "Without encryption, only a mail server on this computer can be used."


class PasswordLettersError(DunningError):
    """The standard library says user names and passwords in ASCII only."""

    message = "The mail account's user name or password has an accent: change it."


class SmtpGateway:
    """Builds e-mails and hands them over, several on one connection."""

    def __init__(
        self, timeout: float = 30.0, *, sign_in: SignInGateway | None = None
    ) -> None:
        self._timeout = timeout
        self._sign_in = sign_in or SignIns()
        self._one_at_a_time = threading.Lock()
        self._account: SmtpAccount | None = None
        self._connection: Connection | None = None

    def build(self, email: EmailContent) -> bytes:
        """Write an e-mail as the bytes that will leave."""
        return build_message(email)

    def check_address(self, address: str) -> str:
        """Say what is odd about an address; empty when nothing is."""
        return addresses.check_address(address)

    def can_be_sent_to(self, address: str) -> bool:
        """Whether a mail server would take an address, however odd it looks."""
        return addresses.is_usable(address)

    def deliver(
        self, account: SmtpAccount, message: bytes, recipients: Sequence[str]
    ) -> DeliveryReport:
        """Make one attempt; the customer comes first, then those who get a copy."""
        with self._one_at_a_time:
            try:
                sender = addresses.on_the_wire(account.sender_address)
                targets = list(dict.fromkeys(map(addresses.on_the_wire, recipients)))
                line = self._line_for(account, sender, targets, len(message))
                return line.hand_over(targets, message)
            except FAILURES as problem:
                in_doubt = self._connection and self._connection.smtp.in_doubt
                self._hang_up()
                if in_doubt:
                    return DeliveryReport(
                        outcome=Delivery.UNKNOWN, answer=Answer.IN_DOUBT
                    )
                return explain(problem)

    def test(self, account: SmtpAccount) -> DeliveryReport:
        """Log in on a connection of its own, and send nothing."""
        try:
            self._open(account).close()
        except FAILURES as problem:
            return explain(problem)
        return DeliveryReport(outcome=Delivery.ACCEPTED)

    def is_reachable(self, account: SmtpAccount) -> bool:
        """Whether the server answers at all; nothing is said to it."""
        try:
            where = (account.host, account.port)
            socket.create_connection(where, PROBE_TIMEOUT).close()
        except (OSError, UnicodeError):
            return False
        return True

    def answers(self, server: MailServer) -> bool:
        """Whether a server is there and proves who it is; nobody logs in."""
        nobody = SmtpAccount(
            host=server.host,
            port=server.port,
            security=server.security,
            user="",
            sender_name="",
            sender_address="",
        )
        try:
            connect(nobody, "", TRYING_TIMEOUT).close()
        except FAILURES:
            return False
        return True

    def attachments(self, message: bytes) -> tuple[Attachment, ...]:
        """Take the files out of a message built here."""
        return attachments_of(message)

    def text(self, message: bytes) -> str:
        """Read the text of a message built here."""
        return text_of(message)

    def close(self) -> None:
        """Leave the server, unless a message is on its way at this moment."""
        if self._one_at_a_time.acquire(blocking=False):
            try:
                self._hang_up()
            finally:
                self._one_at_a_time.release()

    def password(self, account: SmtpAccount) -> str:
        """Find the account's password; empty when none was saved."""
        return secrets.password(account)

    def save_password(self, account: SmtpAccount, password: str) -> None:
        """Keep the account's password in the system's keyring."""
        secrets.save_password(account, password)

    def _line_for(
        self, account: SmtpAccount, sender: str, targets: Sequence[str], size: int
    ) -> Line:
        """Begin a message on the open connection if it still lives, else on a new one.

        Servers close a connection that rested too long or carried enough messages:
        naming the sender again elsewhere is safe, since nothing was handed over.
        """
        if self._connection and account == self._account:
            with suppress(SMTPException):
                self._connection.smtp.begin(sender, targets, size)
                return self._connection.smtp
        self._hang_up()
        self._connection = self._open(account)
        self._account = account
        self._connection.smtp.begin(sender, targets, size)
        return self._connection.smtp

    def _hang_up(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None

    def _open(self, account: SmtpAccount) -> Connection:
        """Connect and log in, once sure that the password may be said."""
        if account.security == "none" and account.host not in LOOPBACK:
            raise ClearConnectionError
        if account.oauth:
            return self._open_signed_in(account, account.oauth)
        password = secrets.login_password(account)
        if not f"{account.user}{password}".isascii():
            raise PasswordLettersError
        return connect(account, password, self._timeout)

    def _open_signed_in(self, account: SmtpAccount, client: OAuthClient) -> Connection:
        """Log in with a token; a refused one is asked for anew, once."""
        if not account.user.isascii():
            raise PasswordLettersError
        for anew in (False, True):
            token = self._sign_in.access_token(client, account.user, anew=anew)
            with suppress(SMTPAuthenticationError):
                return connect(account, "", self._timeout, token)
        raise TokenRefusedError
