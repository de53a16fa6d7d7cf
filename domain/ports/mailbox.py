"""What reads the firm's mailbox, and never changes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.dunning.incoming import ReceivedMail
from domain.ports.mail_hosts import MailServer
from domain.ports.sign_in import OAuthClient


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapAccount:
    """How to reach the firm's mailbox; the password is elsewhere."""

    host: str
    port: int
    security: str
    """"ssl", "starttls" or "none" (loopback only)."""
    user: str
    copies_since: str = ""
    """From when on a copy of what is sent is put in it (ISO); empty for none."""
    oauth: OAuthClient | None = None
    """How to sign in by the browser; None for a password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxMark:
    """How far a mailbox was read: numbers go up, as long as its validity stays."""

    validity: int
    last_uid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxReading:
    """What a look at the mailbox brought."""

    mark: MailboxMark | None = None
    """None when nothing could be read."""
    messages: tuple[ReceivedMail, ...] = ()
    problem: str = ""
    """Why it could not be read, or not whole: a sentence to translate."""
    is_more: bool = False
    """There is more to read: the next look goes on from here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCopy:
    """A message that left, as it left."""

    name: str
    """Its Message-ID."""
    sent_at: datetime
    content: bytes
    """Empty where it is no longer known: nothing is put in the mailbox then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCopies:
    """What came of putting copies in the Sent folder."""

    names: tuple[str, ...] = ()
    """Those that need nothing more."""
    problem: str = ""
    """Why the others are not there: a sentence to translate."""


class MailboxGateway(Protocol):
    """Reads the firm's mailbox; only ever adds to its Sent folder, where asked to."""

    def read(
        self, account: ImapAccount, mark: MailboxMark | None, since: datetime
    ) -> MailboxReading:
        """Read what came after the mark; without one, what came since a moment."""
        ...

    def find_sent(
        self, account: ImapAccount, names: Sequence[str]
    ) -> Mapping[str, datetime]:
        """Tell when messages of these Message-IDs were put in the Sent folder."""
        ...

    def keep_sent(self, account: ImapAccount, copies: Sequence[SentCopy]) -> KeptCopies:
        """Put messages in the Sent folder, those that are not there yet."""
        ...

    def test(self, account: ImapAccount) -> str:
        """Log in and open the inbox; say what is wrong, empty when nothing is."""
        ...

    def answers(self, server: MailServer) -> bool:
        """Whether a server is there and proves who it is; nobody logs in."""
        ...

    def password(self, account: ImapAccount) -> str: ...
    def save_password(self, account: ImapAccount, password: str) -> None: ...
