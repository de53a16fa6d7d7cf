"""An invoice partly paid stays the same item in the lists that follow."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.basics.identifiers import EntityId
from domain.basics.money import Money
from domain.basics.periods import UNDATED
from domain.ledger.entry import LedgerEntry, SourceLine
from domain.ledger.import_report import SourceFile, SourceFormat
from domain.ledger.open_item import ItemState
from domain.ports import Books
from domain.usecases.importing import (
    ImportPreview,
    confirm_import,
    preview_import,
    undo_last_import,
)
from storage.database.books import open_books
from tests.builders import ENTITY_ID, an_entity
from tests.journeys.stories import a_file, a_line, moment
from tests.journeys.test_several_years import decided_on, decisions

JAN, FEB = date(2026, 1, 5), date(2026, 2, 4)
TODAY = date(2026, 3, 31)


def a_list(*lines: SourceLine, kind: SourceFormat = SourceFormat.TABLE) -> SourceFile:
    is_state = kind.lists_what_is_open
    return a_file(
        *lines, name="liste.csv", format=kind, only_open=is_state, has_lettering=False
    )


def firm() -> Books:
    books = open_books()
    books.entities.save(an_entity())
    return books


def previewed(books: Books, source: SourceFile) -> ImportPreview:
    return preview_import(books, source, ENTITY_ID, TODAY, accept_swaps=False)


def accept(books: Books, preview: ImportPreview) -> None:
    confirm_import(books, preview, moment(TODAY), accept_swaps=False)


def bring(books: Books, *lines: SourceLine, **others: SourceFormat) -> None:
    accept(books, previewed(books, a_list(*lines, **others)))


def entries(books: Books, entity_id: EntityId = ENTITY_ID) -> list[LedgerEntry]:
    return sorted(books.ledger.entries(entity_id), key=lambda e: e.id)


def ids(books: Books) -> dict[str, str]:
    """Tell open items by their due date: who is who."""
    return {
        f"{i.reference} {i.due_on}": i.id for i in books.ledger.open_items(ENTITY_ID)
    }


@pytest.mark.parametrize("kind", [SourceFormat.TABLE, SourceFormat.WORKBOOK])
def test_a_part_payment_keeps_all_that_was_decided_and_shows_as_a_change(
    kind: SourceFormat,
) -> None:
    books = firm()
    bring(books, a_line("F1", 1200_00, JAN, due_on=FEB), kind=kind)
    decided_on(books, ENTITY_ID, "F1")  # type: ignore[arg-type]
    before = decisions(books, ENTITY_ID)  # type: ignore[arg-type]

    paid = a_list(a_line("F1", 700_00, JAN, due_on=FEB), kind=kind)
    preview = previewed(books, paid)
    accept(books, preview)

    (change,) = preview.movements.changed
    assert (change.before.amount, change.after.amount) == (
        Money(1200_00),
        Money(700_00),
    )
    assert (preview.movements.new, preview.movements.settled) == ([], [])
    assert decisions(books, ENTITY_ID) == before  # type: ignore[arg-type]
    (item,) = books.ledger.items(ENTITY_ID)
    assert (item.left, item.state) == (Money(700_00), ItemState.OPEN)


def test_instalments_of_one_invoice_are_told_apart_by_their_due_dates() -> None:
    books = firm()
    dues = [FEB, FEB + timedelta(days=30), FEB + timedelta(days=60)]
    bring(books, *[a_line("F1", 100_00, JAN, due_on=due) for due in dues])
    before = ids(books)

    bring(
        books,
        a_line("F1", 40_00, JAN, due_on=dues[1]),
        a_line("F1", 100_00, JAN, due_on=dues[2]),
    )

    assert ids(books) == {name: before[name] for name in list(before)[1:]}


def test_without_due_dates_the_amount_just_above_is_the_one_partly_paid() -> None:
    books = firm()
    bring(books, a_line("F1", 100_00, JAN), a_line("F1", 300_00, JAN))
    small, large = sorted(
        books.ledger.open_items(ENTITY_ID), key=lambda i: i.left.cents
    )

    bring(books, a_line("F1", 250_00, JAN), a_line("F1", 90_00, JAN))

    left = {i.id: i.left for i in books.ledger.open_items(ENTITY_ID)}
    assert left == {small.id: Money(90_00), large.id: Money(250_00)}


def test_a_new_line_with_the_former_amount_of_another_is_an_item_of_its_own() -> None:
    books = firm()
    bring(books, a_line("F1", 200_00, JAN))
    bring(books, a_line("F1", 150_00, JAN))
    (first,) = books.ledger.open_items(ENTITY_ID)

    for _time in range(2):
        bring(books, a_line("F1", 200_00, JAN), a_line("F1", 150_00, JAN))

    left = {i.id: i.left for i in books.ledger.open_items(ENTITY_ID)}
    assert left[first.id] == Money(150_00)
    assert sorted(m.cents for m in left.values()) == [150_00, 200_00]
    assert len(books.ledger.items(ENTITY_ID)) == 2


def test_a_credit_is_never_taken_for_the_invoice_of_the_same_reference() -> None:
    books = firm()
    bring(books, a_line("F1", 200_00, JAN))

    preview = previewed(books, a_list(a_line("F1", -50_00, JAN)))

    assert (len(preview.movements.new), len(preview.movements.settled)) == (1, 1)


def test_a_customers_balance_without_date_stays_one_item() -> None:
    books = firm()
    bring(books, replace(a_line("", 200_00, UNDATED), label="Solde au 31/01"))
    (before,) = books.ledger.open_items(ENTITY_ID)

    bring(books, replace(a_line("", 900_00, UNDATED), label="Solde au 28/02"))

    (after,) = books.ledger.open_items(ENTITY_ID)
    assert (after.id, after.left) == (before.id, Money(900_00))


@pytest.mark.parametrize("kind", [SourceFormat.TABLE, SourceFormat.TABLE_ADDED])
def test_an_invoice_date_put_right_or_not_is_the_same_invoice(
    kind: SourceFormat,
) -> None:
    books = firm()
    source = a_list(a_line("F1", 200_00, date(2026, 3, 8), due_on=FEB), kind=kind)
    swapped = replace(source.lines[0], entry_on=date(2026, 8, 3), piece_on=None)
    source = replace(source, lines=[replace(swapped, due_on=date(2026, 3, 20))])

    for accept_swaps in (False, True, False, True, True):
        preview = preview_import(
            books, source, ENTITY_ID, TODAY, accept_swaps=accept_swaps
        )
        assert preview.faults
        confirm_import(books, preview, moment(TODAY), accept_swaps=accept_swaps)

    (item,) = books.ledger.items(ENTITY_ID)
    assert (item.invoice_on, item.left) == (date(2026, 3, 8), Money(200_00))


def test_in_a_ledger_another_amount_is_still_another_entry() -> None:
    books = firm()
    accept(books, previewed(books, a_file(a_line("F1", 200_00, JAN))))

    preview = previewed(books, a_file(a_line("F1", 150_00, JAN)))

    assert [len(preview.movements.new), len(preview.movements.vanished)] == [1, 1]


LINES = st.builds(
    a_line,
    piece=st.sampled_from(["F1", "F2", ""]),
    cents=st.sampled_from([100_00, 150_00, 200_00, -50_00]),
    day=st.sampled_from([JAN, date(2026, 5, 1), date(2026, 2, 20), UNDATED]),
    code=st.sampled_from(["C1", "C2"]),
    label=st.sampled_from(["", "Facture"]),
    due_on=st.sampled_from([None, FEB, date(2026, 3, 20)]),
)
LISTS = st.lists(LINES, min_size=1, max_size=8)
KINDS = st.sampled_from([SourceFormat.TABLE, SourceFormat.WORKBOOK])


@settings(max_examples=50, deadline=None)
@given(st.lists(LISTS, min_size=1, max_size=3))
def test_a_list_imported_twice_changes_nothing_whatever_came_before(
    lists: list[list[SourceLine]],
) -> None:
    books = firm()
    for lines in lists:
        bring(books, *lines)
    before = entries(books)

    preview = previewed(books, a_list(*lists[-1]))
    accept(books, preview)

    assert preview.movements.is_empty
    assert entries(books) == before


@settings(max_examples=50, deadline=None)
@given(LISTS, LISTS, st.sampled_from([SourceFormat.TABLE, SourceFormat.TABLE_ADDED]))
def test_a_list_taken_back_leaves_the_books_as_they_were(
    first: list[SourceLine], second: list[SourceLine], kind: SourceFormat
) -> None:
    books = firm()
    bring(books, *first)
    before = entries(books), books.ledger.items(ENTITY_ID)

    bring(books, *second, kind=kind)
    undo_last_import(books, ENTITY_ID, TODAY, moment(TODAY))

    assert (entries(books), books.ledger.items(ENTITY_ID)) == before


@settings(max_examples=50, deadline=None)
@given(LISTS, st.data())
def test_part_payments_bring_nothing_new_and_settle_nothing(
    lines: list[SourceLine], data: st.DataObject
) -> None:
    books = firm()
    bring(books, *lines)
    before = {i.id for i in books.ledger.open_items(ENTITY_ID)}

    paid = data.draw(st.permutations([*map(partly_paid, lines)]))
    bring(books, *paid)

    assert {i.id for i in books.ledger.open_items(ENTITY_ID)} == before
    assert contents(books.ledger.entries(ENTITY_ID)) == contents(paid)


@settings(max_examples=50, deadline=None)
@given(LISTS, LISTS)
def test_the_books_hold_what_the_last_list_says_and_nothing_else(
    first: list[SourceLine], second: list[SourceLine]
) -> None:
    books = firm()
    bring(books, *first)
    bring(books, *second)

    still_open = [e for e in books.ledger.entries(ENTITY_ID) if e.gone_on is None]
    assert contents(still_open) == contents(second)


def partly_paid(line: SourceLine) -> SourceLine:
    """Leave less of an invoice of more than 100 euros."""
    is_paid = line.debit.cents > 100_00 and line.due_on
    return replace(line, debit=line.debit - Money(30_00)) if is_paid else line


def contents(
    lines: Iterable[SourceLine] | Iterable[LedgerEntry],
) -> Counter[tuple[object, ...]]:
    return Counter((x.piece, x.entry_on, x.debit, x.credit) for x in lines)
