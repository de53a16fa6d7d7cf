"""Pages of a PDF as pictures, for screens that cannot show a PDF."""

from io import BytesIO

import pypdfium2

from storage.documents.turns import one_at_a_time

_SCALE = 1.6
"""Pixels per point: A4 becomes 952 pixels wide, sharp in half a screen."""


def pictures(pdf: bytes) -> list[bytes]:
    """Draw each page as a PNG."""
    with one_at_a_time, pypdfium2.PdfDocument(pdf) as document:
        return [_png(page) for page in document]


def _png(page: pypdfium2.PdfPage) -> bytes:
    written = BytesIO()
    page.render(scale=_SCALE).to_pil().save(written, "PNG")
    return written.getvalue()
