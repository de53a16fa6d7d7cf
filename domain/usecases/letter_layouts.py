"""How a firm's letters look: shown on a sample, kept, and put on every letter."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from domain.basics.identifiers import CustomerId, EntityId, ItemId
from domain.basics.money import Money
from domain.customers.customer import Customer
from domain.dunning.letter import LetterContent
from domain.dunning.letter_layout import LetterLayout, check_layout
from domain.dunning.statement import compose_statement
from domain.ledger.entity import Entity
from domain.ledger.entry import DueOrigin
from domain.ledger.open_item import OpenItem
from domain.ports import Books

_SAMPLE_AMOUNTS = (1_250_00, 486_40, 2_310_00, 74_90)


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


def compose_sample(
    books: Books, entity_id: EntityId, layout: LetterLayout, today: date
) -> LetterContent:
    """Write a letter of the firm to an invented customer, to look at a layout.

    Raises:
        LayoutNumberError: a measure is out of its limits.
        LayoutColourError: the colour cannot be read on white.
    """
    check_layout(layout)
    entity = books.entities.get(entity_id)
    items = _sample_items(entity, today)
    total = Money.total((item.left for item in items), items[0].currency)
    letter = compose_statement(
        items,
        overdue=total,
        to_come=Money(0),
        entity=entity,
        customer=_sample_customer(entity),
        contact=None,
        today=today,
        logo=books.outbox.document(entity.logo) if entity.logo else None,
        pays_automatically=False,
    )
    return dressed(books, entity_id, [letter], layout)[0]


def _sample_customer(entity: Entity) -> Customer:
    return Customer(
        id=CustomerId("sample"),
        entity_id=entity.id,
        code="EXEMPLE",
        name="Établissements Exemple et Compagnie",
        address="Bâtiment B\n12 rue de la République\nBP 40",
        postal_code="38000",
        city="Grenoble",
    )


def _sample_items(entity: Entity, today: date) -> list[OpenItem]:
    items = []
    for rank, cents in enumerate(_SAMPLE_AMOUNTS):
        invoice_on = today - timedelta(days=75 - 9 * rank)
        items.append(
            OpenItem(
                id=ItemId(f"sample-{rank}"),
                entity_id=entity.id,
                customer_id=CustomerId("sample"),
                reference=f"FA-{1048 + 7 * rank}",
                invoice_on=invoice_on,
                due_on=invoice_on + timedelta(days=30),
                due_origin=DueOrigin.FILE,
                invoiced=Money(cents),
                settled=Money(0),
            )
        )
    return items
