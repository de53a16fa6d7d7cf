"""What builds and hands over e-mails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.dunning.outbox import (
    DeliveryReport,
)
from domain.files import Attachment
from domain.ports.mail_hosts import MailServer
from domain.ports.sign_in import OAuthClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A PNG that an e-mail shows under ``cid:`` and its name."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailContent:
    """An e-mail before it becomes bytes."""

    message_id: str
    """Without angle brackets."""
    sender_name: str
    sender_address: str
    recipient: str
    also_to: tuple[str, ...] = ()
    """Others that it is written to."""
    copies: tuple[str, ...] = ()
    reply_to: str = ""
    """Where answers go, unless to the sender."""
    wants_receipt: bool = False
    answers: tuple[str, ...] = ()
    """Message-IDs of the e-mails that it goes on with, the oldest first."""
    subject: str
    text: str
    html: str
    date: datetime
    attachments: tuple[Attachment, ...] = ()
    pictures: tuple[Picture, ...] = ()
    """Those that the HTML shows, carried by the e-mail itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAccount:
    """How to reach the firm's mail server; the password is elsewhere."""

    host: str
    port: int
    security: str
    """"ssl", "starttls" or "none" (loopback only)."""
    user: str
    sender_name: str
    sender_address: str
    reply_to: str = ""
    """Where answers go, unless to the sender."""
    wants_receipt: bool = False
    """Whether readers are asked to say that they read."""
    oauth: OAuthClient | None = None
    """How to sign in by the browser; None for a password."""


class MailGateway(Protocol):
    """Builds and hands over e-mails."""

    def build(self, email: EmailContent) -> bytes: ...
    def check_address(self, address: str) -> str:
        """Say what is odd about an address; empty when nothing is."""
        ...

    def can_be_sent_to(self, address: str) -> bool:
        """Whether a mail server would take an address, however odd it looks."""
        ...

    def deliver(
        self, account: SmtpAccount, message: bytes, recipients: Sequence[str]
    ) -> DeliveryReport:
        """Make one attempt; the connection may be reused by the next one."""
        ...

    def test(self, account: SmtpAccount) -> DeliveryReport:
        """Log in, send nothing."""
        ...

    def is_reachable(self, account: SmtpAccount) -> bool:
        """Whether the server answers at all; nothing is said to it."""
        ...

    def answers(self, server: MailServer) -> bool:
        """Whether a server is there and proves who it is; nobody logs in."""
        ...

    def attachments(self, message: bytes) -> tuple[Attachment, ...]:
        """Take the files out of a message built here."""
        ...

    def text(self, message: bytes) -> str:
        """Read the text of a message built here."""
        ...

    def close(self) -> None: ...
    def password(self, account: SmtpAccount) -> str: ...
    def save_password(self, account: SmtpAccount, password: str) -> None: ...
