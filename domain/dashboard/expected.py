"""When money is expected: the day an item should be paid, and what tells it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from statistics import median_low

from domain.basics.identifiers import CustomerId, ItemId
from domain.customers.agreements import Promise
from domain.dashboard.payers import Habit
from domain.ledger.open_item import OpenItem


class ExpectedOrigin(StrEnum):
    """Why money is expected on a day, most trusted first."""

    REPOSITIONED = "repositioned"
    PROMISED = "promised"
    HABIT = "habit"
    DUE = "due"
    NONE = "none"
    """Nothing tells when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """When an item should be paid: one day in the middle of a range.

    A day gone by tells that the item is later than anything foresaw.
    """

    day: date | None
    early: date | None
    late: date | None
    origin: ExpectedOrigin
    rests_on: int = 0
    """Number of payments that a habit is read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """All that tells when items will be paid, of a firm or of one customer."""

    today: date
    habits: Mapping[CustomerId, Habit] = field(default_factory=dict)
    promises: Mapping[CustomerId, Sequence[Promise]] = field(default_factory=dict)
    repositioned: Mapping[ItemId, date] = field(default_factory=dict)

    def of(self, item: OpenItem) -> Expected:
        """Tell when an item should be paid.

        The day someone put it to comes first, then a promise, then the customer's
        habit, then the due date.
        """
        put_to = self.repositioned.get(item.id)
        if put_to and put_to >= self.today:
            return _on(put_to, ExpectedOrigin.REPOSITIONED)
        theirs = self.promises.get(item.customer_id)
        promised = promised_day(item, theirs, self.today) if theirs else None
        if promised:
            return _on(promised, ExpectedOrigin.PROMISED)
        if item.due_on is None:
            return _on(None, ExpectedOrigin.NONE)
        known = self.habits.get(item.customer_id)
        if known is None or item.is_credit:
            return _on(item.due_on, ExpectedOrigin.DUE)
        return _as_usual(item.due_on, known, self.today)


def promised_day(
    item: OpenItem, promises: Iterable[Promise], today: date
) -> date | None:
    """Tell for when an item is promised, by the promises of its customer.

    One about the item itself counts before one for the whole account, which says
    nothing of invoices made since.
    """
    to_come = sorted(
        (p for p in promises if p.is_to_come(today)),
        key=lambda p: (p.item_id is None, p.promised_for),
    )
    for promise in to_come:
        is_about_account = promise.item_id is None
        if promise.item_id == item.id or (
            is_about_account and item.invoice_on <= promise.made_on
        ):
            return promise.promised_for
    return None


@lru_cache(maxsize=4096)
def _on(day: date | None, origin: ExpectedOrigin) -> Expected:
    return Expected(day=day, early=day, late=day, origin=origin)


def _as_usual(due_on: date, known: Habit, today: date) -> Expected:
    """Expect an item as late as the customer's past payments were.

    Who is later already than some of them is expected as the later ones were;
    later than all of them, nothing puts the day off further. One payment in four
    was earlier than the range, one in four later.
    """
    so_far = (today - due_on).days
    still = [d for d in known.delays if d >= so_far] or [known.delays[-1]]
    quarter = len(still) // 4
    return Expected(
        day=due_on + timedelta(days=median_low(still)),
        early=due_on + timedelta(days=still[quarter]),
        late=due_on + timedelta(days=still[-1 - quarter]),
        origin=ExpectedOrigin.HABIT,
        rests_on=known.rests_on,
    )
