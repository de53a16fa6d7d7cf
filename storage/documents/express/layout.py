"""Which words of a letter stand where on the page that WeasyPrint laid out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from storage.documents.express.hand import Hand, look_of
from storage.documents.express.paragraph import PLACES, Node, Paragraph, Run
from storage.documents.express.reading import Reading

Box = Any
"""WeasyPrint ships no types."""
_BLANKS = re.compile("[ \t\r\n\f]+")
_BREAKS_AT_SPACES = {"normal": True, "pre-line": True, "nowrap": False}
# Boxes in whose width their words have no say, unless style makes it so.
_STEADY = {
    boxes.BlockBox,
    boxes.TableBox,
    boxes.TableRowGroupBox,
    boxes.TableRowBox,
    boxes.TableCellBox,
    boxes.PageBox,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of its letter."""

    paragraphs: dict[int, Paragraph]
    """Those that may receive other words, by each of their words."""
    fixed: set[int]
    """Words that show, and that no paragraph can change."""
    made: list[str]
    """Texts that style made: page numbers, what goes on from page to page."""
    hands: list[Hand]
    """Those who write on this page."""


def shown_on(
    document: Box, reading: Reading, marks: Mapping[Box, int], stream: Box
) -> Shown:
    """Find where the only page of a letter shows its words.

    Raises:
        ValueError: HTML reads its words otherwise than we do, or they flow around
            something.
    """
    look = _Look(_by_element(document, reading), marks, stream)
    for block, around in look.blocks(document.pages[0]._page_box, ()):  # noqa: SLF001 - pinned
        look.add(block, around)
    return Shown(look.paragraphs, look.fixed, look.made, list(look.hands.values()))


class _Look:
    """Goes through the boxes of a page."""

    def __init__(
        self,
        unseen: dict[Box, list[tuple[int, str]]],
        marks: Mapping[Box, int],
        stream: Box,
    ) -> None:
        self._unseen, self._marks, self._stream = unseen, marks, stream
        self.paragraphs: dict[int, Paragraph] = {}
        self.fixed: set[int] = set()
        self.made: list[str] = []
        self.hands: dict[tuple[str, ...], Hand] = {}

    def blocks(
        self, box: Box, around: tuple[Box, ...]
    ) -> Iterator[tuple[Box, tuple[Box, ...]]]:
        """Find the boxes that hold lines, with those that they stand in.

        Raises:
            ValueError: one floats.
        """
        box = box._box if isinstance(box, AbsolutePlaceholder) else box  # noqa: SLF001
        if box.is_floated():
            raise ValueError
        if any(isinstance(child, boxes.LineBox) for child in box.children):
            yield box, (*around, box)
        for child in box.children:
            yield from self.blocks(child, (*around, box))

    def add(self, block: Box, around: tuple[Box, ...]) -> None:
        """Make a paragraph of a block, or hold its words fixed."""
        found: dict[int, Box] = {}
        lines = []
        is_free = all(map(_is_steady, around)) and _is_plain_block(block)
        for line in block.children:
            if not isinstance(line, boxes.LineBox):
                is_free = False
                continue
            is_free = is_free and _is_plain_line(line)
            runs = []
            for text in _texts(line):
                node = self._claimed(text)
                if node is None or not _is_plain_text(text):
                    is_free = False
                if node is not None:
                    found.setdefault(node, text)
                    y = text.position_y + text.baseline
                    runs.append(
                        Run(self._marks.get(text, -1), node, text.position_x, y)
                    )
            lines.append(tuple(runs))
        if not is_free:
            self.fixed |= found.keys()
            return
        nodes = tuple(
            Node(index, self._hand(text), _BREAKS_AT_SPACES[text.style["white_space"]])
            for index, text in found.items()
        )
        paragraph = Paragraph(
            nodes,
            tuple(lines),
            block.content_box_x(),
            block.width,
            block.style["text_align_all"],
            block.style["white_space"] == "pre-line",
        )
        self.paragraphs |= dict.fromkeys(found, paragraph)

    def _claimed(self, text: Box) -> int | None:
        """Find which words a text box shows: the next ones of its element."""
        unseen = self._unseen.get(text.element, [])
        shown = _BLANKS.sub(" ", text.text).strip(" ")
        if "::" in text.element_tag or not shown:
            self.made.append(text.text)
            return None
        if unseen:
            node, rest = unseen[0]
            if rest.startswith(shown):
                rest = rest[len(shown) :].lstrip(" ")
                unseen[:1] = [(node, rest)] if rest else []
                return node
        # Written otherwise than the source: what is left of it may show anywhere.
        self.fixed |= {node for node, _rest in unseen}
        self.made.append(text.text)
        return None

    def _hand(self, text: Box) -> Hand:
        look = look_of(text.style)
        if look not in self.hands:
            self.hands[look] = Hand(text.style, self._stream)
        return self.hands[look]


