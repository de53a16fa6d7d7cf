"""How a firm's letters look: shown on a sample, kept, and put on every letter."""

from collections.abc import Iterable
from dataclasses import replace

from domain.basics.identifiers import EntityId
from domain.dunning.letter import LetterContent
from domain.dunning.letter_layout import LetterLayout, check_layout
from domain.ports import Books


def show_letter_layout(books: Books, entity_id: EntityId) -> LetterLayout:
    """Tell how a firm's letters look."""
    return books.entities.letter_layout(entity_id)


def save_letter_layout(books: Books, entity_id: EntityId, layout: LetterLayout) -> None:
    """Keep how a firm's letters look, from the next one on.

    Raises:
        LayoutNumberError: a measure is out of its limits.
        LayoutColourError: the colour cannot be read on white.
    """
    check_layout(layout)
    with books.atomic():
        kept = books.entities.letter_layout(entity_id)
        # The picture has a gesture of its own.
        chosen = replace(layout, signature=kept.signature)
        books.entities.save_letter_layout(entity_id, chosen)


def save_signature(
    books: Books, entity_id: EntityId, name: str, mime: str, content: bytes
) -> None:
    """Keep the picture of a signature; empty content removes it."""
    with books.atomic():
        layout = books.entities.letter_layout(entity_id)
        kept = books.outbox.save_document(name, mime, content) if content else None
        books.entities.save_letter_layout(entity_id, replace(layout, signature=kept))


def signature_of(books: Books, layout: LetterLayout) -> bytes | None:
    """Read the picture of a signature."""
    return books.outbox.document(layout.signature) if layout.signature else None


def dressed(
    books: Books,
    entity_id: EntityId,
    letters: Iterable[LetterContent],
    layout: LetterLayout | None = None,
) -> list[LetterContent]:
    """Put a firm's layout, or one that is tried, on letters."""
    chosen = layout or books.entities.letter_layout(entity_id)
    signature = signature_of(books, chosen)
    return [
        replace(
            letter,
            layout=chosen,
            sender=replace(letter.sender, signature=signature),
        )
        for letter in letters
    ]
