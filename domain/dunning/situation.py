"""Everything the engine must know about one customer, and nothing more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.basics.identifiers import ItemId
from domain.customers.agreements import Dispute, Hold, Promise
from domain.customers.customer import Customer
from domain.dunning.courtesy import FREE, Courtesy
from domain.dunning.position import Position
from domain.dunning.profile import Profile
from domain.dunning.scenario import Scenario
from domain.ledger.open_item import OpenItem

UNTOUCHED = Position()


@dataclass(slots=True, kw_only=True)
class CustomerSituation:
    """A customer's items, agreements, history and scenario, on one day.

    Not frozen, as one is made for every customer of a firm; nothing changes it.
    """

    customer: Customer
    profile: Profile
    with_email: Scenario | None = None
    without_email: Scenario | None = None
    email: str = ""
    email_problem: str = ""
    """What is odd about the address; empty when it can be used."""
    open_items: tuple[OpenItem, ...] = ()
    settled_items: tuple[OpenItem, ...] = ()
    """Settled lately: a thank-you may be due."""
    positions: Mapping[ItemId, Position]
    holds: tuple[Hold, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    promises: tuple[Promise, ...] = ()
    set_aside_on: date | None = None
    """When a person took it off the send list."""
    kept: frozenset[str] = frozenset()
    """The promises that were kept, by their name."""
    excluded: frozenset[ItemId] = frozenset()
    pending: Mapping[ItemId, date] = field(default_factory=dict)
    """What waits in a message, and since when."""
    automatic_modes: frozenset[str] = frozenset()
    last_contact_on: date | None = None
    contacts: tuple[date, ...] = ()
    """The days of the last contacts, a week of them at least."""
    called_on: date | None = None
    """When it was last called."""
    call_again_on: date | None = None
    """From which day it is to be called again, after a call that failed."""
    courtesy: Courtesy = FREE
    catching_up: bool = False
    """After days off of the firm, one message at a time."""

    @property
    def scenario(self) -> Scenario | None:
        """The active scenario that applies.

        A customer whose only address looks wrong keeps the scenario with e-mail:
        the address is to be checked, not ignored.
        """
        chosen = self.with_email if self.email else self.without_email
        return chosen if chosen and chosen.is_active else None

    def position(self, item: OpenItem) -> Position:
        """How far an item has climbed."""
        return self.positions.get(item.id, UNTOUCHED)

    def account_cents(self, currency: str) -> int:
        """Add up what is left of its open items in one currency."""
        cents = 0
        for item in self.open_items:
            invoiced = item.invoiced
            if invoiced.currency == currency:
                cents += invoiced.cents - item.settled.cents
        return cents

    def pays_by_itself(self, items: Sequence[OpenItem]) -> bool:
        """Whether invoices are all debited, so that nobody is told how to pay."""
        mode = self.customer.payment_mode
        debits = (item for item in items if not item.is_credit)
        modes = {item.payment_mode or mode for item in debits}
        return bool(modes) and modes <= self.automatic_modes
