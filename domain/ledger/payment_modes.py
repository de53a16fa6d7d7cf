"""How customers pay, and what each way of paying says of due dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.basics.identifiers import CustomerId
from domain.ledger.entry import LedgerEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMode:
    """A way of paying (« mode de règlement »), as the books name it."""

    code: str
    is_automatic: bool = False
    """Whether the money comes by itself: left out of mass dunning."""
    terms: str = ""
    """Payment terms that go with it; empty follows the firm's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeTerms:
    """The payment terms that an entry owes to its payment mode."""

    by_mode: Mapping[str, str] = field(default_factory=dict)
    of_customers: Mapping[CustomerId, str] = field(default_factory=dict)
    """The mode of each customer, for entries that name none."""

    def of(self, entry: LedgerEntry) -> str:
        """Find the terms of an entry's mode, else of its customer's."""
        mode = entry.payment_mode or self.of_customers.get(entry.customer_id, "")
        return self.by_mode.get(mode, "")


NO_MODE_TERMS = ModeTerms()


def mode_terms(
    modes: Iterable[PaymentMode], of_customers: Mapping[CustomerId, str]
) -> ModeTerms:
    """Gather the terms by payment mode, and the mode of each customer."""
    by_mode = {mode.code: mode.terms for mode in modes if mode.terms}
    return ModeTerms(by_mode=by_mode, of_customers=of_customers)
