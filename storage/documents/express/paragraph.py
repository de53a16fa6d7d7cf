"""A paragraph that other words may be put in, line for line."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from storage.documents.express.hand import Hand, Shaped

_EXACT = 0.01
_DOUBT = 0.2
"""CSS pixels: where a line is full to so little, WeasyPrint is asked."""
PLACES = {"start": 0, "left": 0, "center": 0.5, "end": 1, "right": 1}
_SPACES = re.compile("[ \t\r\n\f]+")
_AROUND_BREAK = re.compile("[ \t\r\f]*\n[ \t\r\f]*")
# Within a word of these alone, no line can end (UAX 14).
_SOLID = re.compile(r"[\w\u00a0\u202f.,;:%€()«»’'\"°&+*@#=]*")
# They hide, join or turn what stands around them.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
Word = Callable[[int], str]
"""Gives words of a letter by their rank."""
Line = list[tuple[int, Shaped]]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look, on one line."""

    mark: int
    """Which of the texts that the page draws."""
    node: int
    """Which words of the letter it shows."""
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Node:
    """Words of the letter that a paragraph shows."""

    index: int
    hand: Hand
    may_break: bool
    """Whether lines may end at its spaces."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of text in a width that they do not rule."""

    nodes: tuple[Node, ...]
    lines: tuple[tuple[Run, ...], ...]
    left: float
    width: float
    align: str
    keeps_breaks: bool
    """Whether its source parts some of its lines."""

    def placed(self, word: Word) -> dict[int, bytes] | None:
        """Draw other words by their marks; None unless lines are as they were."""
        places = self._places(word)
        if places is None:
            return None
        return {
            run.mark: b"1 0 0 -1 %.6f %.6f Tm\n%s" % (x, run.y, shaped.drawn)
            for run, x, shaped in places
        }

    def is_understood(self, word: Word) -> bool:
        """Tell whether we find again where WeasyPrint put the words it was given."""
        places = self._places(word)
        return places is not None and all(
            abs(run.x - x) < _EXACT for run, x, _shaped in places
        )

    def _places(self, word: Word) -> list[tuple[Run, float, Shaped]] | None:
        """Put words on the lines; None unless each takes as many looks as before."""
        lines = self._broken(word)
        if lines is None or len(lines) != len(self.lines):
            return None
        places = []
        for runs, line in zip(self.lines, lines, strict=True):
            if [run.node for run in runs] != [node for node, _shaped in line]:
                return None
            free = self.width - sum(shaped.width for _node, shaped in line)
            x = self.left + free * PLACES[self.align]
            for run, (_node, shaped) in zip(runs, line, strict=True):
                places.append((run, x, shaped))
                x += shaped.width
        return places

    def _broken(self, word: Word) -> list[Line] | None:
        """Break words into lines; None where it is not sure."""
        texts = self._collapsed([word(node.index) for node in self.nodes])
        if any(_UNSEEN.search(text) for text in texts):
            return None
        flow = _Flow(self.nodes, texts, self.width)
        lines: list[Line] = []
        start = 0
        while start < len(flow.text):
            end = flow.line_end(start)
            line = None if end is None else flow.shaped(start, end)
            if end is None or line is None:
                return None
            lines.append(line)
            start = end + 1
        return lines

    def _collapsed(self, texts: Sequence[str]) -> list[str]:
        """Make one space of many, as style asks."""
        collapsed: list[str] = []
        is_after_space = True
        for raw in texts:
            parts = _AROUND_BREAK.split(raw) if self.keeps_breaks else [raw]
            text = "\n".join(_SPACES.sub(" ", part) for part in parts)
            if is_after_space:
                text = text.lstrip(" ")
            if text:
                is_after_space = text[-1] in " \n"
            collapsed.append(text)
        return [*collapsed[:-1], collapsed[-1].rstrip(" ")]


class _Flow:
    """The words of a paragraph, one after another."""

    def __init__(
        self, nodes: Sequence[Node], texts: Sequence[str], width: float
    ) -> None:
        self.text = "".join(texts)
        self._nodes, self._width = nodes, width
        self._parts = list(pairwise([0, *accumulate(map(len, texts))]))

    def shaped(self, start: int, end: int) -> Line | None:
        """Shape a line, look by look; None where a glyph is missing."""
        line = []
        for (begin, stop), node in zip(self._parts, self._nodes, strict=True):
            text = self.text[max(start, begin) : min(end, stop)]
            if text:
                shaped = node.hand.shape(text)
                if shaped is None:
                    return None
                line.append((node.index, shaped))
        return line

    def line_end(self, start: int) -> int | None:
        """Find the last space before a line would be too long.

        None where that is not sure: a glyph is missing, a word may be cut, or a line
        is full to a hair.
        """
        stop = self.text.find("\n", start)
        stop = len(self.text) if stop < 0 else stop
        whole = self._length(start, stop)
        if whole is None or whole < self._width - _DOUBT:
            return None if whole is None else stop
        ends = [*self._spaces(start, stop), stop]
        fitting, too_long = -1, len(ends)
        while too_long - fitting > 1:
            middle = (fitting + too_long) // 2
            width = self._length(start, ends[middle])
            if width is None or abs(width - self._width) < _DOUBT:
                return None
            if width < self._width:
                fitting = middle
            else:
                too_long = middle
        if fitting < 0:
            return None
        end = ends[fitting]
        if end < stop:
            solid = _SOLID.match(self.text, end + 1, ends[too_long])
            longer = self._length(start, solid.end()) if solid else None
            if longer is None or longer < self._width + _DOUBT:
                return None
        return end

    def _spaces(self, start: int, end: int) -> list[int]:
        """Find where a line may end."""
        return [
            at
            for (begin, stop), node in zip(self._parts, self._nodes, strict=True)
            if node.may_break
            for at in range(max(begin, start + 1), min(stop, end))
            if self.text[at] == " "
        ]

    def _length(self, start: int, end: int) -> float | None:
        line = self.shaped(start, end)
        return None if line is None else sum(shaped.width for _node, shaped in line)
