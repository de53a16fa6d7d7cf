"""A folder of 1,000 invoices: read for the first time, then looked at again."""

from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from domain.usecases.invoice_files import read_invoice_folder
from storage.files.reading import AccountingFiles
from tests.builders import ENTITY_ID, NOW, TODAY, an_entity, books_of_one_firm
from tests.invoices import an_invoice

COUNT = 1_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("factures")
    for rank in range(COUNT):
        an_invoice(made, f"scan-{rank:05}.pdf", number=f"FA-{rank:05}")
    return made


@pytest.mark.parametrize("is_known", [False, True], ids=["first_look", "next_look"])
def test_looking_at_a_thousand_invoices(
    benchmark: BenchmarkFixture, folder: Path, is_known: bool
) -> None:
    books = books_of_one_firm()
    books.entities.save(an_entity(invoices_folder=str(folder)))

    def look() -> None:
        read_invoice_folder(books, AccountingFiles(), ENTITY_ID, TODAY, NOW)

    if is_known:
        look()
    benchmark.pedantic(look, rounds=1)  # type: ignore[no-untyped-call]
    assert len(books.invoice_files.marks(ENTITY_ID)) == COUNT
