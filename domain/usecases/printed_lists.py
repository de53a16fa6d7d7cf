"""What a printed list of customers says besides its instalments."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.basics.identifiers import CustomerId, EntityId
from domain.customers.call import digits
from domain.dunning.letter import Sender
from domain.dunning.letterhead import place_and_date, sender
from domain.ports import Books


@dataclass(frozen=True, slots=True, kw_only=True)
class ListHead:
    """Under which name a list is printed, and how customers are called."""

    sender: Sender
    place_and_date: str
    phones: Mapping[CustomerId, tuple[str, ...]]


def list_head(books: Books, entity_id: EntityId, today: date) -> ListHead:
    """Gather the firm's name and its customers' phone numbers; changes nothing."""
    entity = books.entities.get(entity_id)
    logo = books.outbox.document(entity.logo) if entity.logo else None
    phones: dict[CustomerId, list[str]] = defaultdict(list)
    for customer in books.customers.all(entity_id):
        phones[customer.id] += [customer.phone, customer.mobile]
    for contact in books.customers.contacts(entity_id):
        phones[contact.customer_id] += [contact.phone, contact.mobile]
    wrong: dict[CustomerId, set[str]] = defaultdict(set)
    for call in books.calls.wrong(entity_id):
        wrong[call.customer_id].add(digits(call.number))
    return ListHead(
        sender=sender(entity, "fr", logo, "", signs=False),
        place_and_date=place_and_date(entity.city, today, "fr"),
        phones={
            key: tuple(
                number
                for number in dict.fromkeys(filter(None, found))
                if digits(number) not in wrong[key]
            )
            for key, found in phones.items()
        },
    )
