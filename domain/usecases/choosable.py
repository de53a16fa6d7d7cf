"""What criteria and rules of a run are chosen among."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.basics.identifiers import EntityId
from domain.ports import Books
from domain.usecases.lists import FilterValues, list_filter_values


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosable:
    """What a firm's criteria and rules are chosen among."""

    values: FilterValues
    customers: Mapping[str, str]
    """Names by code, of those that owe something."""
    highest_level: int


def what_to_choose_among(books: Books, entity_id: EntityId) -> Choosable:
    """List what criteria and rules are chosen among."""
    owing = {i.customer_id for i in books.ledger.open_items(entity_id)}
    return Choosable(
        values=list_filter_values(books, entity_id),
        customers={
            customer.code: customer.name
            for customer in books.customers.all(entity_id)
            if customer.id in owing
        },
        highest_level=highest_level(books, entity_id),
    )


def highest_level(books: Books, entity_id: EntityId) -> int:
    """Tell the highest reminder of any of a firm's scenarios."""
    return max(
        (
            step.level
            for scenario in books.scenarios.scenarios(entity_id)
            for step in scenario.reminders
        ),
        default=1,
    )
