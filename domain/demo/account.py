"""What an invented customer bought and paid, before it becomes ledger lines."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.basics.money import Money
from domain.customers.customer import Customer
from domain.demo.people import Person
from domain.ledger.entry import DueOrigin

_FRIDAY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An invoice, and what became of it."""

    invoiced_on: date
    due_on: date
    total: Money
    object: str
    piece: str = ""
    is_staged: bool = False
    """It is one that its customer's situation is about."""
    paid_on: date | None = None
    credited: Money = Money(0)
    """By a credit note lettered with it."""
    written_off: Money = Money(0)
    missing: Money = Money(0)
    """What its lettering lacks to be balanced."""
    part_paid: Money = Money(0)
    part_paid_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A line that settles nothing yet: a credit to use, a payment sent back."""

    journal: str
    on: date
    piece: str
    label: str
    amount: Money
    """Added to the debt; negative for a credit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One customer's invoices, and what is left unallocated beside them."""

    person: Person
    due_origin: DueOrigin
    invoices: tuple[Invoice, ...]
    postings: tuple[Posting, ...] = ()

    @property
    def customer(self) -> Customer:
        """Whose account it is."""
        return self.person.customer


def working_day_before(day: date) -> date:
    """Give a day, or the Friday before where it is in a week-end."""
    return day - timedelta(days=max(0, day.weekday() - _FRIDAY))


def working_day_after(day: date) -> date:
    """Give a day, or the Monday after where it is in a week-end."""
    days_to_monday = 7 - day.weekday()
    return day + timedelta(days=days_to_monday if day.weekday() > _FRIDAY else 0)
