"""Promises and disputes as their lists show them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.basics.identifiers import CustomerId
from domain.basics.money import Money


class PromiseState(StrEnum):
    """What became of a promise, what needs a person first."""

    BROKEN = "broken"
    """Its day is past, and nothing came."""
    PARTLY_KEPT = "partly_kept"
    """Its day is past, and less came than was promised."""
    TO_COME = "to_come"
    KEPT = "kept"
    """What was promised came, or what it was about is settled."""
    CANCELLED = "cancelled"

    @property
    def is_late(self) -> bool:
        """Whether its day is past, and something is still missing."""
        return self in {PromiseState.BROKEN, PromiseState.PARTLY_KEPT}


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLine:
    """One promise in the list."""

    promise_id: str
    customer_id: CustomerId
    code: str
    name: str
    salesperson: str
    reference: str
    """Of its invoice; empty for the whole account."""
    level: int
    """Of its invoice, or the highest of the account."""
    overdue: Money
    """What the customer is late with, on its whole account."""
    promised_for: date
    amount: Money
    received: Money
    """What came of it since."""
    state: PromiseState


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeLine:
    """One open dispute in the list."""

    dispute_id: str
    customer_id: CustomerId
    code: str
    name: str
    reference: str
    """Of its invoice; empty for the whole account."""
    reason: str
    opened_on: date
    level: int
    due: Money
    """What is left of its invoice, or of the whole account."""
