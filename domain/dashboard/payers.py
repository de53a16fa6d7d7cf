"""How customers pay: their score, how late they usually are, how sure that is.

Everything follows from past payments, each compared with the due date of what it
paid: the item's own, whatever was expected of it later.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from statistics import median_low

from domain.basics.identifiers import CustomerId, ItemId
from domain.ledger.allocation import Allocation
from domain.ledger.entry import LedgerEntry
from domain.ledger.open_item import ItemState, OpenItem

FEWEST_PAYMENTS = 3
"""Fewer of them tell nothing."""
LATEST = 24
"""Payments that a habit is read from: older ones are another time."""
EARLIEST_DAYS, LATEST_DAYS = -30, 120
"""One payment far out must not decide a score alone."""


class Grade(StrEnum):
    """A customer's score (« note »), best first."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


GRADES = ((0, Grade.A), (15, Grade.B), (30, Grade.C), (60, Grade.D))
"""Mean days late up to which each is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A part of an item, and when it was paid."""

    customer_id: CustomerId
    item_id: ItemId
    invoice_on: date
    due_on: date
    paid_on: date
    cents: int

    @property
    def days_late(self) -> int:
        """Days after the due date; negative when it came early."""
        return (self.paid_on - self.due_on).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How punctual a customer was, and on how many payments that rests."""

    grade: Grade
    days: int
    """Mean days late, by amount, rounded."""
    rests_on: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How late a customer's last payments were, earliest first; never empty."""

    delays: tuple[int, ...]

    @property
    def days(self) -> int:
        """The usual one."""
        return median_low(self.delays)

    @property
    def rests_on(self) -> int:
        """Number of payments it is read from."""
        return len(self.delays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """How wrong expected dates were on the firm's own past, in days."""

    error: Fraction
    """Mean distance between the day expected and the day paid."""
    error_of_due_dates: Fraction
    """The same, had each item been expected on its due date."""
    rests_on: int


def payments(
    items: Iterable[OpenItem],
    allocations: Iterable[Allocation],
    entries: Mapping[ItemId, LedgerEntry],
) -> list[Payment]:
    """Read past payments out of what settles what.

    Credit notes and opening lines pay nothing. An item that left a list of what is
    open was paid by the day it was first missing.
    """
    due = {i.id: i for i in items if i.due_on and not i.is_credit}
    found = [
        _payment(due[a.debit_id], credit.entry_on, a.amount.cents)
        for a in allocations
        if a.debit_id in due
        and (credit := entries.get(a.credit_id))
        and (debit := entries.get(a.debit_id))
        and _is_payment(credit, debit)
    ]
    gone = (
        _payment(item, item.settled_on, item.invoiced.cents)
        for item in due.values()
        if item.state is ItemState.SETTLED
        and item.settled_on
        and (entry := entries.get(item.id))
        and entry.gone_on
    )
    return [*found, *gone]


def score(paid: Iterable[Payment], since: date, today: date) -> Score | None:
    """Grade the payments of a fiscal year; too few of them give no score.

    The scale is ours: the makers of comparable programs do not publish theirs.
    """
    year = [p for p in paid if since <= p.paid_on <= today]
    if len(year) < FEWEST_PAYMENTS:
        return None
    weighted = sum(_clipped(p.days_late) * p.cents for p in year)
    mean = Fraction(weighted, sum(p.cents for p in year))
    grade = next((grade for limit, grade in GRADES if mean <= limit), Grade.E)
    return Score(grade=grade, days=round(mean), rests_on=len(year))


def habit(paid: Sequence[Payment]) -> Habit | None:
    """Read a customer's habit from its last payments, in order of their days."""
    last = paid[-LATEST:]
    if len(last) < FEWEST_PAYMENTS:
        return None
    return Habit(delays=tuple(sorted(p.days_late for p in last)))


def by_customer(paid: Iterable[Payment]) -> dict[CustomerId, list[Payment]]:
    """Part payments by customer, each in order of their days."""
    parted: dict[CustomerId, list[Payment]] = defaultdict(list)
    for payment in sorted(paid, key=lambda p: (p.paid_on, p.due_on)):
        parted[payment.customer_id].append(payment)
    return parted


def accuracy(paid: Iterable[Payment]) -> Accuracy | None:
    """Predict each past payment from what was known when its invoice was made."""
    errors: list[int] = []
    errors_of_due_dates: list[int] = []
    for history in by_customer(paid).values():
        days = [p.paid_on for p in history]
        for payment in history:
            known = habit(history[: bisect_left(days, payment.invoice_on)])
            usual = known.days if known else 0
            errors.append(abs(payment.days_late - usual))
            errors_of_due_dates.append(abs(payment.days_late))
    if not errors:
        return None
    return Accuracy(
        error=Fraction(sum(errors), len(errors)),
        error_of_due_dates=Fraction(sum(errors_of_due_dates), len(errors)),
        rests_on=len(errors),
    )


def _payment(item: OpenItem, paid_on: date, cents: int) -> Payment:
    assert item.due_on
    return Payment(
        customer_id=item.customer_id,
        item_id=item.id,
        invoice_on=item.invoice_on,
        due_on=item.due_on,
        paid_on=paid_on,
        cents=cents,
    )


def _is_payment(credit: LedgerEntry, debit: LedgerEntry) -> bool:
    """Credit notes are booked in the journal of the invoices that they cancel."""
    is_credit_note = credit.journal and credit.journal == debit.journal
    return not (is_credit_note or credit.opens_on)


def _clipped(days: int) -> int:
    return max(EARLIEST_DAYS, min(days, LATEST_DAYS))
