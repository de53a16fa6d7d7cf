"""A letter's HTML parted into what rules its layout and what it says."""

import re
from dataclasses import dataclass
from html import unescape

_TAG = re.compile(r"(<[^>]*>)")
_DATA = re.compile(r'( data-[a-z-]+=")([^"]*)')
WORD = "\x00"
# What is not said where it stands: links, styles, programs, remarks, drawings.
_BEYOND_US = re.compile(
    r"<(?:a |style|script|!--|svg|input|object|link)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The frame and the words of a letter."""

    frame: str
    """Its tags and spaces, with a mark where words are."""
    words: tuple[str, ...]
    """As HTML writes them: with entities."""
    data: tuple[str, ...]
    """Values of its ``data-`` attributes."""

    def word(self, index: int) -> str:
        """Give words as they are read."""
        return unescape(self.words[index])

    def datum(self, index: int) -> str:
        """Give the value of an attribute."""
        return unescape(self.data[index])


def read(html: str) -> Reading | None:
    """Part a letter; None for one with what no form can hold."""
    if _BEYOND_US.search(html) or WORD in html:
        return None
    words = []
    parts = _TAG.split(html)
    for index in range(0, len(parts), 2):
        if parts[index] and not parts[index].isspace():
            words.append(parts[index])
            parts[index] = WORD
    frame = "".join(parts)
    data = tuple(value for _name, value in _DATA.findall(frame))
    return Reading(_DATA.sub(r"\1", frame), tuple(words), data)
