from pathlib import Path

import pytest

from storage.files.invoices import InvoiceFolder
from tests.builders import an_item


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "CLI000228_20191213597.pdf",
        "Facture F2610-2599.PDF",
        "F2610-2600 copie.pdf",
        "F2610-2600.pdf",
        "notes.txt",
    ):
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path


def found(folder: Path, reference: str, attachment: str = "") -> str | None:
    item = an_item(reference=reference, attachment=attachment)
    invoice = InvoiceFolder(str(folder)).find(item)
    return invoice.name if invoice else None


def test_an_invoice_is_found_by_the_name_the_books_give(folder: Path) -> None:
    given = "cli000228_20191213597.PDF"
    assert found(folder, "191213597", given) == "CLI000228_20191213597.pdf"


def test_else_by_its_number_inside_the_name(folder: Path) -> None:
    assert found(folder, "F2610-2599") == "Facture F2610-2599.PDF"


def test_the_exact_name_wins_over_a_longer_one(folder: Path) -> None:
    assert found(folder, "F2610-2600") == "F2610-2600.pdf"


@pytest.mark.parametrize("reference", ["F2610-26", "12", "", "Avoir"])
def test_a_number_too_short_or_unknown_finds_nothing(
    folder: Path, reference: str
) -> None:
    assert found(folder, reference) is None


def test_a_folder_that_is_not_there_finds_nothing(tmp_path: Path) -> None:
    assert found(tmp_path / "absent", "F2610-2600") is None


def test_a_number_that_fits_two_files_finds_neither(folder: Path) -> None:
    (folder / "F2610-2599 bis.pdf").write_bytes(b"%PDF")
    assert found(folder, "F2610-2599") is None
