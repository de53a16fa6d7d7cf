"""The connection with the mail server, opened by yagmail, and one transaction on it."""

import contextlib
import smtplib
import ssl
from collections.abc import Sequence
from typing import Any

import yagmail

from domain.basics.errors import DunningError
from domain.dunning.outbox import Delivery, DeliveryReport
from domain.ports import SmtpAccount
from storage.mail.answers import (
    LONGEST,
    RecipientRefusedError,
    in_words,
    is_accepted,
    is_refused,
)

FAREWELL_TIMEOUT = 3.0
PIECE = 2**16
FINAL_DOT = b"\r\n.\r\n"
# The machine's own name may hold accents, which smtplib cannot say, is slow to
# find without a network, and is nobody's business.
GREETING_NAME = "[127.0.0.1]"


class UnusualAddressError(DunningError):
    """An address has accents before its @, and this server takes none."""

    message = "The mail server takes no address with an accent before the @."


class Line(smtplib.SMTP):
    """An SMTP connection that knows whether a message may have left."""

    in_doubt = False
    # RFC 5321, 4.5.3.2.6 asks for ten minutes, since a server may examine a message
    # before it answers. Two are what a person closing the app can bear.
    verdict_timeout = 120.0
    _login_refusal: smtplib.SMTPAuthenticationError | None = None

    def send(self, s: Any) -> None:  # noqa: ANN401 - as smtplib has it
        """Send, and remember when the final dot has left.

        ``sendall`` returns once every byte is handed over and raises otherwise:
        then the dot stayed here, and a server keeps nothing without it. Its timeout
        is for the whole, which a slow connection would not meet with a large
        message: each piece gets its own.
        """
        for start in range(0, len(s), PIECE):
            super().send(s[start : start + PIECE])
        if isinstance(s, bytes) and s.endswith(FINAL_DOT):
            self.in_doubt = True
            assert self.sock
            self.sock.settimeout(self.verdict_timeout)

    def data(self, msg: Any) -> tuple[int, bytes]:  # noqa: ANN401 - as smtplib has it
        """Hand a message over; the doubt ends with a clear answer."""
        code, words = super().data(msg)
        if not (is_accepted(code) or is_refused(code)):
            raise smtplib.SMTPDataError(code, words)
        self.in_doubt = False
        assert self.sock
        self.sock.settimeout(self.timeout)
        return code, words

    def auth(self, *args: Any, **options: Any) -> tuple[int, bytes]:  # noqa: ANN401
        """Log in one way; a server that then hangs up has still refused."""
        try:
            return super().auth(*args, **options)
        except smtplib.SMTPAuthenticationError as refusal:
            self._login_refusal = refusal
            raise
        except smtplib.SMTPServerDisconnected:
            if self._login_refusal:
                raise self._login_refusal from None
            raise

    def give_token(self, user: str, token: str) -> None:
        """Log in with what the provider gave the user for an hour (XOAUTH2)."""
        self.ehlo_or_helo_if_needed()
        if "XOAUTH2" not in self.esmtp_features.get("auth", "").upper().split():
            raise smtplib.SMTPNotSupportedError
        first = bearer(user, token)
        # To the server's reasons, which it then ends with a refusal, say nothing.
        self.auth("XOAUTH2", lambda said=None: first if said is None else "")

    def begin(self, sender: str, recipients: Sequence[str], size: int) -> None:
        """Name the sender, which also shows whether the connection still lives."""
        self.ehlo_or_helo_if_needed()
        options = [f"size={size}"] if self.has_extn("size") else []
        if not all(address.isascii() for address in (sender, *recipients)):
            if not self.has_extn("smtputf8"):
                raise UnusualAddressError
            options.append("smtputf8")
        code, words = self.mail(sender, options)
        if not is_accepted(code):
            raise smtplib.SMTPSenderRefused(code, words, sender)

    def hand_over(self, recipients: Sequence[str], message: bytes) -> DeliveryReport:
        """Name the recipients, then give the message, once.

        The first recipient is the customer: if refused, nothing leaves, whatever
        becomes of the copies.
        """
        refused = []
        for recipient in recipients:
            code, words = self.rcpt(recipient)
            if not is_accepted(code):
                if recipient == recipients[0]:
                    raise RecipientRefusedError(code, words)
                refused.append(f"{recipient}: {in_words(code, words)}")
        code, words = self.data(message)
        if not is_accepted(code):
            raise smtplib.SMTPDataError(code, words)
        answer = " ; ".join(refused) or in_words(code, words)
        return DeliveryReport(outcome=Delivery.ACCEPTED, answer=answer[:LONGEST])


class TlsLine(Line, smtplib.SMTP_SSL):
    """The same, encrypted from its first byte."""


class Connection(yagmail.SMTP):  # type: ignore[misc] # yagmail ships no types
    """yagmail's authenticated connection, over our own lines.

    Its ``send`` must not be used: it sends again when the line drops after the
    message was taken, and the customer then receives it twice.
    """

    smtp: Line

    @property
    def connection(self) -> type[Line]:
        """Tell yagmail what to open."""
        return TlsLine if self.ssl else Line

    def close(self) -> None:
        """Take leave, without waiting for a server that no longer answers."""
        self.is_closed = True
        if not self.smtp:  # yagmail leaves None there when nothing was opened
            return
        with contextlib.suppress(OSError):
            if self.smtp.sock:
                self.smtp.sock.settimeout(FAREWELL_TIMEOUT)
            self.smtp.quit()
        self.smtp.close()


def bearer(user: str, token: str) -> str:
    """Write a token as mail servers take it (developers.google.com, XOAUTH2)."""
    return f"user={user}\x01auth=Bearer {token}\x01\x01"


def connect(
    account: SmtpAccount, password: str, timeout: float, token: str = ""
) -> Connection:
    """Open a connection and log in; only ever to a server that proves who it is.

    With a token, the password is not used.
    """
    context = ssl.create_default_context()
    choices: dict[str, dict[str, Any]] = {
        "ssl": {"context": context},
        "starttls": {"smtp_ssl": False, "smtp_starttls": {"context": context}},
        "none": {"smtp_ssl": False, "smtp_starttls": False},
    }
    connection = Connection(
        # As a mapping: yagmail would add @gmail.com to a plain user name.
        user={account.user: account.sender_name},
        password=password,
        host=account.host,
        port=account.port,
        smtp_skip_login=bool(token) or not account.user,
        soft_email_validation=False,
        timeout=timeout,
        local_hostname=GREETING_NAME,
        **choices[account.security],
    )
    try:
        connection.login()
        if token:
            connection.smtp.give_token(account.user, token)
    except Exception:
        connection.close()
        raise
    return connection
