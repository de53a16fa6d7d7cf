"""PDFs of any origin: read, skipped with a reason, and never a crash."""

import os
from io import BytesIO
from pathlib import Path

import pytest
import weasyprint

from domain.ledger.invoice_file import InvoiceProblem
from storage.files.invoice_pdf import LARGEST_FILE, read_pdf
from storage.files.pdf_reader import PdfReader
from tests.invoices import a_locked_pdf, a_pdf, a_swelling_pdf, factur_x


def read(folder: Path, content: bytes) -> InvoiceProblem | str | None:
    """Read a PDF: its number, or what is wrong with it."""
    path = folder / "facture.pdf"
    path.write_bytes(content)
    data = read_pdf(path)
    return data.problem or data.number


@pytest.mark.parametrize(
    "name",
    ["factur-x.xml", "ZUGFeRD-invoice.xml", "zugferd-invoice.xml", "xrechnung.xml"],
)
def test_the_data_are_found_under_each_of_their_names(
    tmp_path: Path, name: str
) -> None:
    assert read(tmp_path, a_pdf(factur_x(), name)) == "FA-001"


def test_a_pdf_of_a_real_invoicing_program_is_read(tmp_path: Path) -> None:
    written = BytesIO()
    data = weasyprint.Attachment(string=factur_x().decode(), name="factur-x.xml")
    weasyprint.HTML(string="<h1>Facture FA-001</h1>").write_pdf(
        written, attachments=[data], pdf_variant="pdf/a-3b"
    )

    assert read(tmp_path, written.getvalue()) == "FA-001"


def test_other_files_inside_are_left_alone(tmp_path: Path) -> None:
    assert read(tmp_path, a_pdf(factur_x(), "conditions.xml")) == ""
    assert read(tmp_path, a_pdf()) == ""


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", InvoiceProblem.DAMAGED),
        (b"%PDF-1.7 facture", InvoiceProblem.DAMAGED),
        (a_pdf(factur_x())[:300], InvoiceProblem.DAMAGED),
        (a_locked_pdf(), InvoiceProblem.ENCRYPTED),
        (a_pdf(b"<a/>"), InvoiceProblem.DATA_DAMAGED),
        (a_pdf(b"x" * 6_000_000), InvoiceProblem.DATA_TOO_LARGE),
    ],
    ids=["empty", "a_name_only", "truncated", "locked", "no_invoice", "huge_data"],
)
def test_what_cannot_be_read_says_why(
    tmp_path: Path, content: bytes, problem: InvoiceProblem
) -> None:
    assert read(tmp_path, content) is problem


def test_a_file_gone_meanwhile_is_told(tmp_path: Path) -> None:
    assert read_pdf(tmp_path / "absent.pdf").problem is InvoiceProblem.OUT_OF_REACH


def test_a_huge_file_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.pdf"
    with path.open("wb") as file:
        os.truncate(file.fileno(), LARGEST_FILE + 1)

    assert read_pdf(path).problem is InvoiceProblem.TOO_LARGE


def test_what_swells_is_given_up_and_the_next_one_is_read(tmp_path: Path) -> None:
    bomb, sound = tmp_path / "bombe.pdf", tmp_path / "facture.pdf"
    bomb.write_bytes(a_swelling_pdf(megabytes=300))
    sound.write_bytes(a_pdf(factur_x()))

    with PdfReader(patience=0.5) as reader:
        found = [reader.read(bomb)]
    with PdfReader() as reader:
        found.append(reader.read(sound))

    assert [data.problem for data in found] == [InvoiceProblem.TOO_LONG, None]
    assert found[1].number == "FA-001"
