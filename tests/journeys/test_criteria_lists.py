"""The lists of « Agir par critère » hold what is ticked in its grid, and no more."""

from collections import defaultdict
from datetime import timedelta

import pypdfium2
import pytest

from domain.basics.money import Money
from domain.basics.tables import TableColumn
from domain.dunning.criteria import RunRules
from domain.dunning.printed_list import PrintedList
from domain.usecases.by_criteria import (
    Criteria,
    CriteriaLine,
    find_instalments,
    lines_of_run,
)
from domain.usecases.call_session import choose_calls, show_session
from domain.usecases.printed_lists import ListHead, list_head
from storage.database.books import SqliteBooks
from tests.builders import TODAY
from tests.journeys.stories import OUTSIDE, a_file, a_line, books_of, bring_in
from ui import formatting
from ui.components.criteria_lists import ListKind, listed_table, printed_list

CHECK = OUTSIDE.mail.check_address
UNTICKED = {"F3", "F8"}
DETAILED = pytest.mark.parametrize("kind", [ListKind.PHONE, ListKind.DETAILED])


@pytest.fixture
def books() -> SqliteBooks:
    """Three customers, two of them of one name, their due dates interleaved."""
    books, entity_id = books_of()
    sold = [
        ("F1", 1_234_56, "C1", "Élan Vert", 40),
        ("F2", 50_00, "C2", "Élan Vert", 30),
        ("F3", 60_10, "C1", "Élan Vert", 20),
        ("F4", 7_00, "C2", "Élan Vert", 10),
        ("F5", 99_99, "C1", "Élan Vert", 5),
        ("F6", 80_00, "C3", "Ferme Haute", 25),
        ("F7", 20_05, "C3", "Ferme Haute", 15),
        ("F8", 33_00, "C4", "Gîte Doré", 35),
    ]
    lines = [
        a_line(piece, cents, day, due_on=day, code=code, name=name)
        for piece, cents, code, name, days in sold
        for day in [TODAY - timedelta(days=days)]
    ]
    starts_on = TODAY - timedelta(days=60)
    bring_in(books, entity_id, a_file(*lines, starts_on=starts_on), TODAY)
    return books


def ticked_of(books: SqliteBooks) -> list[CriteriaLine]:
    """Tick all that the grid shows but one instalment, and one customer's only one."""
    [entity] = books.entities.all()
    found = find_instalments(books, entity.id, Criteria(), CHECK, TODAY)
    shown = lines_of_run(found, RunRules())
    assert len(shown) == 8
    return [line for line in shown if line.item.reference not in UNTICKED]


def head_of(books: SqliteBooks) -> ListHead:
    [entity] = books.entities.all()
    return list_head(books, entity.id, TODAY)


def by_code(lines: list[CriteriaLine]) -> dict[str, list[CriteriaLine]]:
    grouped: dict[str, list[CriteriaLine]] = defaultdict(list)
    for line in lines:
        grouped[line.customer.code].append(line)
    return grouped


def owed(lines: list[CriteriaLine]) -> str:
    return formatting.money(Money.total(line.item.left for line in lines))


def printed_words(content: PrintedList) -> str:
    with pypdfium2.PdfDocument(OUTSIDE.documents.list_pdf(content)) as document:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(text.split())


def spaced(text: str) -> str:
    return " ".join(text.split())


@DETAILED
def test_a_detailed_list_and_the_phone_list_hold_the_ticked_items_and_totals(
    books: SqliteBooks, kind: ListKind
) -> None:
    ticked = ticked_of(books)

    content = printed_list(kind, ticked, head_of(books))

    assert [
        (one.code, [texts[0] for texts in one.lines], one.total)
        for one in content.customers
    ] == [
        (code, [line.item.reference for line in lines], owed(lines))
        for code, lines in by_code(ticked).items()
    ]
    assert [t[-1] for one in content.customers for t in one.lines] == [
        formatting.money(line.item.left) for line in ticked
    ]
    assert content.totals == (owed(ticked),)


def test_the_simple_list_counts_and_adds_up_the_ticked_items(
    books: SqliteBooks,
) -> None:
    ticked = ticked_of(books)

    content = printed_list(ListKind.SIMPLE, ticked, head_of(books))

    assert [(one.code, one.count, one.total) for one in content.customers] == [
        (code, str(len(lines)), owed(lines)) for code, lines in by_code(ticked).items()
    ]
    assert [one.lines for one in content.customers] == [(), (), ()]
    assert content.totals == (owed(ticked),)


def test_the_printed_lists_read_back_as_the_grid(books: SqliteBooks) -> None:
    ticked = ticked_of(books)
    for kind in ListKind:
        words = printed_words(printed_list(kind, ticked, head_of(books)))

        assert "Gîte Doré" not in words
        for code, lines in by_code(ticked).items():
            assert words.count(f" {code} ") == 1
            assert spaced(owed(lines)) in words
        assert words.rstrip().count(spaced(owed(ticked))) == 1
        if kind is not ListKind.SIMPLE:
            for line in ticked:
                assert words.count(f" {line.item.reference} ") == 1
                assert spaced(formatting.money(line.item.left)) in words
            assert UNTICKED.isdisjoint(words.split())


def test_the_lists_for_excel_add_up_to_what_is_ticked(books: SqliteBooks) -> None:
    ticked = ticked_of(books)
    for kind in ListKind:
        table = listed_table(kind, ticked, head_of(books))
        last: TableColumn = table.columns[-1]

        amounts = [row[-1] for row in table.rows if isinstance(row[-1], Money)]
        assert len(amounts) == (3 if kind is ListKind.SIMPLE else len(ticked))
        assert Money.total(amounts) == Money.total(line.item.left for line in ticked)
        assert table.totals[last.name] == (Money.total(amounts),)


def test_calling_who_is_ticked_asks_each_for_its_ticked_items(
    books: SqliteBooks,
) -> None:
    [entity] = books.entities.all()
    ticked = ticked_of(books)
    chosen = {
        lines[0].customer.id: [line.item.id for line in lines]
        for lines in by_code(ticked).values()
    }

    choose_calls(books, entity.id, chosen, TODAY)

    session = show_session(books, entity.id, CHECK, TODAY, "10:00")
    assert {entry.customer.id: entry.cents for entry in session.to_call} == {
        lines[0].customer.id: Money.total(line.item.left for line in lines).cents
        for lines in by_code(ticked).values()
    }
