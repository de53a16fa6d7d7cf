"""Any firm written to its workbook and read again is the same firm."""

from collections import Counter

from hypothesis import given, settings

from domain.basics.identifiers import EntityId
from domain.ledger.entry import SourceLine
from domain.ledger.import_report import (
    PastReminder,
    SourceFile,
)
from domain.ledger.workbook import WorkbookContent, WorkbookTab
from domain.ports import Books
from domain.usecases.importing import confirm_import, preview_import
from domain.usecases.reporting import workbook_content
from storage.database.books import open_books
from storage.files.reading import AccountingFiles
from storage.files.workbook_refresh import refresh_workbook
from tests.any_firm import any_firm
from tests.builders import ENTITY_ID, NOW, TODAY, a_profile, an_entity


def books_from(source: SourceFile) -> Books:
    books = open_books()
    books.entities.save(an_entity())
    books.scenarios.save_profile(a_profile())
    preview = preview_import(books, source, ENTITY_ID, TODAY)
    confirm_import(books, preview, NOW, accept_swaps=False)
    return books


def ledger(books: Books, entity_id: EntityId = ENTITY_ID) -> object:
    """What a firm is owed, by whom, since when; ids included."""
    return sorted(books.ledger.open_items(entity_id), key=lambda item: item.id)


def nameless(content: WorkbookContent) -> list[Counter[tuple[object, ...]]]:
    return [Counter(content.rows(tab)) for tab in WorkbookTab]


@settings(max_examples=25, deadline=None)
@given(any_firm())
def test_any_firm_written_to_its_workbook_and_read_again_is_the_same(
    firm: SourceFile,
) -> None:
    files = AccountingFiles()
    books = books_from(firm)
    content = workbook_content(books, ENTITY_ID)

    source = files.read("classeur.xlsx", files.write_workbook(content))
    again = books_from(source)

    assert [fault for fault in source.faults if fault.blocking] == []
    assert ledger(again) == ledger(books)
    assert nameless(workbook_content(again, ENTITY_ID)) == nameless(content)


@settings(max_examples=12, deadline=None)
@given(any_firm(), any_firm())
def test_any_firm_refreshed_over_another_is_read_as_itself_with_both_histories(
    before: SourceFile, after: SourceFile
) -> None:
    files = AccountingFiles()
    old, new = (workbook_content(books_from(s), ENTITY_ID) for s in (before, after))

    refreshed = refresh_workbook(
        "a.xlsx", files.write_workbook(old), new, list(WorkbookTab)
    )
    source = files.read("a.xlsx", refreshed)

    alone = files.read("a.xlsx", files.write_workbook(new))
    assert [bare(line) for line in source.lines] == [bare(x) for x in alone.lines]
    assert source.contacts == alone.contacts
    history = Counter(map(reminded, source.past_reminders))
    olds = Counter(
        map(reminded, files.read("a", files.write_workbook(old)).past_reminders)
    )
    assert history == olds | Counter(map(reminded, alone.past_reminders))
    once_more = refresh_workbook("a.xlsx", refreshed, new, list(WorkbookTab))
    assert Counter(map(reminded, files.read("a", once_more).past_reminders)) == history


def bare(line: SourceLine) -> tuple[object, ...]:
    """A line but for the name, which the history may give."""
    return (line.line, line.account, line.piece, line.debit, line.credit, line.due_on)


def reminded(past: PastReminder) -> tuple[object, ...]:
    code, piece = past.customer_code, past.piece
    return (past.reminded_on, code, piece, past.level, past.debit, past.credit)
