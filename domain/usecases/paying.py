"""How a customer pays: its score, its habit, when its open invoices should be paid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.basics.identifiers import ItemId
from domain.dashboard.expected import Expected, Foresight
from domain.dashboard.key_figures import fiscal_year_start
from domain.dashboard.payers import Habit, Score, by_customer, habit, payments, score
from domain.dunning.situation import CustomerSituation
from domain.ledger.allocation import Allocation
from domain.ledger.entry import LedgerEntry
from domain.ports import Books


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """How a customer pays, as its past payments tell."""

    score: Score | None
    """Of the fiscal year, where enough was paid in it."""
    habit: Habit | None
    expected: Mapping[ItemId, Expected]
    """When each open invoice should be paid."""


def know_payer(
    books: Books,
    situation: CustomerSituation,
    allocations: Sequence[Allocation],
    entries: Sequence[LedgerEntry],
    today: date,
) -> Payer:
    """Read how a customer pays; ``allocations`` and ``entries`` are all of its own."""
    customer = situation.customer
    found = payments(
        books.ledger.items_of(customer.id), allocations, {e.id: e for e in entries}
    )
    paid = by_customer(found).get(customer.id, [])
    usual = habit(paid)
    foresight = Foresight(
        today=today,
        habits={customer.id: usual} if usual else {},
        promises={
            customer.id: [p for p in situation.promises if p.id not in situation.kept]
        },
        repositioned={
            one.item_id: one.expected_on
            for one in books.agreements.expected_dates_of(customer.id)
            if one.cancelled_on is None
        },
    )
    start_month = books.entities.get(customer.entity_id).fiscal_year_start_month
    return Payer(
        score=score(paid, fiscal_year_start(today, start_month), today),
        habit=usual,
        expected={
            item.id: foresight.of(item)
            for item in situation.open_items
            if item.left.cents > 0
        },
    )
