"""Letters looked at as they come out of the printer."""

from collections.abc import Iterator, Sequence

import pypdfium2

from domain.dunning.letter import LetterBatch, LetterContent
from storage.documents.maker import DocumentMaker

MM = 72 / 25.4
A4_HEIGHT = 297.0
Box = tuple[float, float, float, float]
# In millimetres from the sheet's top left: what a window envelope always shows of it,
# and the ground around that must stay blank.
WINDOW: Box = (110.0, 55.0, 190.0, 79.0)
KEPT_CLEAR: Box = (90.0, 34.0, 200.0, 90.0)


def batch(*letters: LetterContent) -> LetterBatch:
    """Make letters into PDF."""
    return DocumentMaker().letter_batch(letters)


def pages_of(pdf: bytes) -> list[str]:
    """Read the text of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            page.get_textpage().get_text_bounded().replace("\r\n", "\n")
            for page in document
        ]


def text_of(letter: LetterContent) -> str:
    """Read a letter as it is printed."""
    return "\n".join(pages_of(batch(letter).letters[0].pdf))


def page_count(letter: LetterContent) -> int:
    """Count the pages of a letter."""
    return batch(letter).letters[0].page_count


def _in_millimetres(box: Sequence[float]) -> Box:
    left, bottom, right, top = (edge / MM for edge in box)
    return left, A4_HEIGHT - top, right, A4_HEIGHT - bottom


def text_boxes(pdf: bytes) -> Iterator[Box]:
    """Find where each letter of the first page is."""
    with pypdfium2.PdfDocument(pdf) as document:
        yield from text_boxes_of(document[0])


def text_boxes_of(page: pypdfium2.PdfPage) -> Iterator[Box]:
    """Find where each letter of a page is."""
    text = page.get_textpage()
    for index in range(text.count_chars()):
        if text.get_text_range(index, 1).strip():
            yield _in_millimetres(text.get_charbox(index))


def drawn_boxes(pdf: bytes) -> Iterator[Box]:
    """Find where each picture and line of the first page is."""
    with pypdfium2.PdfDocument(pdf) as document:
        for drawn in document[0].get_objects():
            if drawn.type != pypdfium2.raw.FPDF_PAGEOBJ_TEXT:
                yield _in_millimetres(drawn.get_bounds())


def is_blank_around_the_window(pdf: bytes) -> bool:
    """Look for ink next to the address."""
    with pypdfium2.PdfDocument(pdf) as document:
        seen = document[0].render(scale=2 / MM).to_pil().convert("L")
    window = [round(edge * 2) for edge in WINDOW]
    seen.paste(255, (window[0] - 1, window[1] - 1, window[2] + 1, window[3] + 1))
    darkest, _ = seen.crop([round(edge * 2) for edge in KEPT_CLEAR]).getextrema()
    return bool(darkest == 255)


def touches(box: Box, area: Box) -> bool:
    """Tell whether a part of a box stands in an area."""
    return (
        box[0] < area[2] and box[2] > area[0] and box[1] < area[3] and box[3] > area[1]
    )


def is_inside(box: Box, area: Box) -> bool:
    """Tell whether a whole box stands in an area."""
    return (
        box[0] >= area[0]
        and box[1] >= area[1]
        and box[2] <= area[2]
        and box[3] <= area[3]
    )
