"""How long the morning's proposals take for a firm with 5,000 customers."""

from datetime import timedelta

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from domain.basics.identifiers import ItemId
from domain.dunning.engine import plan_customer
from domain.dunning.planned import Plan
from domain.dunning.position import Position
from domain.dunning.profile import Grouping
from domain.dunning.situation import CustomerSituation
from domain.ledger.allocation import allocate
from domain.ledger.entity import DunningOptions
from domain.ledger.open_item import OpenItem
from tests.benchmarks.told import tell
from tests.builders import TODAY, a_customer, a_profile, a_scenario, an_entry, an_item

OPEN_ITEMS = 10_000
LONGEST_SECONDS = 1.0
ENTRIES_OF_A_PURSE = 6_000


def an_open_item(rank: int) -> OpenItem:
    """Make invoices of every lateness, and a credit note now and then."""
    cents = -50_00 if rank % 19 == 0 else 100_00 + rank
    late = rank * 11 % 90 - 20
    return an_item(days_late=late, cents=cents, reference=f"FA-{rank:05}")


def a_firm(customers: int, grouping: Grouping) -> list[CustomerSituation]:
    scenario, profile = a_scenario(), a_profile(grouping=grouping)
    each = OPEN_ITEMS // customers
    positions = {
        ItemId(f"FA-{rank:05}"): Position(
            level=rank % 3 + 1, reached_on=TODAY - timedelta(days=9)
        )
        for rank in range(0, OPEN_ITEMS, 3)
    }
    return [
        CustomerSituation(
            customer=a_customer(code=f"C{number}"),
            profile=profile,
            with_email=scenario,
            email="camille@client.example.com",
            open_items=tuple(
                an_open_item(rank) for rank in range(number * each, (number + 1) * each)
            ),
            positions=positions,
        )
        for number in range(customers)
    ]


@pytest.mark.parametrize("grouping", Grouping)
@pytest.mark.parametrize("customers", [5_000, 1])
def test_ten_thousand_open_items_are_looked_at_in_a_moment(
    benchmark: BenchmarkFixture, customers: int, grouping: Grouping
) -> None:
    situations, options = a_firm(customers, grouping), DunningOptions()

    def plans() -> list[Plan]:
        return [plan_customer(situation, options, TODAY) for situation in situations]

    found = benchmark(plans)

    assert sum(len(plan.messages) for plan in found) > customers // 2
    assert benchmark.stats is not None
    median = benchmark.stats.stats.median
    what = f"10,000 open items of {customers:,} customers, {grouping.value}"
    tell("engine", what, median, LONGEST_SECONDS, "s")
    assert median < LONGEST_SECONDS


def test_the_payments_of_one_large_account_are_matched_in_a_moment(
    benchmark: BenchmarkFixture,
) -> None:
    half = ENTRIES_OF_A_PURSE // 2
    invoices = [an_entry(piece=f"FA-{n:05}", cents=100_00 + n) for n in range(half)]
    payments = [
        an_entry(
            piece=f"RG-{n:05}",
            cents=-(100_00 + n),
            label="Virement" if n % 2 else f"Virement FA-{n:05}",
        )
        for n in range(half)
    ]
    entries = [*invoices, *payments]

    found = benchmark(lambda: allocate(entries, match_payments=True))

    assert len(found.allocations) == half
    assert benchmark.stats is not None
    assert benchmark.stats.stats.median < LONGEST_SECONDS
