"""Letters made before, bound into one PDF: each on a fresh sheet, with bookmarks.

PDFium binds pages and writes no bookmarks. They are added as PDF allows: a new
catalogue and its outline after the end of the file (ISO 32000-1, 7.5.6). What is read
back is always PDFium's own writing: plain objects, one flat list of pages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pypdfium2

from domain.dunning.letter import BoundLetter

_A4_POINTS = (595.28, 841.89)
_CATALOGUE = re.compile(rb"(\d+) 0 obj\s*<</Pages (\d+) 0 R\s*/Type/Catalog")
_TRAILER = re.compile(rb"trailer\s*<<(.*)>>\s*startxref\s*(\d+)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    title: str
    page: int


def bound(letters: Sequence[BoundLetter]) -> bytes:
    """Bind letters in order, each starting on the front of a sheet."""
    marks = []
    with pypdfium2.PdfDocument.new() as whole:
        for letter in letters:
            if len(whole) % 2:
                whole.new_page(*_A4_POINTS)
            marks.append(_Mark(title=letter.title, page=len(whole)))
            with pypdfium2.PdfDocument(letter.pdf) as own:
                whole.import_pages(own)
        written = BytesIO()
        whole.save(written)
    written.write(_outline(written.getvalue(), marks))
    return written.getvalue()


def page_counts(pdfs: Sequence[bytes]) -> list[int]:
    """Count the pages of each PDF."""
    counts = []
    for pdf in pdfs:
        with pypdfium2.PdfDocument(pdf) as document:
            counts.append(len(document))
    return counts


def _outline(pdf: bytes, marks: Sequence[_Mark]) -> bytes:
    """Write bookmarks, and ask the print dialog for both sides at the real size."""
    catalogue = _found(_CATALOGUE.search(pdf))
    trailer = _found(_TRAILER.search(pdf, pdf.rfind(b"trailer")))
    root, pages = int(catalogue[1]), int(catalogue[2])
    kids_of = re.compile(rb"\s%d 0 obj\s*<</Count \d+/Kids\[([^]]*)\]" % pages)
    page_ids = [
        int(n) for n in re.findall(rb"(\d+) 0 R", _found(kids_of.search(pdf))[1])
    ]
    size = int(_found(re.search(rb"/Size (\d+)", trailer[1]))[1])
    objects = {
        root: (
            f"<</Type/Catalog/Pages {pages} 0 R/Lang(fr)/PageMode/UseOutlines"
            f"/Outlines {size} 0 R/ViewerPreferences<</Duplex/DuplexFlipLongEdge"
            "/PrintScaling/None>>>>"
        ).encode(),
        size: (
            f"<</Type/Outlines/First {size + 1} 0 R/Last {size + len(marks)} 0 R"
            f"/Count {len(marks)}>>"
        ).encode(),
    }
    for rank, mark in enumerate(marks, 1):
        own = size + rank
        before = f"/Prev {own - 1} 0 R" if rank > 1 else ""
        after = f"/Next {own + 1} 0 R" if rank < len(marks) else ""
        title = ("\ufeff" + mark.title).encode("utf-16-be").hex()
        objects[own] = (
            f"<</Title<{title}>/Parent {size} 0 R{before}{after}"
            f"/Dest[{page_ids[mark.page]} 0 R/Fit]>>"
        ).encode()
    return _appendix(len(pdf), objects, root, trailer)


def _appendix(
    start: int, objects: dict[int, bytes], root: int, trailer: re.Match[bytes]
) -> bytes:
    """Write objects that go after the end of a file, with the table to find them."""
    result, table = bytearray(), bytearray(b"xref\n")
    for number, content in sorted(objects.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, start + len(result))
        result += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    place = start + len(result)
    kept = re.sub(rb"/(Size \d+|Root \d+ 0 R)", b"", trailer[1]).strip()
    result += table + b"trailer\n<</Size %d/Root %d 0 R/Prev %d\n%s>>\n" % (
        max(objects) + 1,
        root,
        int(trailer[2]),
        kept,
    )
    return bytes(result + b"startxref\n%d\n%%%%EOF\n" % place)


def _found(match: re.Match[bytes] | None) -> re.Match[bytes]:
    if match is None:
        message = "PDFium writes its files in another way"
        raise ValueError(message)
    return match
