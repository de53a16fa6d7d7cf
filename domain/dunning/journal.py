"""The journal of what left: records chained by their hashes, only ever added to.

What happened is written as JSON in one way only (keys in order, no spaces, ASCII).
Its SHA-256 is the record's seal; the SHA-256 of the record's number, the hash of the
record before and the seal is the record's hash. A seal alone stands for a record that
somebody else should not read: the chain can still be followed.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from domain.basics.identifiers import CustomerId, DocumentId, EntityId, MessageId
from domain.dunning.outbox import OutboxMessage

BEGINNING = "0" * 64
"""What the first record names as the hash before it."""


class What(StrEnum):
    """What a record proves about a message."""

    SENT = "sent"
    """The mail server took it."""
    PRINTED = "printed"
    """A person saw the letter on paper."""
    DECLARED = "declared"
    """A person said that it left."""
    FOUND = "found"
    """The mailbox shows that it left: kept among the sent, or answered."""
    KNOWN = "known"
    """It had left before the journal began."""
    UNCERTAIN = "uncertain"
    REFUSED = "refused"
    AGAIN = "again"
    """A person said that it did not leave, and must go again."""


LEFT = frozenset({What.SENT, What.PRINTED, What.DECLARED, What.FOUND, What.KNOWN})
"""Those after which a message counts as sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEvent:
    """What happened to a message, when, and to whom by reference.

    No name and no address: nothing can be taken out of the journal later.
    """

    what: What
    at: datetime
    on: date
    """The day on the user's clock."""
    entity_id: EntityId
    customer_id: CustomerId
    message_id: MessageId
    document_id: DocumentId | None
    """The SHA-256 of what left, word for word."""
    header_id: str = ""
    """The Message-ID of an e-mail."""
    answer: str = ""
    """The words of the server that took it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalRecord:
    """A record as it is kept; its bytes are read as they are, damaged or not."""

    number: int
    event: bytes
    previous: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEnd:
    """How many records there are, and the hash of the last one."""

    count: int = 0
    hash: str = BEGINNING


class Fault(StrEnum):
    """What is wrong with a record, a message or a file."""

    ALTERED = "altered"
    MISSING = "missing"
    EXTRA = "extra"
    UNLINKED = "unlinked"
    """It does not follow the record before it: one of the two was replaced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFault:
    """A record that is not as it was written."""

    number: int
    fault: Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalExtract:
    """One customer's records, the others as seals alone: the chain still shows.

    It begins with the customer's first record and goes to the end of the journal.
    """

    first: int
    previous: str
    lines: tuple[str, ...]
    end: JournalEnd


def event_of(
    message: OutboxMessage, what: What, on: date, at: datetime
) -> JournalEvent:
    """Say what happened to a message."""
    return JournalEvent(
        what=what,
        at=at,
        on=on,
        entity_id=message.entity_id,
        customer_id=message.customer_id,
        message_id=message.id,
        document_id=message.document_id,
        header_id=message.message_header_id,
        answer=message.answer if what is What.SENT else "",
    )


def written(event: JournalEvent) -> bytes:
    """Write an event in the one way that its seal is made of."""
    return _canonical(
        {
            "what": event.what.value,
            "at": event.at.isoformat(),
            "on": event.on.isoformat(),
            "entity": event.entity_id,
            "customer": event.customer_id,
            "message": event.message_id,
            "document": event.document_id,
            "message_id": event.header_id,
            "answer": event.answer,
        }
    )


def read(event: bytes) -> Mapping[str, str | None]:
    """Read a written event; nothing where it is no longer one."""
    try:
        found = json.loads(event)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def seal(event: bytes) -> str:
    """Give the seal of a written event."""
    return sha256(event).hexdigest()


def link(number: int, previous: str, sealed: str) -> str:
    """Give the hash of a record."""
    return seal(_canonical({"number": number, "previous": previous, "seal": sealed}))


def following(end: JournalEnd, event: JournalEvent) -> JournalRecord:
    """Make the record that comes after the last one."""
    text, number = written(event), end.count + 1
    return JournalRecord(
        number=number,
        event=text,
        previous=end.hash,
        hash=link(number, end.hash, seal(text)),
    )


def faults(records: Iterable[JournalRecord], end: JournalEnd) -> list[RecordFault]:
    """Name the records that are altered, missing, added or exchanged, in order."""
    found: list[RecordFault] = []
    expected, last, is_sound = 1, BEGINNING, True
    for record in records:
        if record.number < expected or record.number > end.count:
            found.append(RecordFault(number=record.number, fault=Fault.EXTRA))
            continue
        gap = range(expected, record.number)
        found += [RecordFault(number=n, fault=Fault.MISSING) for n in gap]
        is_whole = _is_as_written(record)
        if not is_whole:
            found.append(RecordFault(number=record.number, fault=Fault.ALTERED))
        elif record.previous != last and is_sound and not gap:
            found.append(RecordFault(number=record.number, fault=Fault.UNLINKED))
        expected, last, is_sound = record.number + 1, record.hash, is_whole
    tail = range(expected, end.count + 1)
    found += [RecordFault(number=n, fault=Fault.MISSING) for n in tail]
    if not tail and last != end.hash and is_sound:
        found.append(RecordFault(number=expected - 1, fault=Fault.UNLINKED))
    return found


def extract(
    records: Iterable[JournalRecord], end: JournalEnd, customer_id: CustomerId
) -> JournalExtract | None:
    """Take one customer's records out; None where there are none."""
    first, previous = 0, BEGINNING
    lines: list[str] = []
    for record in records:
        is_theirs = read(record.event).get("customer") == customer_id
        if is_theirs and not lines:
            first, previous = record.number, record.previous
        if is_theirs:
            lines.append(record.event.decode("utf-8", "replace"))
        elif lines:
            lines.append(seal(record.event))
    if not lines:
        return None
    return JournalExtract(first=first, previous=previous, lines=tuple(lines), end=end)


def _is_as_written(record: JournalRecord) -> bool:
    return record.hash == link(record.number, record.previous, seal(record.event))


def _canonical(content: Mapping[str, str | int | None]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")
