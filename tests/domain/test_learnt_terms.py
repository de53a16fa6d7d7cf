"""Due dates learnt from when a customer usually pays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.entry import DueOrigin, LedgerEntry
from domain.ledger.items import derive_items
from domain.ledger.open_item import OpenItem
from tests.builders import CUSTOMER_ID, an_entry

START = date(2025, 1, 10)
UNPAID_ON = date(2026, 1, 10)


def a_history(*delays: int, journal: str = "BQ") -> list[LedgerEntry]:
    """Make invoices paid after so many days each, lettered, and one unpaid."""
    entries = [an_entry(piece="F", entry_on=UNPAID_ON, piece_on=UNPAID_ON)]
    for rank, delay in enumerate(delays):
        on = START + timedelta(days=7 * rank)
        paid_on = on + timedelta(days=delay)
        entries += [
            an_entry(piece=f"F{rank}", entry_on=on, piece_on=on, lettering=f"L{rank}"),
            an_entry(
                piece=f"B{rank}",
                cents=-120_00,
                journal=journal,
                entry_on=paid_on,
                piece_on=paid_on,
                lettering=f"L{rank}",
            ),
        ]
    return entries


def unpaid(
    entries: list[LedgerEntry], terms: str = "", default: str = "30 jours"
) -> OpenItem:
    found = derive_items(entries, {CUSTOMER_ID: terms}, default, match_payments=False)
    return next(i for i in found.items if i.reference == "F")


def delay_of(item: OpenItem) -> int:
    assert item.due_on
    return (item.due_on - item.invoice_on).days


def test_who_usually_pays_after_sixty_days_is_not_due_after_thirty() -> None:
    item = unpaid(a_history(58, 61, 63))

    assert item.due_origin is DueOrigin.ESTIMATED
    assert (delay_of(item), item.due_rests_on) == (60, 3)


def test_two_payments_teach_nothing() -> None:
    item = unpaid(a_history(60, 60))

    assert (item.due_origin, item.due_rests_on) == (DueOrigin.DEFAULT, 0)


def test_terms_agreed_with_the_customer_come_first() -> None:
    item = unpaid(a_history(60, 60, 60), terms="45 jours")

    assert (item.due_origin, delay_of(item)) == (DueOrigin.TERMS, 45)


def test_who_pays_early_owes_nothing_earlier() -> None:
    item = unpaid(a_history(5, 8, 10))

    assert (item.due_origin, delay_of(item)) == (DueOrigin.DEFAULT, 30)


def test_a_habit_of_being_late_is_no_right() -> None:
    item = unpaid(a_history(95, 120, 130))

    assert (item.due_origin, delay_of(item)) == (DueOrigin.DEFAULT, 30)


def test_without_default_terms_the_habit_is_all_there_is() -> None:
    item = unpaid(a_history(14, 15, 16), default="")

    assert (item.due_origin, delay_of(item)) == (DueOrigin.ESTIMATED, 15)


def test_invoices_cancelled_by_credit_notes_teach_nothing() -> None:
    item = unpaid(a_history(60, 60, 60, journal="VE"))

    assert item.due_origin is DueOrigin.DEFAULT


def test_what_opens_a_year_has_lost_its_date_and_teaches_nothing() -> None:
    entries = [
        an_entry(
            piece=e.piece,
            cents=e.amount.cents,
            journal=e.journal,
            entry_on=e.entry_on,
            piece_on=e.piece_on,
            lettering=e.lettering,
            opens_on=START if e.lettering and e.amount.cents > 0 else None,
        )
        for e in a_history(60, 60, 60)
    ]

    assert unpaid(entries).due_origin is DueOrigin.DEFAULT


@pytest.mark.parametrize("days", [41, 43, 45, 47, 49])
def test_days_near_usual_terms_are_those_terms(days: int) -> None:
    assert delay_of(unpaid(a_history(days, days, days))) == 45


@given(st.lists(st.integers(0, 200), min_size=3, max_size=9))
def test_an_estimate_lies_between_the_default_terms_and_the_longest_legal_ones(
    delays: list[int],
) -> None:
    item = unpaid(a_history(*delays))

    assert 30 <= delay_of(item) <= 60
    assert (item.due_origin is DueOrigin.ESTIMATED) is (delay_of(item) > 30)
