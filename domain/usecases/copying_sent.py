"""Put copies of what was sent in the mailbox's Sent folder, after it has left.

In three turns, as reading: choose them in the books, hand them over, keep which are
there. A copy that is there already, by its Message-ID, is not put again.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from domain.basics.errors import NotFoundError
from domain.basics.identifiers import DocumentId, EntityId, MessageId
from domain.dunning.outbox import OutboxMessage
from domain.dunning.proof import DocumentAlteredError
from domain.ports import Books, ImapAccount, SentCopy
from domain.usecases.mailbox import imap_account, note_problem

_MOST_AT_ONCE = 20
_LARGEST_AT_ONCE = 30_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """Up to when copies are there, and those of that very moment."""

    until: datetime | None
    done: tuple[MessageId, ...]


def copies_to_keep(
    books: Books, entity_id: EntityId
) -> tuple[ImapAccount, list[SentCopy]] | None:
    """Choose what is put in the Sent folder next, the oldest first; None for none."""
    account = imap_account(books, entity_id)
    if account is None or not account.copies_since:
        return None
    if books.entities.get(entity_id).demo:
        return None
    copies, size = [], 0
    for message in islice(_waiting(books, account, entity_id), _MOST_AT_ONCE):
        copies.append(
            SentCopy(
                name=message.message_header_id,
                sent_at=message.changed_at,
                content=_content(books, message),
            )
        )
        size += len(copies[-1].content)
        if size > _LARGEST_AT_ONCE:
            break
    return (account, copies) if copies else None


def copies_kept(
    books: Books, entity_id: EntityId, names: Collection[str], problem: str
) -> None:
    """Remember which copies are there; the others are put at a later look."""
    with books.atomic():
        account = imap_account(books, entity_id)
        if account is None:
            return
        done = [
            message
            for message in _waiting(books, account, entity_id)
            if message.message_header_id in names
        ]
        if done:
            until = max(message.changed_at for message in done)
            known = _known(books, entity_id)
            at_last = [m.id for m in done if m.changed_at == until]
            if known.until == until:
                at_last += known.done
            kept = {"until": until.isoformat(), "done": at_last}
            books.settings.set(_key(entity_id), json.dumps(kept))
        if problem:
            note_problem(books, entity_id, problem)


def _waiting(
    books: Books, account: ImapAccount, entity_id: EntityId
) -> list[OutboxMessage]:
    since = datetime.fromisoformat(account.copies_since)
    known = _known(books, entity_id)
    last = max(known.until or since, since)
    return [
        message
        for message in books.outbox.emails_sent_since(entity_id, last)
        if message.id not in known.done
    ]


def _content(books: Books, message: OutboxMessage) -> bytes:
    """Read what left; nothing where its file was altered or removed since."""
    try:
        return books.outbox.document(message.document_id or DocumentId(""))
    except (DocumentAlteredError, NotFoundError):
        return b""


def _known(books: Books, entity_id: EntityId) -> _Done:
    stored = books.settings.get(_key(entity_id))
    kept = json.loads(stored) if stored else {}
    until = datetime.fromisoformat(kept["until"]) if kept else None
    return _Done(until=until, done=tuple(kept.get("done", ())))


def _key(entity_id: EntityId) -> str:
    return f"sent_copies/{entity_id}"
