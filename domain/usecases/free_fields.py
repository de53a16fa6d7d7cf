"""Free fields: what a firm calls them, and what they hold."""

import json

from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId
from domain.customers.free_fields import FieldNames, ItemFields
from domain.ports import Books


class FieldNameTwiceError(DunningError):
    """Two fields of one name could not be told apart."""

    message = "Two free fields cannot both be called “{name}”."


def field_names(books: Books, entity_id: EntityId) -> FieldNames:
    """Read what a firm calls its free fields."""
    stored = json.loads(books.settings.get(_setting(entity_id), "{}"))
    none = FieldNames()
    return FieldNames(
        customer=tuple(stored.get("customer", none.customer)),
        item=tuple(stored.get("item", none.item)),
    )


def save_field_names(books: Books, entity_id: EntityId, names: FieldNames) -> None:
    """Keep what a firm calls its free fields; what they hold stays."""
    first, second = map(str.strip, names.customer)
    one, two, three = map(str.strip, names.item)
    for group in ((first, second), (one, two, three)):
        given = [name.casefold() for name in group if name]
        for name in group:
            if given.count(name.casefold()) > 1:
                raise FieldNameTwiceError(name=name)
    kept = {"customer": (first, second), "item": (one, two, three)}
    with books.atomic():
        books.settings.set(_setting(entity_id), json.dumps(kept))


def save_item_fields(books: Books, fields: ItemFields) -> None:
    """Keep the free fields of an item, apart from what files say of it."""
    with books.atomic():
        books.customers.save_item_fields(fields)


def _setting(entity_id: EntityId) -> str:
    return f"free_fields/{entity_id}"
