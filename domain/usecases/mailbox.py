"""Read the firm's mailbox: in three turns, so that no server holds the books.

Read from the books what to look for; look, which touches no books; keep what came.
Reading the same message again changes nothing.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId, MessageId
from domain.dunning.incoming import IncomingKind
from domain.dunning.journal import What
from domain.dunning.outbox import MessageState
from domain.dunning.position import LevelCause
from domain.ports import (
    Books,
    ImapAccount,
    MailboxGateway,
    MailboxMark,
    MailboxReading,
    OAuthClient,
)
from domain.usecases.completing import complete
from domain.usecases.configuring import PortWrongError
from domain.usecases.incoming import keep_incoming

_FIRST_LOOK = timedelta(days=30)
_PORTS = range(1, 65536)


class MailboxServerMissingError(DunningError):
    """A mailbox is somewhere, and somebody's."""

    message = (
        "To read the mailbox, the name of its server and the user name are both needed."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxWords:
    """What the books keep in the user's language."""

    to_read: str
    """Why dunning is stopped when somebody replied."""
    found_sent: Callable[[datetime], str]
    """How the doubt about a message ended: it was found among the sent ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToLookFor:
    """What one look at a mailbox needs."""

    account: ImapAccount
    mark: MailboxMark | None
    doubtful: Mapping[str, MessageId]
    """The messages in doubt, by Message-ID."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What one look at a mailbox brought."""

    account: ImapAccount
    reading: MailboxReading
    found_sent: Mapping[MessageId, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxReport:
    """What came of a look, and when it was."""

    at: datetime
    problem: str = ""
    replies: int = 0
    bounces: int = 0
    receipts: int = 0
    absences: int = 0
    settled_doubts: int = 0
    is_more: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing came that anybody would notice."""
        came = self.replies + self.bounces + self.receipts + self.absences
        return not (came or self.settled_doubts)


def imap_account(books: Books, entity_id: EntityId) -> ImapAccount | None:
    """Read how to reach the firm's mailbox; None until it is set."""
    stored = books.settings.get(f"imap/{entity_id}")
    if not stored:
        return None
    fields = json.loads(stored)
    return ImapAccount(**{**fields, "oauth": OAuthClient.kept(fields.get("oauth"))})


def save_imap_account(
    books: Books, entity_id: EntityId, account: ImapAccount | None
) -> None:
    """Keep how to reach the mailbox, or None to read it no more."""
    if account and not (account.host and account.user):
        raise MailboxServerMissingError
    if account and account.port not in _PORTS:
        raise PortWrongError
    with books.atomic():
        kept = json.dumps(asdict(account)) if account else ""
        books.settings.set(f"imap/{entity_id}", kept)


def what_to_look_for(books: Books, entity_id: EntityId) -> ToLookFor | None:
    """Read what a look needs; None without an account, or in a demonstration."""
    account = imap_account(books, entity_id)
    if account is None or books.entities.get(entity_id).demo:
        return None
    return ToLookFor(
        account=account,
        mark=_mark(books, entity_id, account),
        doubtful={
            message.message_header_id: message.id
            for message in books.outbox.all(entity_id, [MessageState.UNCERTAIN])
            if message.message_header_id
        },
    )


def look(mailbox: MailboxGateway, wanted: ToLookFor, now: datetime) -> Looked:
    """Read what is new, and look for the messages in doubt; touches no books."""
    reading = mailbox.read(wanted.account, wanted.mark, now - _FIRST_LOOK)
    found = {}
    if wanted.doubtful and not reading.problem:
        found = dict(mailbox.find_sent(wanted.account, list(wanted.doubtful)))
    return Looked(
        account=wanted.account,
        reading=reading,
        found_sent={
            wanted.doubtful[name]: moment
            for name, moment in found.items()
            if name in wanted.doubtful
        },
    )


def keep_look(
    books: Books,
    entity_id: EntityId,
    looked: Looked,
    words: MailboxWords,
    today: date,
    now: datetime,
) -> MailboxReport:
    """Keep what a look brought: all of it counts, or nothing does."""
    reading = looked.reading
    came: Counter[IncomingKind | None] = Counter()
    with books.atomic():
        settled = sum(
            _settle(books, message_id, words.found_sent(moment), today, now)
            for message_id, moment in looked.found_sent.items()
        )
        for mail in reading.messages:
            kind = keep_incoming(books, entity_id, mail, words.to_read, today, now)
            came[kind] += 1
        report = MailboxReport(
            at=now,
            problem=reading.problem,
            replies=came[IncomingKind.HUMAN],
            bounces=came[IncomingKind.PERMANENT_BOUNCE]
            + came[IncomingKind.TEMPORARY_BOUNCE],
            receipts=came[IncomingKind.RECEIPT],
            absences=came[IncomingKind.AUTO_REPLY],
            settled_doubts=settled,
            is_more=reading.is_more,
        )
        if reading.mark:
            _keep_mark(books, entity_id, looked.account, reading.mark)
        kept = {"at": now.isoformat(), "problem": reading.problem}
        books.settings.set(f"mailbox_look/{entity_id}", json.dumps(kept))
    return report


def note_problem(books: Books, entity_id: EntityId, problem: str) -> None:
    """Keep what went wrong once the mailbox was read."""
    stored = books.settings.get(f"mailbox_look/{entity_id}")
    if stored:
        kept = {**json.loads(stored), "problem": problem}
        books.settings.set(f"mailbox_look/{entity_id}", json.dumps(kept))


def last_look(books: Books, entity_id: EntityId) -> MailboxReport | None:
    """Tell when the mailbox was last looked at, and what went wrong, if anything."""
    stored = books.settings.get(f"mailbox_look/{entity_id}")
    if not stored or imap_account(books, entity_id) is None:
        return None
    kept = json.loads(stored)
    return MailboxReport(at=datetime.fromisoformat(kept["at"]), problem=kept["problem"])


def _settle(
    books: Books, message_id: MessageId, answer: str, today: date, now: datetime
) -> bool:
    """End a doubt by evidence: the message is among those that were sent."""
    message = books.outbox.get(message_id)
    if message.state is not MessageState.UNCERTAIN:
        return False
    known = replace(message, answer=answer, changed_at=now)
    complete(books, known, LevelCause.SENT, today, now, proof=What.FOUND)
    return True


def _mark(
    books: Books, entity_id: EntityId, account: ImapAccount
) -> MailboxMark | None:
    stored = books.settings.get(f"mailbox_mark/{entity_id}")
    kept = json.loads(stored) if stored else {}
    if kept.get("of") != _named(account):
        return None
    return MailboxMark(validity=kept["validity"], last_uid=kept["last_uid"])


def _keep_mark(
    books: Books, entity_id: EntityId, account: ImapAccount, mark: MailboxMark
) -> None:
    kept = {"of": _named(account), **asdict(mark)}
    books.settings.set(f"mailbox_mark/{entity_id}", json.dumps(kept))


def _named(account: ImapAccount) -> str:
    return f"{account.user}@{account.host}:{account.port}"
