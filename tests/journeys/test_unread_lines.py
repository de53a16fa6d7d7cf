"""What a file could not tell is neither settled nor gone: it stays as it was."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.basics.identifiers import EntityId, ItemId
from domain.basics.money import Money
from domain.ledger.import_report import SourceFile
from domain.ports import Books
from domain.usecases.importing import ImportPreview, confirm_import, preview_import
from domain.usecases.mapping_files import surely_proposed
from domain.usecases.synchronising import DoubtKind, SyncSettings, judge
from storage.files.reading import AccountingFiles
from tests.journeys.stories import books_of, bring_in, moment
from tests.ledger_writers import a_ledger, as_fec
from tests.storage.test_newton_workbook import DUE, a_workbook

TODAY = date(2026, 3, 31)
FILES = AccountingFiles()
HEADINGS = ("Code client", "Nom", "Facture", "Date", "Échéance", "Solde dû")
FIRST, SECOND, THIRD = OPEN = (
    ("C1", "Atelier Un", "F1", "05/01/2026", "04/02/2026", "100,00"),
    ("C1", "Atelier Un", "F2", "12/01/2026", "11/02/2026", "200,00"),
    ("C2", "Garage Deux", "F3", "20/01/2026", "19/02/2026", "400,00"),
)


def a_list(rows: Sequence[Sequence[str]]) -> SourceFile:
    text = "\n".join(";".join(row) for row in (HEADINGS, *rows))
    table = FILES.table("echeancier.csv", text.encode())
    return FILES.read_mapped(table, surely_proposed(table), table.name)


def firm() -> tuple[Books, EntityId]:
    books, entity_id = books_of()
    bring_in(books, entity_id, a_list(OPEN), TODAY)
    return books, entity_id


def still_open(books: Books, entity_id: EntityId) -> dict[str, Money]:
    return {i.reference: i.left for i in books.ledger.open_items(entity_id)}


def left_as_they_were(preview: ImportPreview) -> list[str]:
    return sorted(entry.piece for entry in preview.unread)


@pytest.mark.parametrize(
    ("unread", "kept"),
    [
        ((*FIRST[:5], "cent"), ["F1"]),
        ((*FIRST[:3], "hier", "demain", "100,00"), ["F1"]),
        (("C1", "Atelier Un", "#N/A", "05/01/2026", "", "cent"), ["F1", "F2"]),
        (("", "Atelier Un", "F1", "05/01/2026", "", "cent"), ["F1"]),
        (("#REF!", "", "F1", "05/01/2026", "", "cent"), ["F1"]),
        (("", "", "", "05/01/2026", "", "cent"), ["F1", "F2"]),
        (("C9", "Client Neuf", "F1", "05/01/2026", "", "cent"), []),
        (("", "", "", "Édité le 31 mars", "", ""), []),
    ],
)
def test_what_a_line_left_out_may_be_stays_and_the_rest_is_settled(
    unread: Sequence[str], kept: list[str]
) -> None:
    books, entity_id = firm()
    before = still_open(books, entity_id)

    preview = preview_import(books, a_list([unread, THIRD]), entity_id, TODAY)
    confirm_import(books, preview, moment(TODAY))

    assert left_as_they_were(preview) == kept
    expected = {piece: before[piece] for piece in (*kept, "F3")}
    assert still_open(books, entity_id) == expected
    assert sorted(e.piece for e in preview.settled) == sorted(
        before.keys() - expected.keys()
    )


def test_such_a_line_is_a_doubt_and_read_the_next_day_it_changes_again() -> None:
    books, entity_id = firm()
    preview = preview_import(
        books, a_list([(*FIRST[:5], "cent"), SECOND, THIRD]), entity_id, TODAY
    )
    confirm_import(books, preview, moment(TODAY))
    assert preview.movements.is_empty
    assert DoubtKind.FAULTS in {d.kind for d in judge(preview, SyncSettings())}

    bring_in(books, entity_id, a_list([SECOND, THIRD]), TODAY)

    assert still_open(books, entity_id).keys() == {"F2", "F3"}


@pytest.mark.parametrize(("amount", "kept"), [("douze", [251213597]), (0, [])])
def test_in_a_workbook_an_unreadable_amount_keeps_and_a_zero_settles(
    amount: object, kept: list[int]
) -> None:
    books, entity_id = books_of()
    other = (*DUE[:6], "F9", *DUE[7:])

    def read(*due: Sequence[object]) -> SourceFile:
        return FILES.read("societe.xlsx", a_workbook(due=due))

    bring_in(books, entity_id, read(DUE, other), TODAY)
    changed = (*DUE[:3], amount, *DUE[4:])
    preview = preview_import(books, read(changed, other), entity_id, TODAY)

    assert left_as_they_were(preview) == [str(number) for number in kept]


def test_in_a_ledger_only_the_very_entry_of_a_broken_line_stays() -> None:
    books, entity_id = books_of()
    content = as_fec(a_ledger()).decode()
    lines = content.splitlines(keepends=True)
    bring_in(books, entity_id, FILES.read("fec.txt", content.encode()), TODAY)
    of_customers = [n for n, line in enumerate(lines) if "411" in line]
    broken, gone = of_customers[0], of_customers[4]
    lines[broken] = lines[broken].replace("2026", "20x6", 1).replace("2025", "20x5", 1)
    del lines[gone]

    source = FILES.read("fec.txt", "".join(lines).encode())
    preview = preview_import(books, source, entity_id, TODAY)

    assert (len(preview.unread), len(preview.movements.vanished)) == (1, 1)
    assert preview.unread[0] not in preview.movements.vanished


@settings(max_examples=25, deadline=None)
@given(count=st.integers(1, 8), data=st.data())
def test_spoiling_lines_of_a_list_never_settles_what_they_were(
    count: int, data: st.DataObject
) -> None:
    rows = [
        (f"C{n % 3}", f"Client {n % 3}", f"F{n}", "05/01/2026", "", f"{n + 1},00")
        for n in range(count)
    ]
    spoilt = data.draw(st.sets(st.sampled_from(range(len(rows)))))
    lost = data.draw(st.sets(st.sampled_from(range(len(rows)))))
    assume(spoilt | lost != set(range(len(rows))))
    books, entity_id = books_of()
    bring_in(books, entity_id, a_list(rows), TODAY)
    before = {i.id: i for i in books.ledger.open_items(entity_id)}
    column = data.draw(st.sampled_from((3, 5)))
    given_now = [
        (*row[:column], "illisible", *row[column + 1 :]) if n in spoilt else row
        for n, row in enumerate(rows)
        if n in spoilt or n not in lost
    ]

    bring_in(books, entity_id, a_list(given_now), TODAY)

    after: dict[ItemId, object] = {i.id: i for i in books.ledger.open_items(entity_id)}
    gone = {f"F{n}" for n in lost - spoilt}
    assert after == {
        i: item for i, item in before.items() if item.reference not in gone
    }
