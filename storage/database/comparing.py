"""What a file of books holds, and what came after a copy of it was made."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from domain.basics.errors import BooksUnreadableError
from domain.basics.money import Money
from domain.copies import KINDS, CopyPreview, Holding, SentSince, Since
from storage.database import copies, inspection

_SHOWN = 500


def preview(path: Path, copy: Path) -> CopyPreview:
    """Look at a copy, and at what the books hold that it does not.

    Raises:
        BooksUnreadableError: the copy is damaged, something else, or too recent.
    """
    inspection.inspect(copy)
    with inspection.readable(copy), closing(inspection.read_only(copy)) as books:
        holding = _holding(books)
    now = since = None
    try:
        inspection.inspect(path)
        with closing(inspection.read_only(path)) as books:
            now = _holding(books)
            books.execute("ATTACH ? AS copy", (f"{copy.absolute().as_uri()}?mode=ro",))
            since = _since(books)
    except (sqlite3.Error, BooksUnreadableError):
        now = since = None  # why a copy is looked at: nothing can be compared
    return CopyPreview(
        copy=copies.described(copy), holding=holding, now=now, since=since
    )


def _holding(books: sqlite3.Connection) -> Holding:
    names = books.execute("SELECT name FROM entities ORDER BY name").fetchall()
    (customers,) = books.execute("SELECT count(*) FROM customers").fetchone()
    sums = books.execute(
        "SELECT currency, count(*), sum(invoiced_cents - settled_cents) FROM items"
        " WHERE state = 'open' GROUP BY currency ORDER BY count(*) DESC"
    ).fetchall()
    (imported,) = books.execute(
        "SELECT max(imported_at) FROM imports WHERE undone_at IS NULL"
    ).fetchone()
    (sent,) = books.execute(
        "SELECT max(changed_at) FROM outbox WHERE state = 'sent'"
    ).fetchone()
    return Holding(
        entities=tuple(name for (name,) in names),
        customers=customers,
        items=sum(count for _, count, _cents in sums),
        owed=tuple(Money(cents, currency) for currency, _, cents in sums),
        last_import_at=_moment(imported),
        last_sent_at=_moment(sent),
    )


def _since(books: sqlite3.Connection) -> Since:
    """Compare by names: what the copy lacks would go with it."""
    added = {}
    for kind in KINDS:
        (count,) = books.execute(
            f"SELECT count(*) FROM main.{kind}"
            f" WHERE id NOT IN (SELECT id FROM copy.{kind})"
        ).fetchone()
        if count:
            added[kind] = count
    sent = books.execute(
        "SELECT changed_at, customers.name, subject, state = 'sent' FROM main.outbox"
        " JOIN main.customers ON customers.id = customer_id"
        " WHERE state IN ('sent', 'uncertain', 'sending') AND outbox.id NOT IN"
        " (SELECT id FROM copy.outbox WHERE state = 'sent')"
        " ORDER BY changed_at DESC LIMIT ?",
        (_SHOWN,),
    )
    return Since(
        added=added,
        sent=tuple(
            SentSince(
                at=datetime.fromisoformat(at),
                customer=name,
                subject=subject,
                is_certain=bool(is_certain),
            )
            for at, name, subject, is_certain in sent
        ),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
