"""A letter as a form: laid out and painted once, then filled with other words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.sax.saxutils import escape

from weasyprint import DEFAULT_OPTIONS
from weasyprint.pdf import generate_pdf

from storage.documents.express.hand import without_zeros
from storage.documents.express.layout import Shown, shown_on
from storage.documents.express.mould import Mould, plain_stream, stream
from storage.documents.express.paragraph import Paragraph
from storage.documents.express.reading import WORD, Reading

Pdf = Any
"""WeasyPrint and pydyf ship no types."""
_TITLE, _BOOKMARK = "relance-title", "relance-bookmark"
"""What stands in a form for words that no page shows."""
_OPTIONS = {"pdf_tags": True, "pdf_variant": "pdf/ua-1", "pdf_version": "1.7"}


class Form:
    """One page, with room for other words and another code to pay."""

    def __init__(self, document: Pdf, reading: Reading, code: str) -> None:
        """Make a form of a letter just laid out; ``code`` is its picture's address.

        Raises:
            ValueError: no form can be made of it.
        """
        (page,) = document.pages
        if page.links or page.anchors:
            raise ValueError
        self._reading = reading
        self._title = _title_of(reading)
        self._bookmark = _bookmark_of(page, reading)
        pdf, painted, self._shown = _painted(document, page, reading)
        self._parts, self._rooms = _cut(painted.stream)
        self._page = painted.number
        self._code = _picture(page, pdf, code) if code else None
        self._named = {one.number: one for one in pdf.objects[1:] if _names(one)}
        codes = () if self._code is None else (self._code,)
        self._mould = Mould(pdf, {self._page, *codes, *self._named})
        self._is_understood: dict[int, bool] = {}

    def filled(self, reading: Reading, code: bytes) -> bytes | None:
        """Write the PDF of another letter; None where something might move.

        ``code`` is the picture of its code to pay, as the PDF holds it.
        """
        parts = self._drawn(reading)
        if parts is None or not self._has_same_data(reading):
            return None
        changed = {
            number: self._renamed(one, reading) for number, one in self._named.items()
        }
        changed[self._page] = stream("", b"\n".join(parts))
        if self._code is not None:
            changed[self._code] = code
        return self._mould.cast(changed)

    def _drawn(self, reading: Reading) -> list[bytes] | None:
        """Draw the page anew where words are others."""
        parts = self._parts.copy()
        done: set[int] = set()
        for index, words in enumerate(reading.words):
            if words == self._reading.words[index] or index in done:
                continue
            if index in self._shown.fixed:
                return None
            paragraph = self._shown.paragraphs.get(index)
            if paragraph is None:
                continue
            drawn = paragraph.placed(reading.word) if self._knows(paragraph) else None
            if drawn is None:
                return None
            done.update(node.index for node in paragraph.nodes)
            for mark, content in drawn.items():
                parts[self._rooms[mark]] = content
        return parts

    def _knows(self, paragraph: Paragraph) -> bool:
        """Tell whether the first letter's words would come where they stand."""
        first = paragraph.nodes[0].index
        if first not in self._is_understood:
            marks = {run.mark for line in paragraph.lines for run in line}
            self._is_understood[first] = (
                marks <= self._rooms.keys()
                and paragraph.is_understood(self._reading.word)
            )
        return self._is_understood[first]

    def _has_same_data(self, reading: Reading) -> bool:
        """Tell whether no changed attribute is printed, save the bookmark."""
        return not any(
            first != other and index != self._bookmark and self._prints(index)
            for index, (first, other) in enumerate(
                zip(self._reading.data, reading.data, strict=True)
            )
        )

    def _prints(self, index: int) -> bool:
        value = self._reading.datum(index)
        return any(value in made for made in self._shown.made)

    def _renamed(self, one: Pdf, reading: Reading) -> bytes:
        """Put the letter's own title and bookmark in an object."""
        title = "" if self._title is None else reading.word(self._title).strip()
        bookmark = "" if self._bookmark is None else reading.datum(self._bookmark)
        if not one.compressible:
            content = one.stream[0].replace(_TITLE.encode(), escape(title).encode())
            return plain_stream("/Type/Metadata/Subtype/XML", content)
        data: bytes = one.data
        for token, name in ((_TITLE, title), (_BOOKMARK, bookmark)):
            written = ("\ufeff" + name).encode("utf-16-be").hex()
            data = data.replace(f"({token})".encode(), f"<{written}>".encode())
        return data


