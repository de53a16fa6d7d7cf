"""The same ledger through any layout: the same debts, due on the same days."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from domain.basics.identifiers import EntityId
from domain.basics.money import Money
from domain.ledger.import_report import SourceFormat
from domain.ports import Books
from domain.usecases.import_kinds import MixedSourcesError, OtherLayoutError
from domain.usecases.importing import preview_import
from domain.usecases.mapping_files import surely_proposed
from storage.files.reading import AccountingFiles
from tests.journeys.command import Command
from tests.journeys.stories import a_file, a_line, books_of, bring_in
from tests.ledger_writers import (
    WITH_LETTERING,
    WRITERS,
    a_ledger,
    as_balance,
    as_due_list,
    as_fec,
)

TODAY = date(2026, 6, 30)
LEDGER = a_ledger()
BY_LAYOUT = pytest.mark.parametrize("layout", WRITERS)


def imported(content: bytes) -> tuple[Books, EntityId]:
    books, entity_id = books_of()
    bring_in(books, entity_id, AccountingFiles().read("export", content), TODAY)
    return books, entity_id


def imported_table(content: bytes) -> tuple[Books, EntityId]:
    """Import a spreadsheet by the columns proposed."""
    files = AccountingFiles()
    table = files.table("export.xlsx", content)
    books, entity_id = books_of()
    mapped = files.read_mapped(table, surely_proposed(table), table.name)
    bring_in(books, entity_id, mapped, TODAY)
    return books, entity_id


def items(books: Books, entity_id: EntityId) -> Counter[tuple[object, ...]]:
    """Count items by what the firm sees of them."""
    codes = {c.id: c.code for c in books.customers.all(entity_id)}
    return Counter(
        (codes[i.customer_id], i.reference, i.left.cents, i.due_on, i.due_origin)
        for i in books.ledger.items(entity_id)
    )


def balances(books: Books, entity_id: EntityId) -> dict[str, int]:
    result: Counter[str] = Counter()
    for item, times in items(books, entity_id).items():
        result[str(item[0])] += times * int(str(item[2]))
    return dict(result)


def owed(books: Books, entity_id: EntityId) -> dict[str, int]:
    """Tell what each customer owes, if anything."""
    return {code: left for code, left in balances(books, entity_id).items() if left}


def open_items(books: Books, entity_id: EntityId) -> list[tuple[object, ...]]:
    return sorted(item for item in items(books, entity_id).elements() if item[2])


def due_dates(books: Books, entity_id: EntityId) -> list[tuple[object, ...]]:
    """List the open invoices, each with its due date and where it comes from."""
    return [
        (code, reference, due_on, origin)
        for code, reference, left, due_on, origin in open_items(books, entity_id)
        if int(str(left)) > 0
    ]


@BY_LAYOUT
def test_balances_and_due_dates_are_those_of_the_same_ledger_as_an_fec(
    layout: SourceFormat,
) -> None:
    known = (
        LEDGER
        if layout in WITH_LETTERING
        else [replace(e, lettering="") for e in LEDGER]
    )

    by_fec, by_layout = imported(as_fec(known)), imported(WRITERS[layout](LEDGER))

    assert balances(*by_layout) == balances(*by_fec)
    assert items(*by_layout) == items(*by_fec)
    assert sum(balances(*by_layout).values()) == sum(e.cents for e in LEDGER)


@BY_LAYOUT
def test_balances_and_due_dates_are_those_of_the_same_ledger_in_a_spreadsheet(
    layout: SourceFormat,
) -> None:
    by_layout = imported(WRITERS[layout](LEDGER))
    by_due_list = imported_table(as_due_list(LEDGER))
    by_balance = imported_table(as_balance(LEDGER))

    assert balances(*by_layout) == balances(*by_due_list)
    assert owed(*by_layout) == owed(*by_balance)
    assert due_dates(*by_layout) == due_dates(*by_due_list)
    if layout in WITH_LETTERING:  # else payments settle what they fit
        assert open_items(*by_layout) == open_items(*by_due_list)


@BY_LAYOUT
def test_a_second_import_changes_nothing(layout: SourceFormat) -> None:
    content = WRITERS[layout](LEDGER)
    books, entity_id = imported(content)

    again = preview_import(
        books, AccountingFiles().read("export", content), entity_id, TODAY
    )

    assert again.movements.is_empty
    assert again.already_imported


@BY_LAYOUT
def test_a_batch_that_lacks_known_entries_makes_none_vanish(
    layout: SourceFormat,
) -> None:
    books, entity_id = imported(WRITERS[layout](LEDGER[:-4]))
    batch = AccountingFiles().read("lot", WRITERS[layout]([LEDGER[0], *LEDGER[-4:]]))

    seen = preview_import(books, batch, entity_id, TODAY).movements

    assert (len(seen.new), seen.vanished) == (4, [])
    assert seen.balance_after == Money(sum(e.cents for e in LEDGER))


@BY_LAYOUT
def test_a_firm_kept_by_fec_refuses_another_layout_and_says_why(
    layout: SourceFormat,
) -> None:
    books, entity_id = imported(as_fec(LEDGER))
    other = AccountingFiles().read("autre.txt", WRITERS[layout](LEDGER))

    with pytest.raises(OtherLayoutError, match=r"autre\.txt"):
        preview_import(books, other, entity_id, TODAY)


def test_a_firm_kept_by_a_layout_refuses_a_list_of_open_items() -> None:
    books, entity_id = imported(WRITERS[SourceFormat.QUADRATUS](LEDGER))
    listed = a_file(
        a_line("F1", 120_00, TODAY), format=SourceFormat.WORKBOOK, only_open=True
    )

    with pytest.raises(MixedSourcesError):
        preview_import(books, listed, entity_id, TODAY)


@BY_LAYOUT
def test_the_command_line_takes_a_layout_as_it_takes_an_fec(
    layout: SourceFormat, command: Command
) -> None:
    path = command.folder.parent / "export.asc"
    path.write_bytes(WRITERS[layout](LEDGER))

    answer = command("import", str(path), "--date", "2026-06-30")

    assert (answer["new"], answer["vanished"]) == (len(LEDGER), 0)
