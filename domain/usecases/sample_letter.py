"""A letter to an invented customer, to look at how letters are laid out."""

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
from domain.usecases.letter_layouts import dressed
from domain.usecases.statement import statement_text

_SAMPLE_AMOUNTS = (1_250_00, 486_40, 2_310_00, 74_90)


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
    customer = _sample_customer(entity)
    total = Money.total((item.left for item in items), items[0].currency)
    letter = compose_statement(
        items,
        overdue=total,
        to_come=Money(0),
        entity=entity,
        customer=customer,
        contact=None,
        text=statement_text(books, entity_id, customer.language),
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
