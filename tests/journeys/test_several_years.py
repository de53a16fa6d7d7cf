"""Files of several years of one firm, in the books."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.basics.identifiers import EntityId, ItemId
from domain.basics.money import Money
from domain.customers.agreements import Dispute, Hold, Promise
from domain.dunning.position import LevelCause, LevelChange
from domain.dunning.scenario import StepKind
from domain.ledger.allocation import Allocation
from domain.ledger.entry import DueOrigin, SourceLine
from domain.ledger.import_report import FaultKind, SourceFile
from domain.ledger.open_item import OpenItem
from domain.ledger.openings import without_repeats
from domain.usecases.dashboard import show_home
from domain.usecases.import_checks import unbalanced_letterings
from domain.usecases.importing import (
    preview_import,
    undo_last_import,
)
from storage.database.books import SqliteBooks
from storage.files.fec import read_fec
from tests.journeys.stories import (
    a_file,
    a_line,
    books_of,
    bring_in,
    moment,
)
from tests.third_party import ROOT

DETAILED = ROOT / "fec" / "000000000FEC20231231.txt"
TODAY = date(2026, 3, 31)
NOVEMBER, FEBRUARY = date(2025, 11, 20), date(2026, 2, 10)
JAN = date(2026, 1, 1)


def amounts(books: SqliteBooks, entity_id: EntityId) -> list[tuple[str, int]]:
    open_items = books.ledger.open_items(entity_id)
    return sorted((i.reference, i.left.cents) for i in open_items)


def an_opening(piece: str, cents: int, lettering: str = "") -> SourceLine:
    line = a_line(piece, cents, JAN, journal="AN", lettering=lettering)
    return replace(line, opens_on=JAN)


LAST_YEAR = a_file(
    a_line("F1", 100_00, NOVEMBER),
    a_line("F2", 40_00, NOVEMBER),
    a_line("F3", 70_00, NOVEMBER, lettering="A"),
    a_line("B3", -70_00, NOVEMBER, lettering="A", journal="BQ"),
    starts_on=date(2025, 1, 3),
    ends_on=date(2025, 12, 31),
    name="123456789FEC20251231.txt",
)
THIS_YEAR = a_file(
    an_opening("F1", 100_00, "A"),
    an_opening("F2", 40_00),
    a_line("B1", -100_00, FEBRUARY, lettering="A", journal="BQ"),
    a_line("F4", 10_00, FEBRUARY),
    starts_on=date(2026, 1, 2),
)


def dated(source: SourceFile) -> SourceFile:
    """Date letterings, as codes start over each year."""
    lines = [
        replace(line, lettered_on=source.ends_on) if line.lettering else line
        for line in source.lines
    ]
    return replace(source, lines=lines)


Books = tuple[list[OpenItem], set[Allocation]]


def kept(books: SqliteBooks, entity_id: EntityId) -> Books:
    customers = books.customers.all(entity_id)
    return (
        sorted(books.ledger.items(entity_id), key=lambda i: i.id),
        {a for c in customers for a in books.ledger.allocations_of(c.id)},
    )


def left(books: SqliteBooks, entity_id: EntityId) -> dict[str, Money]:
    return {i.reference: i.left for i in books.ledger.open_items(entity_id)}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_years_leave_each_unpaid_invoice_once_in_either_order(
    order: tuple[int, ...],
) -> None:
    books, entity_id = books_of()
    files = [dated(LAST_YEAR), dated(THIS_YEAR)]

    for which in order:
        bring_in(books, entity_id, files[which], TODAY)

    assert left(books, entity_id) == {"F2": Money(40_00), "F4": Money(10_00)}
    assert books.check() == []
    entries = books.ledger.entries(entity_id)
    assert unbalanced_letterings(entries) == []


def test_either_order_makes_the_same_books() -> None:
    both = []
    for files in ([LAST_YEAR, THIS_YEAR], [THIS_YEAR, LAST_YEAR]):
        books, entity_id = books_of()
        for source in files:
            bring_in(books, entity_id, dated(source), TODAY)
        both.append(kept(books, entity_id))

    assert both[0] == both[1]


@pytest.mark.parametrize("again", [LAST_YEAR, THIS_YEAR])
def test_importing_a_year_twice_changes_nothing(again: SourceFile) -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, dated(LAST_YEAR), TODAY)
    bring_in(books, entity_id, dated(THIS_YEAR), TODAY)
    before = kept(books, entity_id)

    preview = preview_import(books, dated(again), entity_id, TODAY)
    bring_in(books, entity_id, dated(again), TODAY)

    assert preview.movements.is_empty
    assert not preview.older_than_known
    assert kept(books, entity_id) == before


@pytest.mark.parametrize(
    "files", [(LAST_YEAR, THIS_YEAR), (THIS_YEAR, LAST_YEAR)], ids=["after", "before"]
)
def test_taking_the_other_year_back_gives_the_books_back(
    files: tuple[SourceFile, SourceFile],
) -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, dated(files[0]), TODAY)
    before = kept(books, entity_id)
    bring_in(books, entity_id, dated(files[1]), TODAY)

    undo_last_import(books, entity_id, TODAY, moment(TODAY))

    assert kept(books, entity_id) == before
    assert books.check() == []


def test_the_sheet_counts_what_is_new_and_says_what_was_left_out() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, dated(LAST_YEAR), TODAY)

    preview = preview_import(books, dated(THIS_YEAR), entity_id, TODAY)

    assert sorted(e.piece for e in preview.movements.new) == ["B1", "F4"]
    settled = books.ledger.get_items(preview.movements.settled)
    assert [i.reference for i in settled] == ["F1"]
    assert [e.piece for e in preview.settled] == ["F1"]
    [fault] = preview.faults
    assert (fault.kind, fault.found) == (FaultKind.OPENING_REPEATED, "2")
    assert not fault.blocking


def test_openings_that_do_not_agree_are_told_with_both_sums() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, dated(LAST_YEAR), TODAY)
    wrong = a_file(an_opening("", 150_00), starts_on=JAN)

    [fault] = preview_import(books, wrong, entity_id, TODAY).faults

    assert fault.kind is FaultKind.OPENING_GAP
    assert fault.found == "Boulangerie Inventée – 150,00 / 140,00"


def test_detailed_openings_take_the_place_of_provisional_sums() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(an_opening("", 140_00)), TODAY)

    bring_in(books, entity_id, dated(THIS_YEAR), TODAY)

    assert left(books, entity_id) == {"F2": Money(40_00), "F4": Money(10_00)}


def test_detailed_openings_with_the_date_of_their_invoice_go_too() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, dated(LAST_YEAR), TODAY)
    as_dated = [
        replace(line, entry_on=NOVEMBER, piece_on=NOVEMBER) if line.opens_on else line
        for line in THIS_YEAR.lines
    ]

    bring_in(books, entity_id, dated(replace(THIS_YEAR, lines=as_dated)), TODAY)

    assert left(books, entity_id) == {"F2": Money(40_00), "F4": Money(10_00)}


def test_a_payment_carried_over_is_not_paid_this_year() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(an_opening("B0", -30_00)), TODAY)

    home = show_home(books, entity_id, TODAY)

    assert home.shown.paid_lately == Money(0)


def test_a_due_date_learnt_from_payments_says_how_many() -> None:
    books, entity_id = books_of()
    lines = [a_line("F9", 10_00, FEBRUARY)]
    for rank in range(4):
        on = date(2025, 2 + rank, 3)
        paid_on = on + timedelta(days=60)
        lines += [
            a_line(f"G{rank}", 50_00, on, lettering=f"L{rank}"),
            a_line(f"P{rank}", -50_00, paid_on, lettering=f"L{rank}", journal="BQ"),
        ]

    bring_in(books, entity_id, a_file(*lines, starts_on=date(2025, 1, 1)), TODAY)

    (item,) = books.ledger.open_items(entity_id)
    assert item.due_on == FEBRUARY + timedelta(days=60)
    assert (item.due_origin, item.due_rests_on) == (DueOrigin.ESTIMATED, 4)


def decided_on(books: SqliteBooks, entity_id: EntityId, reference: str) -> None:
    """Stop an item, dispute it, promise it, and move it to level 2."""
    item = next(i for i in books.ledger.items(entity_id) if i.reference == reference)
    add_hold(books, item, TODAY)
    books.agreements.save_dispute(
        Dispute(
            id="d",
            entity_id=entity_id,
            customer_id=item.customer_id,
            item_id=item.id,
            opened_on=TODAY,
        )
    )
    books.agreements.save_promise(
        Promise(
            id="p",
            entity_id=entity_id,
            customer_id=item.customer_id,
            item_id=item.id,
            amount=item.left,
            promised_for=TODAY,
            made_on=TODAY,
        )
    )
    books.activities.record_levels(
        [
            LevelChange(
                entity_id=entity_id,
                customer_id=item.customer_id,
                item_id=item.id,
                kind=StepKind.REMINDER,
                level=2,
                reached_on=TODAY,
                cause=LevelCause.SENT,
                recorded_at=moment(TODAY),
            )
        ]
    )
    books.ledger.set_excluded(item.id, excluded=True)


def add_hold(books: SqliteBooks, item: OpenItem, day: date) -> None:
    books.agreements.save_hold(
        Hold(
            id="h",
            entity_id=item.entity_id,
            customer_id=item.customer_id,
            item_id=item.id,
            starts_on=day,
        )
    )


def decisions(books: SqliteBooks, entity_id: EntityId) -> dict[str, set[str]]:
    """Tell what hangs on each item in the books."""
    names = {
        i.id: f"{i.reference} {i.invoice_on}" for i in books.ledger.items(entity_id)
    }
    agreements = books.agreements
    told: dict[str, list[ItemId | None]] = {
        "hold": [h.item_id for h in agreements.holds(entity_id)],
        "dispute": [d.item_id for d in agreements.disputes(entity_id)],
        "promise": [p.item_id for p in agreements.promises(entity_id)],
        "level": [*books.activities.level_history(entity_id)],
        "excluded": [*books.ledger.excluded(entity_id)],
    }
    return {
        what: {names[i] for i in ids if i and i in names} for what, ids in told.items()
    }


def test_what_was_decided_on_an_opening_line_follows_to_its_invoice_and_back() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, dated(THIS_YEAR), TODAY)
    decided_on(books, entity_id, "F2")
    before = decisions(books, entity_id)

    bring_in(books, entity_id, dated(LAST_YEAR), TODAY)
    after = decisions(books, entity_id)
    undo_last_import(books, entity_id, TODAY, moment(TODAY))

    assert set(map(frozenset, before.values())) == {frozenset({f"F2 {JAN}"})}
    assert set(map(frozenset, after.values())) == {frozenset({f"F2 {NOVEMBER}"})}
    assert decisions(books, entity_id) == before


def test_what_was_decided_on_an_invoice_stays_when_the_next_year_is_taken_back() -> (
    None
):
    books, entity_id = books_of()
    bring_in(books, entity_id, dated(LAST_YEAR), TODAY)
    decided_on(books, entity_id, "F2")
    bring_in(books, entity_id, dated(THIS_YEAR), TODAY)

    undo_last_import(books, entity_id, TODAY, moment(TODAY))

    kept_on = decisions(books, entity_id).values()
    assert set(map(frozenset, kept_on)) == {frozenset({f"F2 {NOVEMBER}"})}


@pytest.mark.skipif(not DETAILED.exists(), reason="the public test data are not here")
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_real_export_and_the_year_it_opens_from_leave_what_it_leaves_alone(
    order: tuple[int, ...],
) -> None:
    real = read_fec(DETAILED.name, DETAILED.read_bytes())
    alone, alone_id = books_of()
    bring_in(alone, alone_id, real, TODAY)
    before = replace(
        real,
        sha256="before",
        lines=[
            replace(line, journal="VE", opens_on=None, lettering="", lettered_on=None)
            for line in real.lines
            if line.opens_on
        ],
        starts_on=date(2021, 1, 1),
        ends_on=date(2022, 12, 31),
    )
    books, entity_id = books_of()

    for which in order:
        bring_in(books, entity_id, (before, real)[which], TODAY)

    derived = without_repeats(books.ledger.entries(entity_id))
    assert len(derived.repeats) == len(before.lines) > 0
    assert derived.gaps == []
    assert amounts(books, entity_id) == amounts(alone, alone_id)
    assert books.check() == []


def test_an_import_of_the_first_version_can_still_be_taken_back() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, dated(LAST_YEAR), TODAY)
    before = kept(books, entity_id)
    changed = [replace(line, label="Corrigée") for line in LAST_YEAR.lines]
    bring_in(books, entity_id, dated(replace(LAST_YEAR, lines=changed)), TODAY)
    books._connection.execute(
        "UPDATE import_changes SET before = json_remove(before, '$.opens_on')"
    )

    undo_last_import(books, entity_id, TODAY, moment(TODAY))

    assert kept(books, entity_id) == before
