"""Yearly files put end to end: nothing counts twice, nothing is lost."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basics.identifiers import customer_key
from domain.basics.money import Money
from domain.ledger.entry import LedgerEntry, SourceLine, identified
from domain.ledger.items import DerivedItems, derive_items
from domain.ledger.open_item import ItemState
from domain.ledger.openings import is_opening_journal, says_opening
from tests.builders import ENTITY_ID
from tests.domain.yearly_files import FIRST, LAST, Sale, balances, histories, year_of
from tests.journeys.stories import a_line

JAN = date(2026, 1, 1)
NOVEMBER = date(2025, 11, 20)
FEBRUARY = date(2026, 2, 10)
YEARS = range(FIRST, LAST + 1)


def entries_of(lines: list[SourceLine]) -> list[LedgerEntry]:
    return [entry for entry, _ in identified(lines, ENTITY_ID)]


def derived(*files: list[SourceLine]) -> DerivedItems:
    entries = {e.id: e for lines in files for e in entries_of(lines)}
    return derive_items(entries.values(), {}, "30 jours", match_payments=False)


def an_opening(piece: str, cents: int, **others: object) -> SourceLine:
    line = a_line(piece, cents, JAN, journal="AN")
    return replace(line, opens_on=JAN, **others)  # type: ignore[arg-type]


def left(found: DerivedItems) -> dict[str, Money]:
    return {i.reference: i.left for i in found.items if i.state is ItemState.OPEN}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("AN", ""),
        ("RAN", "Report"),
        ("OUV", ""),
        ("AD", "A Nouveaux Détaillés"),
        ("90", "REPORT A-NOUVEAU"),
        ("X", "Journal d’ouverture"),
    ],
)
def test_a_journal_of_openings_is_known_by_its_code_or_its_name(
    code: str, name: str
) -> None:
    assert is_opening_journal(code, name)


@pytest.mark.parametrize(
    ("code", "name"), [("VE", "Ventes"), ("ANC", "Anciens"), ("BQ", "Banque Nouveau")]
)
def test_other_journals_open_nothing(code: str, name: str) -> None:
    assert not is_opening_journal(code, name)


def test_a_label_tells_an_opening_but_a_sale_of_an_opening_does_not() -> None:
    assert says_opening("Report à nouveau")
    assert not says_opening("Ouverture de porte")


def test_without_the_year_before_opening_lines_are_the_debt() -> None:
    found = derived([an_opening("F1", 100_00)])

    assert left(found) == {"F1": Money(100_00)}
    assert found.continued.gaps == []


def test_a_detailed_opening_line_goes_and_its_invoice_keeps_its_own_date() -> None:
    found = derived([a_line("F1", 100_00, NOVEMBER)], [an_opening("F1", 100_00)])

    (item,) = found.items
    assert (item.invoice_on, item.left) == (NOVEMBER, Money(100_00))


def test_an_invoice_lettered_the_year_after_is_settled_by_that_years_payment() -> None:
    found = derived(
        [a_line("F1", 100_00, NOVEMBER)],
        [
            an_opening("F1", 100_00, lettering="AA", lettered_on=FEBRUARY),
            a_line("B1", -100_00, FEBRUARY, journal="BQ", lettering="AA"),
        ],
    )

    settled_on = {i.reference: i.settled_on for i in found.items}
    assert settled_on == {"F1": FEBRUARY, "B1": FEBRUARY}


def test_one_sum_per_customer_gives_way_to_the_invoices_that_make_it_up() -> None:
    found = derived(
        [a_line("F1", 100_00, NOVEMBER), a_line("F2", 20_00, NOVEMBER)],
        [an_opening("", 120_00)],
    )

    assert left(found) == {"F1": Money(100_00), "F2": Money(20_00)}
    assert list(found.continued.repeats.values()) == [None]


def test_a_lettered_sum_settles_the_invoices_that_make_it_up() -> None:
    found = derived(
        [a_line("F1", 100_00, NOVEMBER), a_line("F2", 20_00, NOVEMBER)],
        [
            an_opening("", 120_00, lettering="AA"),
            a_line("B1", -120_00, FEBRUARY, journal="BQ", lettering="AA"),
        ],
    )

    assert left(found) == {}


def test_an_opening_that_does_not_agree_stays_and_is_told() -> None:
    found = derived([a_line("F1", 100_00, NOVEMBER)], [an_opening("", 130_00)])

    (gap,) = found.continued.gaps
    assert (gap.opened, gap.owed) == (Money(130_00), Money(100_00))
    assert found.continued.repeats == {}
    assert sum(i.left.cents for i in found.items) == 230_00


def test_of_detailed_openings_only_those_known_go() -> None:
    found = derived(
        [a_line("F1", 100_00, NOVEMBER)],
        [an_opening("F1", 100_00), an_opening("F2", 30_00)],
    )

    assert left(found) == {"F1": Money(100_00), "F2": Money(30_00)}
    assert len(found.continued.gaps) == 1


def test_a_debt_that_the_next_year_does_not_open_is_told() -> None:
    found = derived(
        [a_line("F1", 100_00, NOVEMBER), a_line("F2", 50_00, NOVEMBER, code="C2")],
        [an_opening("F1", 100_00)],
    )

    (gap,) = found.continued.gaps
    assert (gap.opened, gap.owed) == (Money(0), Money(50_00))


@given(histories(), st.booleans())
def test_all_years_together_leave_what_the_sales_leave(
    sales: list[Sale], detailed: bool
) -> None:
    found = derived(*(year_of(sales, y, detailed=detailed) for y in YEARS))

    owed: dict[str, Money] = defaultdict(lambda: Money(0))
    for item in found.items:
        owed[item.customer_id] += item.left
    expected = {customer_key(ENTITY_ID, c): m for c, m in balances(sales).items()}
    assert dict(owed) == expected
    assert found.continued.gaps == []


@given(histories())
def test_with_detailed_openings_exactly_the_unpaid_invoices_are_open(
    sales: list[Sale],
) -> None:
    found = derived(*(year_of(sales, y, detailed=True) for y in YEARS))

    unpaid = {s.piece: Money(s.cents) for s in sales if not s.paid_on}
    assert left(found) == unpaid


@given(histories(), st.booleans())
def test_the_order_in_which_years_come_changes_nothing(
    sales: list[Sale], detailed: bool
) -> None:
    files = [year_of(sales, y, detailed=detailed) for y in YEARS]
    orders = [derived(*some) for some in permutations(files)]

    def books(found: DerivedItems) -> tuple[object, ...]:
        return (
            {i.id: i for i in found.items},
            {(a.debit_id, a.credit_id, a.amount) for a in found.allocated.allocations},
        )

    assert all(books(one) == books(orders[0]) for one in orders)


@given(histories(), st.booleans())
def test_one_year_alone_leaves_the_same_debt(sales: list[Sale], detailed: bool) -> None:
    found = derived(year_of(sales, LAST, detailed=detailed))

    total = Money.total(i.left for i in found.items)
    assert total == Money.total(balances(sales).values())


def test_openings_that_lost_their_references_are_told_apart_by_their_amounts() -> None:
    found = derived(
        [
            a_line("F1", 100_00, NOVEMBER),
            a_line("F2", 20_00, NOVEMBER),
            a_line("F3", 30_00, NOVEMBER),
        ],
        [
            an_opening("-", 100_00, lettering="AA"),
            an_opening("-", 20_00, lettering="AB"),
            an_opening("-", 30_00),
            a_line("B1", -100_00, FEBRUARY, journal="BQ", lettering="AA"),
            a_line("B2", -20_00, FEBRUARY, journal="BQ", lettering="AB"),
        ],
    )

    assert left(found) == {"F3": Money(30_00)}
