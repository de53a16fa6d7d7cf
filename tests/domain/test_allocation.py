"""Which payments settle which invoices."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.basics.identifiers import ItemId
from domain.basics.money import Money
from domain.ledger.allocation import (
    Allocated,
    AllocationHow,
    allocate,
    settled_amounts,
    settlement_dates,
)
from domain.ledger.entry import LedgerEntry
from tests.builders import TODAY, an_entry, customer_id_of

DAY = timedelta(days=1)
OTHER_CUSTOMER = customer_id_of("C002")


def invoice(
    piece: str = "FA-001", cents: int = 120_00, **others: object
) -> LedgerEntry:
    return an_entry(piece=piece, cents=cents, **others)


def payment(
    piece: str = "RG-001", cents: int = 120_00, **others: object
) -> LedgerEntry:
    fields = {"label": "Virement reçu", **others}
    return an_entry(piece=piece, cents=-cents, **fields)


def told(found: Allocated) -> list[tuple[str, str, int]]:
    return [(a.debit_id, a.credit_id, a.amount.cents) for a in found.allocations]


def by_lettering(*entries: LedgerEntry) -> Allocated:
    return allocate(entries, match_payments=False)


def matched(*entries: LedgerEntry) -> Allocated:
    return allocate(entries, match_payments=True)


def ways(found: Allocated) -> set[AllocationHow]:
    return {a.how for a in found.allocations}


def test_a_balanced_lettering_is_trusted() -> None:
    found = by_lettering(invoice(lettering="AA"), payment(lettering="AA"))

    assert told(found) == [("FA-001", "RG-001", 120_00)]
    assert (ways(found), found.unbalanced) == ({AllocationHow.LETTERING}, [])


def test_a_lettering_may_hold_several_debits_and_credits() -> None:
    found = by_lettering(
        invoice("FA-001", 100_00, lettering="AA"),
        invoice("FA-002", 50_00, lettering="AA"),
        payment("RG-001", 120_00, lettering="AA"),
        payment("RG-002", 30_00, lettering="AA"),
    )

    assert told(found) == [
        ("FA-001", "RG-001", 100_00),
        ("FA-002", "RG-001", 20_00),
        ("FA-002", "RG-002", 30_00),
    ]


def test_an_unbalanced_lettering_is_told_and_its_entries_stay_open() -> None:
    found = by_lettering(invoice(lettering="AA"), payment(cents=100_00, lettering="AA"))
    (unbalanced,) = found.unbalanced

    assert told(found) == []
    assert (unbalanced.code, unbalanced.gap) == ("AA", Money(20_00))
    assert unbalanced.entry_ids == ("FA-001", "RG-001")
    assert not unbalanced.is_declared_partial


def test_a_lower_case_lettering_declares_a_partial_payment() -> None:
    found = by_lettering(invoice(lettering="aa"), payment(cents=1_00, lettering="aa"))

    assert found.unbalanced[0].is_declared_partial


def test_one_code_on_two_customers_is_two_letterings() -> None:
    found = by_lettering(
        invoice("FA-001", lettering="AA"),
        payment("RG-002", lettering="AA", customer_id=OTHER_CUSTOMER),
    )

    assert (told(found), len(found.unbalanced)) == ([], 2)


def test_one_code_in_two_currencies_is_two_letterings() -> None:
    dollars = payment(debit=Money(0, "USD"), credit=Money(120_00, "USD"))
    found = by_lettering(invoice(lettering="AA"), dollars)

    assert told(found) == []


def test_a_code_used_again_in_another_year_is_another_lettering() -> None:
    last_year, this_year = date(2025, 3, 1), date(2026, 3, 1)
    found = by_lettering(
        invoice("FA-001", lettering="AA", lettered_on=last_year),
        payment("RG-001", lettering="AA", lettered_on=last_year),
        invoice("FA-002", 80_00, lettering="AA", lettered_on=this_year),
    )

    assert told(found) == [("FA-001", "RG-001", 120_00)]
    assert [u.entry_ids for u in found.unbalanced] == [("FA-002",)]


def test_a_lettering_without_date_is_not_parted_by_year() -> None:
    found = by_lettering(
        invoice("FA-001", lettering="AA", lettered_on=TODAY),
        payment("RG-001", 100_00, lettering="AA"),
    )

    assert len(found.unbalanced) == 1


def test_a_lettering_over_two_years_is_trusted_as_a_whole() -> None:
    found = by_lettering(
        invoice(lettering="AA", lettered_on=date(2025, 12, 31)),
        payment(lettering="AA", lettered_on=date(2026, 1, 2)),
    )

    assert told(found) == [("FA-001", "RG-001", 120_00)]


def test_entries_without_lettering_stay_open_where_the_source_letters() -> None:
    assert told(by_lettering(invoice(), payment())) == []


def test_entries_that_left_the_list_or_weigh_nothing_are_not_allocated() -> None:
    gone, nothing = invoice(gone_on=TODAY), invoice("FA-002", 0)

    assert told(matched(gone, nothing, payment())) == []


def test_a_payment_settles_the_invoice_whose_number_is_its_piece() -> None:
    found = matched(invoice("FA-001"), invoice("FA-002"), payment(" fa-002 "))

    assert told(found) == [("FA-002", " fa-002 ", 120_00)]
    assert ways(found) == {AllocationHow.NUMBER}


def test_a_payment_settles_the_invoices_that_its_label_names() -> None:
    pay = payment(cents=240_00, label="VIR FA-003, FA-002.")
    invoices = [invoice(f"FA-00{n}") for n in range(1, 4)]
    found = matched(*invoices, pay)

    assert {a.debit_id for a in found.allocations} == {"FA-002", "FA-003"}
    assert ways(found) == {AllocationHow.NUMBER}


def test_short_numbers_and_plain_words_in_a_label_name_nothing() -> None:
    assert ways(matched(invoice("F123"), payment(label="vir F123"))) == {
        AllocationHow.NUMBER
    }
    found = matched(
        invoice("F12"),
        invoice("12"),
        invoice("ACOMPTE", 70_00),
        payment(cents=10_00, label="F12 12 ACOMPTE"),
    )

    assert ways(found) == {AllocationHow.OLDEST}


def test_an_empty_number_names_nothing() -> None:
    found = matched(
        invoice(id="one", piece=""), payment(id="two", piece="", cents=1_00)
    )

    assert ways(found) == {AllocationHow.OLDEST}


def test_instalments_of_one_number_are_settled_oldest_first() -> None:
    one, two = (
        invoice("FA-001", cents, id=name, piece_on=TODAY - days * DAY)
        for name, cents, days in (("second", 50_00, 10), ("first", 50_00, 40))
    )
    found = matched(one, two, payment("FA-001", 60_00))

    assert told(found) == [("first", "FA-001", 50_00), ("second", "FA-001", 10_00)]


def test_a_payment_settles_the_only_invoice_of_its_amount() -> None:
    old, exact = invoice("FA-001", 300_00), invoice("FA-002", 120_00)
    found = matched(old, exact, payment())

    assert told(found) == [("FA-002", "RG-001", 120_00)]
    assert ways(found) == {AllocationHow.AMOUNT}


def test_an_amount_that_fits_two_invoices_says_nothing() -> None:
    young = invoice("FA-001", piece_on=TODAY)
    old = invoice("FA-002", piece_on=TODAY - 60 * DAY)
    found = matched(young, old, payment())

    assert told(found) == [("FA-002", "RG-001", 120_00)]
    assert ways(found) == {AllocationHow.OLDEST}


def test_an_amount_already_used_does_not_fit_twice() -> None:
    exact, other = invoice("FA-001", 120_00), invoice("FA-002", 500_00)
    found = matched(exact, other, payment("RG-001"), payment("RG-002"))

    assert told(found) == [("FA-001", "RG-001", 120_00), ("FA-002", "RG-002", 120_00)]


def test_numbers_count_before_amounts_and_amounts_before_age() -> None:
    found = matched(
        invoice("FA-001", 500_00, piece_on=TODAY - 90 * DAY),
        invoice("FA-002", 120_00),
        invoice("FA-003", 80_00),
        payment("FA-002", 120_00, id="RG-000"),
        payment("RG-001", 80_00),
        payment("RG-002", 33_00),
    )

    assert [(a.debit_id, a.how) for a in found.allocations] == [
        ("FA-002", AllocationHow.NUMBER),
        ("FA-003", AllocationHow.AMOUNT),
        ("FA-001", AllocationHow.OLDEST),
    ]


def test_a_payment_larger_than_all_invoices_leaves_a_credit() -> None:
    found = matched(invoice(cents=100_00), payment(cents=150_00))

    assert settled_amounts(found.allocations) == {"FA-001": 100_00, "RG-001": 100_00}


def test_cents_are_allocated_too() -> None:
    found = matched(invoice(cents=1), payment(cents=1))

    assert told(found) == [("FA-001", "RG-001", 1)]


def test_an_item_is_settled_on_the_day_of_the_last_entry_that_settled_it() -> None:
    entries = [
        invoice(cents=100_00, entry_on=TODAY - 40 * DAY),
        payment("FA-001", 60_00, id="one", entry_on=TODAY - 9 * DAY),
        payment("FA-001", 40_00, id="two", entry_on=TODAY - 2 * DAY),
    ]
    dates = settlement_dates(matched(*entries).allocations, entries)

    assert dates == {
        "FA-001": TODAY - 2 * DAY,
        "one": TODAY - 9 * DAY,
        "two": TODAY - 2 * DAY,
    }


def test_a_payment_made_before_the_invoice_settles_it_on_the_invoices_day() -> None:
    entries = [invoice(entry_on=TODAY), payment(entry_on=TODAY - 9 * DAY)]
    dates = settlement_dates(matched(*entries).allocations, entries)

    assert set(dates.values()) == {TODAY}


ENTRIES = st.lists(
    st.builds(
        lambda cents, days, code, customer, named: an_entry(
            cents=cents,
            entry_on=TODAY - days * DAY,
            piece_on=None,
            lettering=code,
            customer_id=customer_id_of(customer),
            label=f"VIR {named}",
        ),
        st.integers(-9, 9).map(lambda tens: tens * 10_00),
        st.integers(0, 400),
        st.sampled_from(["", "", "AA", "B"]),
        st.sampled_from(["C001", "C002"]),
        st.sampled_from(["", "FA-0001", "FA-0002"]),
    ),
    max_size=8,
).map(
    lambda found: [
        replace(entry, id=ItemId(f"FA-000{rank}"), piece=f"FA-000{rank}")
        for rank, entry in enumerate(found)
    ]
)
EITHER = st.sampled_from([{"match_payments": True}, {"match_payments": False}])


@given(ENTRIES, EITHER)
def test_no_entry_is_allocated_beyond_its_amount(
    entries: list[LedgerEntry], how: dict[str, bool]
) -> None:
    found = allocate(entries, match_payments=how["match_payments"])
    amounts = {e.id: abs(e.amount.cents) for e in entries}
    customers = {e.id: e.customer_id for e in entries}

    for item_id, cents in settled_amounts(found.allocations).items():
        assert 0 < cents <= amounts[item_id]
    for one in found.allocations:
        assert customers[one.debit_id] == customers[one.credit_id]


@given(ENTRIES)
def test_a_trusted_lettering_settles_its_entries_entirely(
    entries: list[LedgerEntry],
) -> None:
    found = allocate(entries, match_payments=False)
    settled = settled_amounts(found.allocations)
    open_ones = {entry_id for u in found.unbalanced for entry_id in u.entry_ids}

    for entry in entries:
        if entry.lettering and entry.amount:
            left = abs(entry.amount.cents) - settled.get(entry.id, 0)
            assert left == (abs(entry.amount.cents) if entry.id in open_ones else 0)


@given(ENTRIES)
def test_matching_leaves_no_debit_beside_an_unused_credit(
    entries: list[LedgerEntry],
) -> None:
    settled = settled_amounts(allocate(entries, match_payments=True).allocations)

    for customer in ("C001", "C002"):
        left = [
            e.amount.cents - settled.get(e.id, 0) * (1 if e.amount.cents > 0 else -1)
            for e in entries
            if e.customer_id == customer_id_of(customer)
        ]
        assert all(cents >= 0 for cents in left) or all(cents <= 0 for cents in left)


@given(ENTRIES, EITHER)
def test_the_order_of_a_file_does_not_matter(
    entries: list[LedgerEntry], how: dict[str, bool]
) -> None:
    asked = how["match_payments"]
    forward = allocate(entries, match_payments=asked)
    backward = allocate(entries[::-1], match_payments=asked)

    assert set(forward.allocations) == set(backward.allocations)
