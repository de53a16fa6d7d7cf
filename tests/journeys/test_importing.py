"""Files come in, change their mind, and are taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.basics.identifiers import customer_key
from domain.basics.money import Money
from domain.ledger.entry import DueOrigin
from domain.ledger.import_report import BalanceChange, FaultKind, SourceFormat
from domain.ledger.open_item import ItemState
from domain.usecases.customer_details import save_customer
from domain.usecases.import_checks import unbalanced_letterings
from domain.usecases.import_kinds import MixedSourcesError
from domain.usecases.importing import (
    NoCustomerLineError,
    confirm_import,
    preview_import,
    undo_last_import,
)
from tests.journeys.stories import a_file, a_line, books_of, bring_in, moment

JAN = date(2026, 1, 10)
MARCH = date(2026, 3, 20)
TODAY = date(2026, 3, 31)
INVOICE = a_line("F1", 120_00, JAN)
SECOND = a_line("F2", 80_00, MARCH)
PAYMENT = a_line("B1", -120_00, MARCH, journal="BQ")


def test_a_newer_file_brings_what_is_new_settled_changed_and_vanished() -> None:
    books, entity_id = books_of()
    gone = a_line("F0", 10_00, JAN)
    bring_in(books, entity_id, a_file(INVOICE, SECOND, gone), TODAY)

    newer = a_file(
        replace(INVOICE, lettering="AA"),
        replace(PAYMENT, lettering="AA"),
        replace(SECOND, label="Facture rectifiée"),
        a_line("F3", 33_33, MARCH),
    )
    seen = preview_import(books, newer, entity_id, TODAY).movements

    assert sorted(e.piece for e in seen.new) == ["B1", "F3"]
    assert [i.reference for i in books.ledger.get_items(seen.settled)] == ["F1"]
    assert [c.after.piece for c in seen.changed] == ["F2"]
    assert [e.piece for e in seen.vanished] == ["F0"]
    assert seen.balance_before == Money(210_00)
    assert seen.balance_after == Money(113_33)


def test_currencies_are_told_side_by_side() -> None:
    books, entity_id = books_of()
    nothing = Money(0, "USD")
    foreign = replace(
        a_line("F8", 1, JAN, code="C8"), debit=Money(70_00, "USD"), credit=nothing
    )
    bring_in(books, entity_id, a_file(INVOICE), TODAY)

    preview = preview_import(books, a_file(INVOICE, foreign), entity_id, TODAY)
    confirm_import(books, preview, moment(TODAY))
    after = preview_import(books, a_file(INVOICE), entity_id, TODAY).movements

    assert preview.movements.balances == (
        BalanceChange(before=Money(120_00), after=Money(120_00)),
        BalanceChange(before=nothing, after=Money(70_00, "USD")),
    )
    assert after.balances[1] == BalanceChange(before=Money(70_00, "USD"), after=nothing)


def test_a_preview_writes_nothing() -> None:
    books, entity_id = books_of()

    preview_import(books, a_file(INVOICE), entity_id, TODAY)

    assert books.ledger.entries(entity_id) == []
    assert books.customers.all(entity_id) == []


def test_the_next_years_file_does_not_make_this_years_invoices_vanish() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(INVOICE), TODAY)

    next_year = a_file(
        a_line("F9", 50_00, date(2027, 1, 5)),
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 12, 31),
    )

    seen = preview_import(books, next_year, entity_id, date(2027, 1, 6)).movements
    assert seen.vanished == []
    assert seen.balance_after == Money(170_00)


def test_two_identical_lines_are_two_invoices_and_stay_two() -> None:
    books, entity_id = books_of()
    twice = a_file(INVOICE, INVOICE)

    bring_in(books, entity_id, twice, TODAY)

    assert len(books.ledger.entries(entity_id)) == 2
    assert preview_import(books, twice, entity_id, TODAY).movements.is_empty


def test_a_lettering_that_does_not_balance_leaves_its_entries_open_and_says_so() -> (
    None
):
    books, entity_id = books_of()
    unbalanced = a_file(
        replace(INVOICE, lettering="AB"),
        a_line("B2", -100_00, MARCH, lettering="AB"),
    )

    preview = preview_import(books, unbalanced, entity_id, TODAY)
    confirm_import(books, preview, moment(TODAY))

    assert [f.kind for f in preview.faults] == [FaultKind.UNBALANCED_LETTERING]
    assert len(books.ledger.open_items(entity_id)) == 2
    entries = books.ledger.entries(entity_id)
    assert [u.gap for u in unbalanced_letterings(entries)] == [Money(20_00)]


def test_without_any_lettering_payments_settle_the_invoice_they_fit() -> None:
    books, entity_id = books_of()

    bring_in(books, entity_id, a_file(INVOICE, SECOND, PAYMENT), TODAY)

    left = {i.reference: i.left for i in books.ledger.open_items(entity_id)}
    assert left == {"F2": Money(80_00)}


def test_due_dates_say_where_they_come_from() -> None:
    books, entity_id = books_of()
    given = date(2026, 2, 28)
    source = a_file(
        replace(INVOICE, due_on=given),
        a_line("F4", 10_00, JAN, label="Facture F4 échéance 15/02/2026"),
        a_line("F5", 10_00, JAN),
        a_line("F6", 10_00, JAN, code="C002"),
        a_line("A1", -10_00, JAN, code="C002", lettering="Z"),
    )
    bring_in(books, entity_id, source, TODAY)
    with_terms = books.customers.get(customer_key(entity_id, "C002"))
    save_customer(books, replace(with_terms, payment_terms="60 jours"))

    due = {i.reference: (i.due_on, i.due_origin) for i in books.ledger.items(entity_id)}
    assert due == {
        "F1": (given, DueOrigin.FILE),
        "F4": (date(2026, 2, 15), DueOrigin.LABEL),
        "F5": (JAN + timedelta(days=30), DueOrigin.DEFAULT),
        "F6": (JAN + timedelta(days=60), DueOrigin.TERMS),
        "A1": (JAN, DueOrigin.OWN_DATE),
    }


def test_the_last_import_can_be_taken_back_in_one_gesture() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(INVOICE, SECOND), TODAY)
    before = books.ledger.items(entity_id)
    newer = a_file(replace(INVOICE, lettering="AA"), replace(PAYMENT, lettering="AA"))
    bring_in(books, entity_id, newer, TODAY)

    undo_last_import(books, entity_id, TODAY, moment(TODAY))

    assert sorted(books.ledger.items(entity_id), key=lambda i: i.id) == sorted(
        before, key=lambda i: i.id
    )


def test_an_older_export_is_noticed() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(INVOICE, SECOND), TODAY)

    assert preview_import(books, a_file(INVOICE), entity_id, TODAY).older_than_known


def test_a_list_of_open_items_settles_what_is_no_longer_in_it() -> None:
    books, entity_id = books_of()

    def workbook(*lines: object) -> object:
        return a_file(
            *lines,  # type: ignore[arg-type]
            format=SourceFormat.WORKBOOK,
            only_open=True,
            has_lettering=False,
            starts_on=None,
            ends_on=None,
        )

    bring_in(books, entity_id, workbook(INVOICE, SECOND), TODAY)  # type: ignore[arg-type]
    later = bring_in(books, entity_id, workbook(SECOND), TODAY)  # type: ignore[arg-type]

    states = {i.reference: i.state for i in books.ledger.items(entity_id)}
    assert states == {"F1": ItemState.SETTLED, "F2": ItemState.OPEN}
    assert (later.settled, later.vanished) == (1, 0)


def test_a_firm_is_not_fed_from_two_kinds_of_file() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(INVOICE), TODAY)

    with pytest.raises(MixedSourcesError):
        preview_import(
            books, a_file(SECOND, format=SourceFormat.WORKBOOK), entity_id, TODAY
        )


def test_a_file_without_customers_is_refused() -> None:
    books, entity_id = books_of()

    with pytest.raises(NoCustomerLineError):
        preview_import(books, a_file(), entity_id, TODAY)


def test_a_customer_without_a_name_goes_by_its_code() -> None:
    books, entity_id = books_of()

    bring_in(books, entity_id, a_file(replace(INVOICE, customer_name="  ")), TODAY)

    assert books.customers.get(customer_key(entity_id, "C001")).name == "C001"
