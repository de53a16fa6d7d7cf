"""Late-payment penalties, against worked examples and against what must always hold.

Examples: ECB + 10 points, 365 days, cents rounded once at the end; rates of the
Banque de France and of the decrees on the legal interest rate.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basics.identifiers import ItemId
from domain.basics.money import Money
from domain.customers.customer import CustomerKind
from domain.dunning.penalties import (
    InvoicePenalty,
    Paid,
    Penalties,
    PenaltyRule,
    penalties,
    rule_of,
    with_credits,
)
from domain.dunning.rates import (
    HalfYear,
    MissingRate,
    PublishedRate,
    RateKind,
    RateTable,
)
from domain.ledger.open_item import OpenItem
from tests.builders import a_customer, an_entity, an_item

_ECB = {
    (2024, 1): "4.50",
    (2024, 2): "4.25",
    (2025, 1): "3.15",
    (2025, 2): "2.15",
    (2026, 1): "2.15",
}
_LEGAL = {(2025, 2): "2.76", (2026, 1): "2.62"}
RATES = RateTable(
    PublishedRate(year=year, half=half, kind=kind, rate=Decimal(rate))
    for kind, table in ((RateKind.ECB, _ECB), (RateKind.LEGAL, _LEGAL))
    for (year, half), rate in table.items()
)
PROFESSIONAL = PenaltyRule(kind=CustomerKind.PROFESSIONAL)


def owed(
    cents: int,
    due_on: date,
    **others: Any,  # noqa: ANN401 - any field of an item
) -> OpenItem:
    return an_item(cents=cents, due_on=due_on, **others)


def of(
    item: OpenItem,
    until: date,
    *paid: Paid,
    rule: PenaltyRule = PROFESSIONAL,
    rates: RateTable = RATES,
) -> Penalties:
    return penalties([item], {item.id: paid}, rule, rates, until)


def parts(found: InvoicePenalty) -> list[tuple[int, Decimal, float]]:
    return [
        (one.days, one.rate, round(float(one.interest) / 100, 4))
        for one in found.segments
    ]


@pytest.mark.parametrize(
    ("cents", "due_on", "until", "rule", "segments", "interest"),
    [
        (
            1_200_00,
            date(2025, 5, 31),
            date(2025, 7, 15),
            PROFESSIONAL,
            [(30, Decimal("13.15"), 12.9699), (15, Decimal("12.15"), 5.9918)],
            18_96,
        ),
        (
            12_000_00,
            date(2024, 5, 15),
            date(2025, 2, 10),
            PROFESSIONAL,
            [
                (46, Decimal("14.50"), 219.2877),
                (184, Decimal("14.25"), 862.0274),
                (41, Decimal("13.15"), 177.2548),
            ],
            1_258_57,
        ),
        (
            1_000_00,
            date(2025, 11, 30),
            date(2025, 12, 30),
            PROFESSIONAL,
            [(30, Decimal("12.15"), 9.9863)],
            9_99,
        ),
        (
            1_000_00,
            date(2025, 11, 30),
            date(2026, 1, 30),
            PenaltyRule(kind=CustomerKind.PROFESSIONAL, agreed=Decimal(0)),
            [(31, Decimal("8.28"), 7.0323), (30, Decimal("7.86"), 6.4603)],
            13_49,
        ),
    ],
)
def test_worked_examples_come_out_to_the_cent(
    cents: int,
    due_on: date,
    until: date,
    rule: PenaltyRule,
    segments: list[tuple[int, Decimal, float]],
    interest: int,
) -> None:
    found = of(owed(cents, due_on), until, rule=rule)

    assert parts(found.invoices[0]) == segments
    assert found.interest == Money(interest)
    assert found.indemnity == Money(40_00)
    assert found.total == Money(interest + 40_00)


def test_an_agreed_rate_above_the_floor_is_kept() -> None:
    rule = PenaltyRule(kind=CustomerKind.PROFESSIONAL, agreed=Decimal(12))

    (segment,) = (
        of(owed(100_00, date(2025, 11, 30)), date(2025, 12, 30), rule=rule)
        .invoices[0]
        .segments
    )

    assert (segment.rate, segment.is_floor) == (Decimal(12), False)


def test_a_public_buyer_pays_eight_points_at_the_rate_where_interest_began() -> None:
    # Code de la commande publique, art. R2192-31.
    rule = rule_of(an_entity(penalty_rate=Decimal(15)), a_customer(is_public=True))

    found = of(owed(1_000_00, date(2025, 5, 31)), date(2025, 7, 15), rule=rule)

    assert parts(found.invoices[0]) == [(45, Decimal("11.15"), 13.7466)]


def test_the_rate_may_stay_that_of_the_half_year_where_lateness_began() -> None:
    rule = PenaltyRule(kind=CustomerKind.PROFESSIONAL, follows_half_years=False)

    found = of(owed(1_200_00, date(2025, 5, 31)), date(2025, 7, 15), rule=rule)

    assert [one.rate for one in found.invoices[0].segments] == [Decimal("13.15")]


@pytest.mark.parametrize("kind", [CustomerKind.CONSUMER, CustomerKind.INSOLVENT])
def test_neither_a_consumer_nor_an_insolvent_firm_owes_any(kind: CustomerKind) -> None:
    found = of(
        owed(1_000_00, date(2025, 5, 31)),
        date(2025, 7, 15),
        rule=PenaltyRule(kind=kind),
    )

    assert not found.invoices
    assert found.total == Money(0)


def test_a_part_payment_lowers_the_balance_from_the_day_after() -> None:
    item = owed(1_000_00, date(2025, 11, 30), settled=Money(400_00))
    paid = Paid(on=date(2025, 12, 10), amount=Money(400_00))

    (found,) = of(item, date(2025, 12, 30), paid).invoices

    assert [(s.days, s.balance) for s in found.segments] == [
        (10, Money(1_000_00)),
        (20, Money(600_00)),
    ]


def test_what_was_paid_on_no_known_day_is_taken_as_paid_in_time() -> None:
    item = owed(1_000_00, date(2025, 11, 30), settled=Money(400_00))

    (found,) = of(item, date(2025, 12, 30)).invoices

    assert [s.balance for s in found.segments] == [Money(600_00)]


def test_an_invoice_paid_late_owes_until_the_day_it_was_paid() -> None:
    item = owed(1_200_00, date(2025, 5, 31), settled=Money(1_200_00))
    paid = Paid(on=date(2025, 7, 15), amount=Money(1_200_00))

    found = of(item, date(2026, 3, 31), paid)

    assert found.total == Money(58_96)


def test_an_invoice_paid_in_time_owes_nothing() -> None:
    item = owed(1_200_00, date(2025, 5, 31), settled=Money(1_200_00))
    paid = Paid(on=date(2025, 5, 31), amount=Money(1_200_00))

    assert of(item, date(2026, 3, 31), paid).total == Money(0)


def test_credits_not_used_yet_count_as_payments_of_what_fell_due_first() -> None:
    items = [
        owed(100_00, date(2025, 11, 30), reference="B"),
        owed(50_00, date(2025, 10, 31), reference="A"),
        an_item(cents=-80_00, reference="AV", invoice_on=date(2025, 12, 10)),
        an_item(cents=-30_00, reference="AV2", invoice_on=date(2025, 12, 20)),
    ]

    paid = with_credits(items, {})

    day, later = date(2025, 12, 10), date(2025, 12, 20)
    assert paid == {
        "A": [Paid(on=day, amount=Money(50_00))],
        "B": [
            Paid(on=day, amount=Money(30_00)),
            Paid(on=later, amount=Money(30_00)),
        ],
    }
    found = penalties(items, paid, PROFESSIONAL, RATES, date(2025, 12, 30))
    assert [one.item.reference for one in found.invoices] == ["B", "A"]
    assert [s.balance for s in found.invoices[0].segments] == [
        Money(100_00),
        Money(70_00),
        Money(40_00),
    ]


def test_the_instalments_of_one_invoice_bear_one_indemnity() -> None:
    first = owed(100_00, date(2025, 11, 30), id=ItemId("a"), reference="FA-1")
    second = owed(
        100_00,
        date(2025, 12, 15),
        id=ItemId("b"),
        reference="FA-1",
        invoice_on=first.invoice_on,
    )

    found = penalties([first, second], {}, PROFESSIONAL, RATES, date(2025, 12, 30))

    assert found.indemnity == Money(40_00)
    assert len(found.invoices) == 2


def test_a_rate_not_known_is_asked_for_and_nothing_is_worked_out() -> None:
    found = of(owed(1_000_00, date(2026, 5, 31)), date(2026, 11, 22))

    assert found.missing == (MissingRate(HalfYear(2026, 2), RateKind.ECB),)
    assert not found.invoices


def test_the_floor_of_an_agreed_rate_is_asked_for_too() -> None:
    rule = PenaltyRule(kind=CustomerKind.PROFESSIONAL, agreed=Decimal(12))

    found = of(owed(1_000_00, date(2026, 5, 31)), date(2026, 7, 2), rule=rule)

    assert found.missing == (MissingRate(HalfYear(2026, 2), RateKind.LEGAL),)


def test_other_currencies_and_undated_invoices_owe_none() -> None:
    dollars = owed(
        100_00, date(2025, 11, 30), invoiced=Money(1, "USD"), settled=Money(0, "USD")
    )

    assert not of(dollars, date(2025, 12, 30)).invoices
    assert not of(an_item(due_on=None), date(2025, 12, 30)).invoices


_DUE = date(2024, 1, 1)
_DAYS = st.integers(-40, 800)
_PAYMENTS = st.lists(
    st.tuples(st.integers(-30, 700), st.integers(1, 50_000)), max_size=5
)


def _paid(payments: Sequence[tuple[int, int]]) -> list[Paid]:
    return [
        Paid(on=_DUE + timedelta(days=days), amount=Money(cents))
        for days, cents in payments
    ]


@given(cents=st.integers(1, 10**9), days=_DAYS, payments=_PAYMENTS)
def test_segments_follow_each_other_and_add_up_to_the_invoice(
    cents: int, days: int, payments: list[tuple[int, int]]
) -> None:
    paid = _paid(payments)
    settled = Money(sum(one.amount.cents for one in paid))
    until = _DUE + timedelta(days=days)

    found = of(owed(cents, _DUE, settled=settled), until, *paid)

    for invoice in found.invoices:
        segments = invoice.segments
        assert segments[0].first == _DUE + timedelta(days=1)
        assert segments[-1].last <= until
        for one, after in pairwise(segments):
            assert after.first == one.last + timedelta(days=1)
        exact = sum((one.interest for one in segments), Fraction(0))
        assert abs(exact - invoice.interest.cents) <= Fraction(1, 2)
    assert sum(i.interest.cents for i in found.invoices) == found.interest.cents
    if days <= 0:
        assert not found.invoices


@given(cents=st.integers(1, 10**9), days=st.integers(0, 799), payments=_PAYMENTS)
def test_a_day_more_never_costs_less(
    cents: int, days: int, payments: list[tuple[int, int]]
) -> None:
    paid = _paid(payments)
    item = owed(cents, _DUE, settled=Money(sum(one.amount.cents for one in paid)))
    until = _DUE + timedelta(days=days)

    today = of(item, until, *paid)
    tomorrow = of(item, until + timedelta(days=1), *paid)

    assert today.interest <= tomorrow.interest


@given(
    cents=st.integers(1, 10**7),
    part=st.integers(1, 10**7),
    early=st.integers(-10, 700),
    wait=st.integers(0, 90),
)
def test_paying_sooner_never_costs_more(
    cents: int, part: int, early: int, wait: int
) -> None:
    amount = Money(min(part, cents))
    item = owed(cents, _DUE, settled=amount)
    until = _DUE + timedelta(days=800)

    def interest(days: int) -> Money:
        paid = Paid(on=_DUE + timedelta(days=days), amount=amount)
        return of(item, until, paid).interest

    assert interest(early) <= interest(early + wait)
    assert interest(early) <= of(owed(cents, _DUE), until).interest
