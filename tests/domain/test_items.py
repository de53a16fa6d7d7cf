"""From the entries of the books to the items that can be reminded."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basics.identifiers import ItemId
from domain.basics.money import Money
from domain.ledger.entry import DueOrigin, LedgerEntry
from domain.ledger.items import derive_items, due_date
from domain.ledger.open_item import ItemState, OpenItem
from tests.builders import CUSTOMER_ID, TODAY, an_entry, an_item

DAY = timedelta(days=1)
INVOICED_ON = date(2026, 1, 15)


def derived(*entries: LedgerEntry, match_payments: bool = False) -> list[OpenItem]:
    return derive_items(entries, {}, "30 jours", match_payments=match_payments).items


def dated(
    *, terms: str = "", default: str = "", **others: object
) -> tuple[date | None, DueOrigin]:
    entry = an_entry(**{"piece_on": INVOICED_ON, **others})  # type: ignore[arg-type]
    return due_date(entry, terms, default)


def test_an_entry_becomes_an_item_of_the_same_name() -> None:
    (item,) = derived(an_entry(payment_mode="VIR", attachment="fa-001.pdf"))

    assert (item.id, item.reference, item.label) == (
        "FA-001",
        "FA-001",
        "Facture FA-001",
    )
    assert (item.invoiced, item.left, item.state) == (
        Money(120_00),
        Money(120_00),
        ItemState.OPEN,
    )
    assert (item.payment_mode, item.attachment) == ("VIR", "fa-001.pdf")


def test_an_entry_without_piece_is_known_by_its_label_or_its_number() -> None:
    named, bare = (
        an_entry(piece="", label="Acompte chantier"),
        an_entry(piece="", label="", entry_number="1042"),
    )

    assert [i.reference for i in derived(named, bare)] == ["Acompte chantier", "1042"]


def test_a_partial_payment_leaves_both_the_paid_part_and_the_rest() -> None:
    paid = an_entry(piece="RG-001", cents=-50_00, label="FA-001")
    invoice, payment = derived(an_entry(), paid, match_payments=True)

    assert (invoice.settled, invoice.left) == (Money(50_00), Money(70_00))
    assert (invoice.state, invoice.settled_on) == (ItemState.OPEN, None)
    assert (payment.settled, payment.left) == (Money(-50_00), Money(0))
    assert payment.state is ItemState.SETTLED


def test_an_unused_credit_is_left_negative() -> None:
    (credit,) = derived(an_entry(cents=-50_00))

    assert (credit.is_credit, credit.left) == (True, Money(-50_00))


def test_an_item_paid_is_settled_on_the_day_of_its_payment() -> None:
    invoice, _ = derived(
        an_entry(lettering="AA"),
        an_entry(piece="RG-001", cents=-120_00, lettering="AA", entry_on=TODAY),
    )

    assert (invoice.state, invoice.settled_on) == (ItemState.SETTLED, TODAY)


def test_an_item_that_left_the_list_is_settled_on_that_day() -> None:
    (item,) = derived(an_entry(gone_on=TODAY))

    assert (item.left, item.state, item.settled_on) == (
        Money(0),
        ItemState.SETTLED,
        TODAY,
    )


def test_an_entry_of_nothing_is_settled_from_its_own_day() -> None:
    (item,) = derived(an_entry(cents=0))

    assert (item.state, item.settled_on) == (ItemState.SETTLED, TODAY - 42 * DAY)
    assert item.due_origin is DueOrigin.DEFAULT


def test_a_due_date_in_the_file_is_trusted_most() -> None:
    found = dated(
        file_due_on=TODAY, label="éch. 28/02/26", terms="60 jours", default="30 jours"
    )

    assert found == (TODAY, DueOrigin.FILE)


def test_a_due_date_in_the_label_comes_next() -> None:
    found = dated(label="FA-001 éch. 28/02/26", terms="60 jours", default="30 jours")

    assert found == (date(2026, 2, 28), DueOrigin.LABEL)


@pytest.mark.parametrize("day", ["14/01/26", "20/02/27"])
def test_a_date_in_the_label_that_cannot_be_a_due_date_is_passed_over(day: str) -> None:
    assert dated(label=f"éch. {day}", terms="60 jours")[1] is DueOrigin.TERMS


@pytest.mark.parametrize("day", ["15/01/26", "19/02/27"])
def test_a_date_in_the_label_from_the_invoice_to_400_days_later_counts(
    day: str,
) -> None:
    assert dated(label=f"éch. {day}")[1] is DueOrigin.LABEL


def test_the_customers_terms_come_before_the_firms() -> None:
    assert dated(terms="60 jours", default="30 jours") == (
        INVOICED_ON + 60 * DAY,
        DueOrigin.TERMS,
    )
    assert dated(terms="à voir", default="30 jours") == (
        INVOICED_ON + 30 * DAY,
        DueOrigin.DEFAULT,
    )


def test_the_terms_of_the_payment_mode_come_between_the_customers_and_the_firms() -> (
    None
):
    entry = an_entry(piece_on=INVOICED_ON)
    due_after_60 = (INVOICED_ON + 60 * DAY, DueOrigin.MODE_TERMS)

    assert due_date(entry, "", "30 jours", mode_terms="60 jours") == due_after_60
    assert due_date(entry, "à voir", "", mode_terms="60 jours") == due_after_60
    by_customer = due_date(entry, "45 jours", "", mode_terms="60 jours")
    assert by_customer == (INVOICED_ON + 45 * DAY, DueOrigin.TERMS)


def test_without_any_of_them_there_is_no_due_date() -> None:
    assert dated(default="à voir") == (None, DueOrigin.NONE)


def test_a_credit_of_one_cent_is_a_credit() -> None:
    (credit,) = derived(an_entry(cents=-1))

    assert (credit.left, credit.due_origin) == (Money(-1), DueOrigin.OWN_DATE)


def test_a_credit_is_due_on_its_own_date() -> None:
    assert dated(cents=-1_00, file_due_on=TODAY) == (INVOICED_ON, DueOrigin.OWN_DATE)


def test_the_terms_of_each_customer_apply_to_its_own_entries() -> None:
    found = derive_items(
        [an_entry(piece_on=INVOICED_ON)],
        {CUSTOMER_ID: "45 jours"},
        "30 jours",
        match_payments=False,
    )

    assert found.items[0].due_on == INVOICED_ON + 45 * DAY
    assert found.items[0].due_origin is DueOrigin.TERMS


@pytest.mark.parametrize(
    ("days_late", "counted"), [(-3, 0), (0, 0), (1, 1), (30, 30), (400, 400)]
)
def test_days_overdue_count_from_the_day_after_the_due_date(
    days_late: int, counted: int
) -> None:
    assert an_item(days_late=days_late).days_overdue(TODAY) == counted


def test_an_item_without_due_date_is_never_overdue() -> None:
    assert an_item(due_on=None).days_overdue(TODAY) == 0


ENTRIES = st.lists(
    st.builds(
        lambda tens, days: an_entry(
            cents=tens * 10_00, entry_on=TODAY - days * DAY, piece_on=None
        ),
        st.integers(-9, 9),
        st.integers(0, 400),
    ),
    min_size=1,
    max_size=7,
).map(
    lambda found: [
        replace(e, id=ItemId(f"e{rank}"), piece="") for rank, e in enumerate(found)
    ]
)


@given(ENTRIES)
def test_what_is_left_is_the_balance_of_the_entries(entries: list[LedgerEntry]) -> None:
    left = Money.total(i.left for i in derived(*entries, match_payments=True))

    assert left == Money.total(e.amount for e in entries)


@given(ENTRIES)
def test_open_means_that_something_is_left(entries: list[LedgerEntry]) -> None:
    for item in derived(*entries, match_payments=True):
        assert (item.state is ItemState.OPEN) == bool(item.left)
        assert (item.settled_on is None) == bool(item.left)
        assert abs(item.left.cents) <= abs(item.invoiced.cents)


@given(ENTRIES, st.integers(1, 900_00))
def test_a_payment_taken_back_restores_every_item(
    entries: list[LedgerEntry], cents: int
) -> None:
    taken_back = an_entry(piece="RG-001", cents=-cents, gone_on=TODAY)

    *others, payment = derived(*entries, taken_back, match_payments=True)

    assert others == derived(*entries, match_payments=True)
    assert payment.left == Money(0)


def test_undoing_a_lettering_reopens_the_invoice_as_it_was() -> None:
    invoice, payment = an_entry(), an_entry(piece="RG-001", cents=-120_00)
    (alone,) = derived(invoice)

    lettered = derived(
        replace(invoice, lettering="AA"), replace(payment, lettering="AA")
    )
    undone = derived(invoice, payment)

    assert [i.left for i in lettered] == [Money(0), Money(0)]
    assert undone[0] == alone
    assert undone[1].left == Money(-120_00)


@given(ENTRIES)
def test_deriving_twice_gives_the_same_items(entries: list[LedgerEntry]) -> None:
    once = derived(*entries, match_payments=True)
    backwards = derived(*entries[::-1], match_payments=True)

    assert {i.id: i for i in once} == {i.id: i for i in backwards}
