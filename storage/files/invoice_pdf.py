"""What is inside the PDF of an invoice."""

from pathlib import Path

import pypdfium2
import pypdfium2.raw

from domain.ledger.invoice_file import InvoiceData, InvoiceProblem
from storage.files.factur_x import LARGEST, NAMES, read_data

LARGEST_FILE = 50_000_000
"""Bytes; a PDF beyond is a catalogue, or worse."""
_MOST_ATTACHMENTS = 100


def read_pdf(path: Path) -> InvoiceData:
    """Read the data embedded in a PDF; what is wrong is told, not raised.

    NOTE: only in the process of storage.files.pdf_reader, for files of any origin.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            return InvoiceData(problem=InvoiceProblem.TOO_LARGE)
        content = path.read_bytes()
    except OSError:
        return InvoiceData(problem=InvoiceProblem.OUT_OF_REACH)
    try:
        with pypdfium2.PdfDocument(content) as document:
            xml = _embedded(document)
    except pypdfium2.PdfiumError as problem:
        return InvoiceData(problem=_problem(problem))
    except MemoryError:
        return InvoiceData(problem=InvoiceProblem.TOO_LONG)
    return InvoiceData() if xml is None else read_data(xml)


def _embedded(document: pypdfium2.PdfDocument) -> bytes | None:
    """Find the invoice among the files inside, no more than what is read of it."""
    for rank in range(min(document.count_attachments(), _MOST_ATTACHMENTS)):
        attachment = document.get_attachment(rank)
        if attachment.get_name().casefold() in NAMES:
            return bytes(memoryview(attachment.get_data())[: LARGEST + 1])
    return None


def _problem(problem: pypdfium2.PdfiumError) -> InvoiceProblem:
    is_locked = problem.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
    return InvoiceProblem.ENCRYPTED if is_locked else InvoiceProblem.DAMAGED
