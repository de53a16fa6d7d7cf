"""What waits for a person's decision, for the home page."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.basics.identifiers import CustomerId, EntityId
from domain.basics.money import Money
from domain.customers.agreements import Promise
from domain.customers.customer import Customer, dunning_contact
from domain.dunning.engine import is_broken
from domain.dunning.outbox import BatchState, MessageState
from domain.dunning.planned import Reason
from domain.ledger.entry import LedgerEntry
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.acting import TodayView
from domain.usecases.importing import unbalanced_letterings
from domain.usecases.keeping_promises import kept_promises


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """Something to decide about a customer, on its sheet."""

    customer: Customer
    amount: Money | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What waits for a person."""

    broken_promises: tuple[Concern, ...]
    """With the amount promised."""
    unbalanced_letterings: tuple[Concern, ...]
    """With the gap, and the code."""
    addresses_to_check: tuple[Concern, ...]
    """With the address."""
    uncertain_messages: int
    failed_messages: int
    batches_to_confirm: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        concerns = (
            self.broken_promises + self.unbalanced_letterings + self.addresses_to_check
        )
        messages = self.uncertain_messages + self.failed_messages
        return not (concerns or messages or self.batches_to_confirm)


def find_decisions(
    books: Books,
    entity_id: EntityId,
    day: TodayView,
    entries: list[LedgerEntry],
    items: list[OpenItem],
    customers: Mapping[CustomerId, Customer],
    today: date,
) -> Decisions:
    """List what waits for a person, from what the home page has read already."""
    messages = Counter(
        m.state
        for m in books.outbox.all(
            entity_id, [MessageState.UNCERTAIN, MessageState.FAILED]
        )
    )
    promises = books.agreements.promises(entity_id)
    kept = kept_promises(books, promises, today)
    return Decisions(
        broken_promises=tuple(
            Concern(customer=customers[promise.customer_id], amount=promise.amount)
            for promise in promises
            if promise.id not in kept and _is_still_owed(promise, items, today)
        ),
        unbalanced_letterings=tuple(
            Concern(customer=customers[u.customer_id], amount=u.gap, note=u.code)
            for u in unbalanced_letterings(entries)
        ),
        addresses_to_check=_addresses_to_check(books, entity_id, day),
        uncertain_messages=messages[MessageState.UNCERTAIN],
        failed_messages=messages[MessageState.FAILED],
        batches_to_confirm=sum(
            1
            for batch in books.outbox.batches(entity_id)
            if batch.state is BatchState.PREPARED
        ),
    )


def _is_still_owed(promise: Promise, items: list[OpenItem], today: date) -> bool:
    """Whether the day of a promise is past, and what it promised still owed."""
    return not promise.is_to_come(today) and any(
        item.customer_id == promise.customer_id and is_broken(promise, item, today)
        for item in items
    )


def _addresses_to_check(
    books: Books, entity_id: EntityId, day: TodayView
) -> tuple[Concern, ...]:
    """List the customers left out of today's work by an odd e-mail address."""
    left_out = [
        row.customer
        for row in day.left_out
        if any(
            exclusion.reason is Reason.EMAIL_TO_CHECK
            for item in row.items
            for exclusion in item.exclusions
        )
    ]
    contacts = defaultdict(list)
    for contact in books.customers.contacts(entity_id) if left_out else ():
        contacts[contact.customer_id].append(contact)
    return tuple(
        Concern(customer=customer, note=chosen.email)
        for customer in left_out
        if (chosen := dunning_contact(contacts[customer.id]))
    )
