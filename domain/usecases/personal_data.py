"""Hand over a customer's personal data, or erase what no law asks to keep.

The law on personal data gives both rights (GDPR, articles 15, 17 and 20). Erasing
does not reach what another law makes one keep, nor what a claim in court needs
(article 17, 3, b and e): the accounts for ten years (Code de commerce, L123-22), what
proves a reminder while the debt may be claimed, five years (L110-4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.basics.errors import DunningError
from domain.basics.identifiers import CustomerId
from domain.basics.periods import months_later
from domain.customers.customer import Customer
from domain.dunning.outbox import MessageState
from domain.ports import Books

PROOF_YEARS = 5
ERASED = ("contacts", "phones", "notes", "calls", "received", "waiting", "old_messages")
KEPT = ("entries", "agreements", "messages")


class CodeNotTypedError(DunningError):
    """Erasing cannot be undone: the customer's code says which one is meant."""

    message = "Nothing was erased: type the code of the customer, {code}."


class MessageLeavingError(DunningError):
    """A message on its way may still need its address."""

    message = "A message to this customer is leaving: wait until it has left."


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureSheet:
    """What erasing a customer's personal data would take and leave."""

    customer: Customer
    counts: Mapping[str, int]
    """By the names of ERASED and KEPT; nothing is left out where it is 0."""
    proofs_since: date
    erased_at: datetime | None
    """When it was last done."""


def show_erasure(books: Books, customer_id: CustomerId, today: date) -> ErasureSheet:
    """Say before erasing what goes and what stays."""
    since = proofs_since(today)
    return ErasureSheet(
        customer=books.customers.get(customer_id),
        counts=books.personal.counts(customer_id, since),
        proofs_since=since,
        erased_at=books.personal.erased_at(customer_id),
    )


def personal_data(books: Books, customer_id: CustomerId) -> bytes:
    """Put all that is known of a customer in one ZIP."""
    books.customers.get(customer_id)
    return books.personal.packed(customer_id)


def erase_personal_data(
    books: Books, customer_id: CustomerId, typed: str, today: date, now: datetime
) -> None:
    """Erase a customer's personal data for good, once its code was typed."""
    with books.atomic():
        customer = books.customers.get(customer_id)
        if typed.strip().casefold() != customer.code.casefold():
            raise CodeNotTypedError(code=customer.code)
        leaving = books.outbox.all(customer.entity_id, [MessageState.SENDING])
        if any(message.customer_id == customer_id for message in leaving):
            raise MessageLeavingError
        books.personal.erase(customer_id, proofs_since(today), now)
    books.personal.forget_files()


def proofs_since(today: date) -> date:
    """Tell from which day on what was sent may still be needed in court."""
    return months_later(today, -12 * PROOF_YEARS)
