"""Customers as lists show them: who owes what, and what is going on."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerLine:
    """One customer in a list; one line per currency, where it has several."""

    customer_id: CustomerId
    code: str
    name: str
    profile: str
    """The name of the profile it follows."""
    salesperson: str
    category: str
    free: tuple[str, str]
    """Its free fields."""
    payment_mode: str
    is_followed: bool
    balance: Money
    """What is left of all its items, credits deducted."""
    overdue: Money
    """What is left of its debits due before today, unused credits deducted."""
    to_come: Money
    """The rest of what it owes; nothing for an account in credit."""
    ages: tuple[Money, ...]
    """Overdue amounts by age, youngest first: they add up to ``overdue``."""
    is_new: bool
    """It is late, and nothing of what is left was so seven days ago (« NOUV »)."""
    level: int
    """The highest level among its open debits."""
    level_on: date | None
    """When one of these last reached a level."""
    last_contact_on: date | None
    email: str
    """Where its reminders would go; empty when nowhere."""
    contact: str
    """The name of who receives them there."""
    phone: str
    """Of this person, else of the customer."""
    score: str
    """Its grade of the fiscal year, A to E; empty where too little was paid.

    Only « Clients » reads it.
    """
    state: CustomerState
    note: str
    """The last note about it."""
