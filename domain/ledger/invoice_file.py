"""The PDF of an invoice, and what the data inside it say (Factur-X, ZUGFeRD)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.basics.company_numbers import iban_compact
from domain.basics.identifiers import EntityId
from domain.basics.money import Money

# UNTDID 1001, of which Factur-X takes these for credit notes.
_CREDIT_NOTES = frozenset(
    {"81", "261", "262", "296", "308", "381", "396", "420", "458"}
)


class InvoiceProblem(StrEnum):
    """Why a PDF could not be read; its name may still tell whose it is."""

    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    """Reading it would take the computer's time or memory: perhaps on purpose."""
    OUT_OF_REACH = "out_of_reach"
    """Another program keeps it, or the disk does not answer."""
    DATA_DAMAGED = "data_damaged"
    """The PDF is sound; the data inside are not."""
    DATA_REFUSED = "data_refused"
    """The data declare a DTD or entities, which no invoice does."""
    DATA_TOO_LARGE = "data_too_large"

    @property
    def is_openable(self) -> bool:
        """Whether the customer could open the PDF all the same."""
        return self not in {
            InvoiceProblem.DAMAGED,
            InvoiceProblem.ENCRYPTED,
            InvoiceProblem.TOO_LONG,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceData:
    """What was read in a PDF; all empty for one that holds no data."""

    problem: InvoiceProblem | None = None
    number: str = ""
    type_code: str = ""
    """380 for an invoice, 381 for a credit note."""
    issued_on: date | None = None
    due_on: date | None = None
    total: Money | None = None
    """With taxes."""
    payable: Money | None = None
    """The same, less what was paid in advance."""
    ibans: str = ""
    """Where to pay, separated by spaces."""
    buyer_name: str = ""
    buyer_siren: str = ""
    buyer_reference: str = ""

    @property
    def has_data(self) -> bool:
        """Whether it is an invoice that programs can read."""
        return bool(self.number)

    @property
    def billed(self) -> tuple[Money, ...]:
        """What it adds to a debt: negative for a credit note."""
        amounts = [amount for amount in (self.total, self.payable) if amount]
        if self.type_code in _CREDIT_NOTES:
            amounts = [Money(-abs(a.cents), a.currency) for a in amounts]
        return tuple(amounts)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFile(InvoiceData):
    """A PDF of the folder, as it was when it was read."""

    entity_id: EntityId
    name: str
    size: int
    modified_ns: int

    def other_iban(self, own: str) -> str:
        """Give the IBAN it asks to pay to, where it is not the firm's own."""
        ibans = self.ibans.split()
        if not own or not ibans or iban_compact(own) in ibans:
            return ""
        return ibans[0]
