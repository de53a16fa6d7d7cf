"""Sums over a firm's books, made where the books are: they hold too much to read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from domain.basics.identifiers import CustomerId, EntityId
from domain.dashboard.aged import AccountSums
from domain.dashboard.breakdown import PartSums
from domain.dashboard.followed import DueSums
from domain.dashboard.payers import Habit, Payment
from domain.dashboard.sales import DaySums, Movement
from domain.ledger.entry import LedgerEntry


class FigureStore(Protocol):
    """Figures of a firm, by account, by part, by day."""

    def has_entries(self, entity_id: EntityId) -> bool: ...
    def accounts(
        self, entity_id: EntityId, today: date, limits: Sequence[int]
    ) -> list[AccountSums]:
        """Add up every account that has open items, by age."""
        ...

    def accounts_on(
        self, entity_id: EntityId, day: date, limits: Sequence[int]
    ) -> list[AccountSums]:
        """Add up every account as it stood at the end of a past day."""
        ...

    def parts(self, entity_id: EntityId) -> list[PartSums]:
        """Part what accounts in debit owe by payment mode and profile."""
        ...

    def is_anyone_followed(self, entity_id: EntityId) -> bool: ...
    def followed_due(
        self, entity_id: EntityId, first: date, last: date
    ) -> list[DueSums]:
        """Add up by due date what followed customers owe."""
        ...

    def paid(self, entity_id: EntityId, first: date, last: date) -> Mapping[str, int]:
        """Add up the credits booked between two days, by currency."""
        ...

    def last_reminders(
        self, entity_id: EntityId, customer_ids: Iterable[CustomerId]
    ) -> Mapping[CustomerId, tuple[int, date]]:
        """Find how far open items were reminded: highest level, latest day."""
        ...

    def first_day(self, entity_id: EntityId) -> date | None:
        """Find the day of the first entry, opening lines aside."""
        ...

    def days(self, entity_id: EntityId) -> list[DaySums]:
        """Add up debits and credits by journal and day, opening lines aside."""
        ...

    def movements(self, entity_id: EntityId, currency: str) -> list[Movement]:
        """Add up what each month added to each account, the earliest month first."""
        ...

    def habits(self, entity_id: EntityId) -> Mapping[CustomerId, Habit]:
        """Read how late the customers that have open items usually pay."""
        ...

    def payments(self, entity_id: EntityId, since: date) -> list[Payment]:
        """List what was paid since a day: the rules are dashboard.payers.payments'."""
        ...

    def badly_lettered(self, entity_id: EntityId) -> list[LedgerEntry]:
        """List the entries of accounts where a lettering settles nothing."""
        ...
