"""A list of open items that holds none says that everything is settled."""

from datetime import date

import pytest

from domain.basics.identifiers import EntityId
from domain.basics.money import Money
from domain.ledger.open_item import ItemState
from domain.ports import Books
from domain.usecases.importing import (
    ImportPreview,
    NoCustomerLineError,
    confirm_import,
    preview_import,
    undo_last_import,
)
from domain.usecases.synchronising import DoubtKind, SyncSettings, judge
from storage.files.reading import AccountingFiles
from tests.journeys.stories import books_of, moment
from tests.storage.test_newton_workbook import CONTACT, DUE, a_reminder, a_workbook

TODAY = date(2026, 3, 31)


def previewed(books: Books, entity_id: EntityId, content: bytes) -> ImportPreview:
    source = AccountingFiles().read("societe.xlsx", content)
    return preview_import(books, source, entity_id, TODAY)


def firm() -> tuple[Books, EntityId]:
    books, entity_id = books_of()
    content = a_workbook([a_reminder()], [DUE], [CONTACT])
    confirm_import(books, previewed(books, entity_id, content), moment(TODAY))
    return books, entity_id


def test_a_workbook_without_due_line_settles_everything_and_raises_the_doubts() -> None:
    books, entity_id = firm()

    preview = previewed(books, entity_id, a_workbook())
    kinds = {doubt.kind: doubt.count for doubt in judge(preview, SyncSettings())}
    record = confirm_import(books, preview, moment(TODAY))

    assert kinds == {DoubtKind.VANISHED: 1, DoubtKind.JUMP: 100}
    assert (record.settled, record.balance_after) == (1, Money(0))
    assert {i.state for i in books.ledger.items(entity_id)} == {ItemState.SETTLED}

    undo_last_import(books, entity_id, TODAY, moment(TODAY))
    assert len(books.ledger.open_items(entity_id)) == 1


def test_imported_again_it_changes_nothing_and_raises_no_such_doubt() -> None:
    books, entity_id = firm()
    content = a_workbook()
    confirm_import(books, previewed(books, entity_id, content), moment(TODAY))

    preview = previewed(books, entity_id, content)

    assert preview.movements.is_empty
    kinds = [doubt.kind for doubt in judge(preview, SyncSettings())]
    assert kinds == [DoubtKind.ALREADY_IMPORTED]


def test_a_first_workbook_without_anything_is_refused() -> None:
    books, entity_id = books_of()

    with pytest.raises(NoCustomerLineError):
        previewed(books, entity_id, a_workbook())


def test_a_workbook_whose_only_due_line_is_unreadable_settles_nothing() -> None:
    books, entity_id = firm()
    unreadable = (*DUE[:3], "douze", *DUE[4:])

    with pytest.raises(NoCustomerLineError):
        previewed(books, entity_id, a_workbook(due=[unreadable]))
