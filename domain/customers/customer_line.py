"""Customers as a list shows them: who owes what, and what is going on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.basics.identifiers import CustomerId
from domain.basics.money import Money


class CustomerState(StrEnum):
    """What matters most about a customer today, the most important first."""

    STOPPED = "stopped"
    """Dunning is stopped for the whole customer."""
    DISPUTE = "dispute"
    """It owes, and contests its account or an item that is still open."""
    PROMISE = "promise"
    """It owes, and promised to pay its account or an item that is still open."""
    LATE = "late"
    TO_COME = "to_come"
    CREDIT = "credit"
    """It is owed more than it owes."""
    SETTLED = "settled"


class CustomerFilter(StrEnum):
    """Which customers a list shows."""

    ALL = "all"
    DEBIT = "debit"
    OVERDUE = "overdue"


class CustomerSort(StrEnum):
    """By what a list of customers can be sorted."""

    CODE = "code"
    NAME = "name"
    BALANCE = "balance"
    OVERDUE = "overdue"
    TO_COME = "to_come"
    LEVEL = "level"
    LAST_CONTACT = "last_contact_on"
    EMAIL = "email"
    STATE = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerLine:
    """One customer in a list."""

    customer_id: CustomerId
    code: str
    name: str
    balance: Money
    """What is left of all its items, credits deducted."""
    overdue: Money
    """What is left of its debits due before today, unused credits deducted."""
    to_come: Money
    """The rest of what it owes; nothing for an account in credit."""
    level: int
    """The highest level among its open debits."""
    last_contact_on: date | None
    email: str
    """Where its reminders would go; empty when nowhere."""
    state: CustomerState


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPage:
    """One page of a list of customers, with the figures of the whole list."""

    lines: list[CustomerLine]
    count: int
    balance: Money
    overdue: Money
    to_come: Money