def _title_of(reading: Reading) -> int | None:
    """Find which words are the title."""
    before, found, _after = reading.frame.partition("<title>")
    return before.count(WORD) if found else None


def _bookmark_of(page: Pdf, reading: Reading) -> int | None:
    """Find which attribute is the bookmark.

    Raises:
        ValueError: there are several, or words of the page are its text.
    """
    if not page.bookmarks:
        return None
    ((_level, label, _point, _state),) = page.bookmarks
    return [reading.datum(index) for index in range(len(reading.data))].index(label)


def _painted(document: Pdf, page: Pdf, reading: Reading) -> tuple[Pdf, Pdf, Shown]:
    """Paint the page into a PDF whose fonts hold usual letters too."""
    seen: list[tuple[Pdf, Shown]] = []

    def paint(painted: Pdf, scale: float) -> None:
        """Look at the page once it is painted, before its fonts are written."""
        type(page).paint(page, painted, scale)
        marks = {box: tag["mcid"] for box, tag in painted._tags.items()}  # noqa: SLF001
        shown = shown_on(document, reading, marks, painted)
        for hand in shown.hands:
            hand.learn_alphabet()
        seen.append((painted, shown))

    with _named_otherwise(document, page):
        page.paint = paint
        pdf = generate_pdf(document, None, 1, **(DEFAULT_OPTIONS | _OPTIONS))
        pdf.add_object(pdf.info)
    ((painted, shown),) = seen
    for hand in shown.hands:
        hand.end_of_lessons()
    return pdf, painted, shown


@contextmanager
def _named_otherwise(document: Pdf, page: Pdf) -> Iterator[None]:
    """Put our own words for title and bookmark, and then what was there."""
    title, bookmarks = document.metadata.title, page.bookmarks
    document.metadata.title = title and _TITLE
    page.bookmarks = [(one[0], _BOOKMARK, *one[2:]) for one in bookmarks]
    try:
        yield
    finally:
        document.metadata.title, page.bookmarks = title, bookmarks
        if "paint" in vars(page):
            del page.paint


def _cut(painted: list[Any]) -> tuple[list[bytes], dict[int, int]]:
    """Cut what was painted before and after each text: parts, where each mark's is."""
    parts: list[bytes] = []
    rooms: dict[int, int] = {}
    several = {-1}
    rooms[-1] = 0
    mark, part = -1, list[bytes]()
    for one in painted:
        written = _as_bytes(one)
        if written == b"ET":
            if mark in rooms:
                several.add(mark)
            rooms[mark] = len(parts)
            parts.append(without_zeros(b"\n".join(part)))
            part = []
        elif written == b"EMC":
            mark = -1
        elif isinstance(one, dict) and "MCID" in one:
            mark = one["MCID"]
        part.append(written)
        if written == b"BT":
            parts.append(b"\n".join(part))
            part = []
    parts.append(b"\n".join(part))
    for mark in several:
        del rooms[mark]
    return parts, rooms


def _picture(page: Pdf, pdf: Pdf, code: str) -> int:
    """Find the picture of the code to pay among the objects of the PDF.

    Raises:
        ValueError: it is not there once, in a size of its own.
    """
    (box,) = (
        box
        for box in page._page_box.descendants(placeholders=True)  # noqa: SLF001
        if box.element is not None and box.element.get("src") == code
    )
    if isinstance(box.style["width"], str) or isinstance(box.style["height"], str):
        raise ValueError  # noqa: TRY004 - a size that its pixels rule
    (reference,) = {
        reference
        for one in pdf.objects
        if isinstance(one, dict)
        for name, reference in one.get("XObject", {}).items()
        if name.startswith(f"i{box.replacement.id}")
    }
    return int(reference.split()[0])


def _names(one: Pdf) -> bool:
    """Tell whether an object holds the title or the bookmark."""
    if not one.compressible:
        return bool(one.extra.get("Type") == "/Metadata")
    return any(token.encode() in one.data for token in (_TITLE, _BOOKMARK))


def _as_bytes(one: Pdf) -> bytes:
    """Write what a page's drawing is made of: bytes, names, or marks of a text."""
    if isinstance(one, str):
        return one.encode()
    written: bytes = one if isinstance(one, bytes) else one.data
    return written
