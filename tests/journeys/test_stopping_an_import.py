"""An import says how far it is, and stopping it leaves the books untouched."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from domain.basics.progress import Phase, StoppedError
from domain.ledger.import_report import SourceFile
from domain.ports import Books
from domain.usecases.configuring import create_entity
from domain.usecases.importing import (
    ImportPreview,
    confirm_import,
    looked_at_again,
    preview_import,
)
from storage.database.books import open_books
from tests.builders import ENTITY_ID, NOW, TODAY, an_entity
from tests.journeys.command import a_fec, a_fec_line
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in

KNOWN = a_line("F0", 50_00, TODAY, lettering="A")
NEWER = a_file(
    replace(KNOWN, lettering=""),
    a_line("F1", 120_00, TODAY, code="C1"),
    a_line("F2", 80_00, TODAY, code="C2", lettering="AA"),
    a_line("B2", -80_00, TODAY, code="C2", journal="BQ", lettering="AA"),
)


class Watcher:
    """Notes what is told, and stops the work at one of the times it is told."""

    def __init__(self, stop_at: int = -1) -> None:
        self.told: list[tuple[Phase, int, int]] = []
        self._stop_at = stop_at

    def tell(self, phase: Phase, done: int, total: int) -> None:
        if len(self.told) == self._stop_at:
            raise StoppedError
        self.told.append((phase, done, total))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "relance.db"


@pytest.fixture
def books(file: Path) -> Iterator[Books]:
    books = open_books(file)
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())
    bring_in(books, ENTITY_ID, a_file(KNOWN), TODAY)
    yield books
    books.close()


def everything(file: Path) -> list[str]:
    with sqlite3.connect(file) as connection:
        return list(connection.iterdump())


def a_preview(books: Books, source: SourceFile = NEWER) -> ImportPreview:
    return preview_import(books, source, ENTITY_ID, TODAY)


@pytest.mark.parametrize("moment", range(3))
def test_a_stopped_import_leaves_the_books_as_they_were(
    books: Books, file: Path, moment: int
) -> None:
    before, preview = everything(file), a_preview(books)

    with pytest.raises(StoppedError):
        confirm_import(books, preview, NOW, tell=Watcher(moment).tell)

    assert everything(file) == before
    assert books.check() == []
    assert confirm_import(books, preview, NOW).new == 3


@pytest.mark.parametrize("moment", range(3))
def test_the_comparison_can_be_stopped_too(
    books: Books, file: Path, moment: int
) -> None:
    before, watcher = everything(file), Watcher(moment)

    with pytest.raises(StoppedError):
        preview_import(books, NEWER, ENTITY_ID, TODAY, tell=watcher.tell)

    assert everything(file) == before


def test_the_reading_tells_its_lines_and_can_be_stopped(tmp_path: Path) -> None:
    lines = [a_fec_line(f"F{n}", "1,00") for n in range(4_500)]
    fec = a_fec(tmp_path, *lines)
    watcher = Watcher()

    source = OUTSIDE.files.read(fec.name, fec.read_bytes(), watcher.tell)

    assert source.lines_read == 4_500
    done = [done for phase, done, total in watcher.told if total == 4_501]
    assert done == [0, 0, 0, 0, 2_000, 4_000]
    with pytest.raises(StoppedError):
        OUTSIDE.files.read(fec.name, fec.read_bytes(), Watcher(5).tell)


def test_a_preview_is_made_again_only_if_the_books_moved(books: Books) -> None:
    preview = a_preview(books)

    assert looked_at_again(books, preview) is preview
    bring_in(books, ENTITY_ID, a_file(KNOWN, NEWER.lines[1]), TODAY)
    again = looked_at_again(books, preview)

    assert len(again.movements.new) == len(preview.movements.new) - 1


def test_new_terms_between_the_preview_and_its_acceptance_count(books: Books) -> None:
    preview = a_preview(books)
    entity = books.entities.get(ENTITY_ID)
    books.entities.save(replace(entity, default_terms="comptant"))

    confirm_import(books, preview, NOW)

    (item,) = [i for i in books.ledger.items(ENTITY_ID) if i.reference == "F1"]
    assert item.due_on == item.invoice_on