def _by_element(document: Box, reading: Reading) -> dict[Box, list[tuple[int, str]]]:
    """List the words of each element.

    Raises:
        ValueError: HTML reads them otherwise than we do.
    """
    found: dict[Box, list[tuple[int, str]]] = {}
    told = list(_told(document._html.etree_element))  # noqa: SLF001 - pinned
    if [text for _element, text in told] != [
        reading.word(index) for index in range(len(reading.words))
    ]:
        raise ValueError
    for index, (element, text) in enumerate(told):
        words = _BLANKS.sub(" ", text).strip(" ")
        found.setdefault(element, []).append((index, words))
    return found


def _told(element: Box) -> Iterator[tuple[Box, str]]:
    if element.text and not element.text.isspace():
        yield element, element.text
    for child in element:
        yield from _told(child)
        if child.tail and not child.tail.isspace():
            yield element, child.tail


def _texts(box: Box) -> Iterator[Box]:
    """List the texts of a line, in order."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _texts(child)


def _is_steady(box: Box) -> bool:
    """Tell whether the width of a box is the same whatever it holds."""
    style = box.style
    if type(box) not in _STEADY or style["column_count"] != "auto":
        return False
    width = style["width"]
    is_given = not isinstance(width, str)
    if isinstance(box, boxes.TableBox):
        return bool(is_given and style["table_layout"] == "fixed")
    if box.is_absolutely_positioned():
        return is_given or "auto" not in (style["left"], style["right"])
    return is_given or width == "auto"


def _is_plain_block(block: Box) -> bool:
    style = block.style
    return (
        style["text_align_all"] in PLACES
        and style["text_align_last"] in ("auto", style["text_align_all"])
        and style["direction"] == "ltr"
        and block.first_letter_style is None
        and block.first_line_style is None
    )


def _is_plain_line(line: Box) -> bool:
    """Tell whether a line holds texts alone, and no part of it is hidden."""
    return (
        line.text_overflow == "clip"
        and line.block_ellipsis == "none"
        and all(map(_is_plain_inline, line.children))
    )


def _is_plain_inline(box: Box) -> bool:
    """Tell whether nothing is drawn around words, nor moves with them."""
    if isinstance(box, boxes.TextBox):
        return True
    if isinstance(box, AbsolutePlaceholder):
        return "auto" not in (box.style["left"], box.style["width"])
    style = box.style
    return (
        type(box) is boxes.InlineBox
        and box.background is None
        and style["position"] == "static"
        and not any(style[f"border_{side}_width"] for side in ("left", "right", "top"))
        and not style["border_bottom_width"]
        and all(map(_is_plain_inline, box.children))
    )


def _is_plain_text(text: Box) -> bool:
    style = text.style
    return (
        style["white_space"] in _BREAKS_AT_SPACES
        and style["text_decoration_line"] == "none"
        and not style["word_spacing"]
        and style["hyphens"] != "auto"
        and style["visibility"] == "visible"
        and style["text_transform"] == "none"
    )
