"""Notes about a customer or one of its items."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from domain.basics.errors import DunningError
from domain.basics.identifiers import CustomerId, ItemId, new_id
from domain.customers.activity import ActivityKind
from domain.customers.agreements import Note
from domain.ports import Books
from domain.usecases.tracing import each_or_whole, trace


class EmptyNoteError(DunningError):
    """A note says something."""

    message = "Write the note before saving it."


def write_note(
    books: Books,
    customer_id: CustomerId,
    text: str,
    today: date,
    now: datetime,
    item_ids: Sequence[ItemId] = (),
) -> tuple[Note, ...]:
    """Keep a note about a customer, or about each of the items named."""
    customer = books.customers.get(customer_id)
    notes = tuple(
        Note(
            id=new_id(),
            entity_id=customer.entity_id,
            customer_id=customer_id,
            item_id=item_id,
            text=_said(text),
            written_at=now,
        )
        for item_id in each_or_whole(item_ids)
    )
    _keep(books, notes, ActivityKind.NOTE, today, now)
    return notes


def change_note(
    books: Books, note: Note, text: str, today: date, now: datetime
) -> None:
    """Correct a note; its first words stay in the history."""
    changed = replace(note, text=_said(text))
    _keep(books, [changed], ActivityKind.NOTE_CHANGED, today, now)


def remove_note(books: Books, note: Note, today: date, now: datetime) -> None:
    """Take a note off the sheet; its words stay in the history."""
    removed = replace(note, removed_at=now)
    _keep(books, [removed], ActivityKind.NOTE_REMOVED, today, now)


def restore_note(books: Books, note: Note, today: date, now: datetime) -> None:
    """Put a note back as it was, where it was removed or changed by mistake."""
    _keep(books, [note], ActivityKind.NOTE, today, now)


def _said(text: str) -> str:
    if not text.strip():
        raise EmptyNoteError
    return text.strip()


def _keep(
    books: Books,
    notes: Sequence[Note],
    kind: ActivityKind,
    today: date,
    now: datetime,
) -> None:
    customer = books.customers.get(notes[0].customer_id)
    with books.atomic():
        for note in notes:
            books.agreements.save_note(note)
        about = [note.item_id for note in notes]
        trace(books, customer, kind, notes[0].text, today, now, item_ids=about)
