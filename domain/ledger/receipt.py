"""What reduced customers' debts, as « Encaissements » lists it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.basics.identifiers import CustomerId, ItemId
from domain.basics.money import Money


class ReceiptKind(StrEnum):
    """Whether money came, or the debt was reduced otherwise."""

    PAYMENT = "payment"
    CREDIT_NOTE = "credit_note"
    """Booked where invoices are, or by a miscellaneous operation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One credit of a customer's account."""

    entry_id: ItemId
    customer_id: CustomerId
    code: str
    name: str
    received_on: date
    kind: ReceiptKind
    is_automatic: bool
    """Paid by a mode that needs nobody to act, such as a direct debit."""
    payment_mode: str
    label: str
    level: int
    """The highest level reached by what it settled; 0 when never reminded."""
    amount: Money
    """Positive: what the debt was reduced by."""
