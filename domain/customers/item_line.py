"""Open items as lists show them: each invoice, credit or payment not used up."""

from dataclasses import dataclass
from datetime import date

from domain.basics.identifiers import CustomerId, ItemId
from domain.basics.money import Money
from domain.customers.customer_line import CustomerState
from domain.ledger.entry import DueOrigin


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One open item in a list."""

    item_id: ItemId
    customer_id: CustomerId
    code: str
    customer: str
    """Its name."""
    profile: str
    salesperson: str
    free: tuple[str, str]
    """The free fields of its customer."""
    payment_mode: str
    """Its own, else its customer's."""
    reference: str
    label: str
    invoice_on: date
    due_on: date | None
    due_origin: DueOrigin
    due_rests_on: int
    invoiced: Money
    settled: Money
    left: Money
    days_overdue: int
    level: int
    level_on: date | None
    state: CustomerState
    """Never settled; that of the item, or of its customer where it is stopped."""
