"""What is left to pay of each entry, since when, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.basics.identifiers import CustomerId, EntityId, ItemId
from domain.basics.money import EUR, CurrenciesMixedError, Money
from domain.ledger.entry import DueOrigin


class ItemState(StrEnum):
    """Where an item stands; lateness depends on the day it is looked at."""

    OPEN = "open"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """An invoice, credit note or payment, and what is left of it.

    Amounts are signed: negative for a credit.
    """

    id: ItemId
    entity_id: EntityId
    customer_id: CustomerId
    reference: str
    label: str = ""
    invoice_on: date
    due_on: date | None
    due_origin: DueOrigin
    due_rests_on: int = 0
    """Number of payments that an estimated due date is learnt from."""
    invoiced: Money
    settled: Money
    state: ItemState = ItemState.OPEN
    settled_on: date | None = None
    payment_mode: str = ""
    attachment: str = ""

    @property
    def left(self) -> Money:
        """What remains to be paid; negative while a credit is unused."""
        # Both are in one currency: subtracting them asks again, for every item.
        return Money(self.left_cents, self.invoiced.currency)

    @property
    def left_cents(self) -> int:
        """The same in cents, for sums over many items of one currency."""
        return self.invoiced.cents - self.settled.cents

    @property
    def currency(self) -> str:
        """The currency of all its amounts."""
        return self.invoiced.currency

    @property
    def is_credit(self) -> bool:
        """Whether it reduces the customer's debt."""
        return self.invoiced.cents < 0

    def days_overdue(self, today: date) -> int:
        """Count the days since the due date; 0 until the day after it."""
        if self.due_on is None:
            return 0
        return max(0, (today - self.due_on).days)


def left_of(items: Iterable[OpenItem]) -> Money:
    """Add up what is left of items of one currency, without an amount for each.

    Raises:
        CurrenciesMixedError: they are of several.
    """
    cents, currency = 0, ""
    for item in items:
        if currency and item.currency != currency:
            raise CurrenciesMixedError(first=currency, second=item.currency)
        currency = item.currency
        cents += item.left_cents
    return Money(cents, currency or EUR)
