"""Codes to pay (QR, ISO 18004), by the hundred.

segno draws each size once: its finders, its lines, what tells its kind. Of each code,
only the text is put in: its bytes, their correction, bit after bit, twenty times
sooner. Both are the same, module for module.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import zip_longest
from operator import itemgetter

import segno
from PIL import Image
from segno import consts

_MASK = 3
"""Of eight equal patterns always the same: the choice takes longer than the code."""
_SIZES = (
    (10, (16,)),
    (16, (28,)),
    (26, (44,)),
    (18, (32,) * 2),
    (24, (43,) * 2),
    (16, (27,) * 4),
    (18, (31,) * 4),
    (22, (38,) * 2 + (39,) * 2),
    (22, (36,) * 3 + (37,) * 2),
    (26, (43,) * 4 + (44,)),
    (30, (50,) + (51,) * 4),
    (22, (36,) * 6 + (37,) * 2),
    (22, (37,) * 8 + (38,)),
)
"""Correction M: bytes of correction of each block, then its bytes of text, by size.
A code to pay has size 13 at most (EPC069-12)."""
_NIBBLES = str.maketrans("01", "f0")
_NO_TEXT = "0" * 8
_LONG_COUNT = 10
"""The first size that counts its text in two bytes."""
_END, _FILLING = b"\x00", b"\xec\x11"
"""After its end a text is filled; segno ends it twice, which readers do not mind."""


@dataclass(frozen=True, slots=True)
class _Blank:
    """A size of code, without a text."""

    side: int
    base: int
    """Its modules as bits, row by row; where text goes, what it is mixed with."""
    places: Callable[[str], tuple[str, ...]]
    """Gives the bit that each module shows: the last one where it is its own."""


def qr_png(text: str) -> bytes:
    """Draw a code as a picture.

    Of four dots a module: WeasyPrint draws shapes far slower, and some printers blur
    smaller pictures.
    """
    rows, written = qr_rows(text), BytesIO()
    Image.frombytes("1", (len(rows), len(rows)), b"".join(rows)).save(written, "PNG")
    return written.getvalue()


def qr_rows(text: str) -> list[bytes]:
    """Draw the same, dot by dot: each row as bits, white being 1."""
    rows = []
    for modules in qr_modules(text):
        nibbles = modules.translate(_NIBBLES)
        rows += [bytes.fromhex(nibbles + "0" * (len(nibbles) % 2))] * 4
    return rows


def qr_modules(text: str) -> list[str]:
    """Choose the modules of a code, in UTF-8: rows of 1, dark, and 0."""
    content = text.encode()
    for size, (_correction, blocks) in enumerate(_SIZES, 1):
        words = _words(content, size, sum(blocks))
        if words:
            break
    else:
        drawn = segno.make(
            text,
            error="m",
            boost_error=False,
            micro=False,
            encoding="utf-8",
            mask=_MASK,
        )
        return ["".join(map(str, row)) for row in drawn.matrix]
    blank = _blank(size)
    bits = "".join(f"{word:08b}" for word in _interleaved(words, size))
    mixed = int("".join(blank.places(bits + _NO_TEXT)), 2) ^ blank.base
    flat = f"{mixed:0{blank.side**2}b}"
    return [flat[at : at + blank.side] for at in range(0, len(flat), blank.side)]


def _words(content: bytes, size: int, room: int) -> bytes:
    """Announce a text of bytes, end it, fill its size; nothing where it is too long."""
    count = f"{len(content):0{4 if size >= _LONG_COUNT else 2}x}"
    if len(content) + len(count) // 2 + 1 > room:
        return b""
    words = bytes.fromhex(f"4{count}{content.hex()}0")
    return (words + _END + _FILLING * room)[:room]


def _interleaved(words: bytes, size: int) -> Iterator[int]:
    """Part words into blocks, correct each, and take one of each in turn."""
    correction, lengths = _SIZES[size - 1]
    blocks, start = [], 0
    for length in lengths:
        blocks.append(words[start : start + length])
        start += length
    for block_list in (blocks, [_correction(block, correction) for block in blocks]):
        for turn in zip_longest(*block_list):
            yield from (word for word in turn if word is not None)


def _correction(block: bytes, length: int) -> bytes:
    """Divide by the polynomial of so many bytes (Reed-Solomon)."""
    steps, shift = _steps(length), 8 * (length - 1)
    rest, kept = 0, (1 << shift) - 1
    for byte in block:
        rest = ((rest & kept) << 8) ^ steps[(rest >> shift) ^ byte]
    return rest.to_bytes(length, "big")


@cache
def _steps(length: int) -> list[int]:
    """Multiply the polynomial by each byte, in the field of 256 (0x11D)."""
    logs, powers, value = [0] * 256, [], 1
    for power in range(255):
        logs[value] = power
        powers.append(value)
        value = value << 1 ^ (0x11D if value & 0x80 else 0)

    def times(one: int, other: int) -> int:
        return powers[(logs[one] + logs[other]) % 255] if one and other else 0

    polynomial = [1]
    for power in range(length):
        higher, lower = [*polynomial, 0], [0, *polynomial]
        polynomial = [
            a ^ times(b, powers[power]) for a, b in zip(higher, lower, strict=True)
        ]
    return [
        int.from_bytes(bytes(times(byte, factor) for factor in polynomial[1:]), "big")
        for byte in range(256)
    ]


@cache
def _blank(size: int) -> _Blank:
    """Have segno draw a size, and find where its text goes."""
    code = segno.make("0", version=size, error="m", mask=_MASK, boost_error=False)
    kinds = [list(row) for row in code.matrix_iter(border=0, verbose=True)]
    side = len(kinds)
    text = (consts.TYPE_DATA_LIGHT, consts.TYPE_DATA_DARK)
    kinds[8][side - 9] = text[0]  # for segno, one that tells the mask
    order = [place for place in _snake(side) if kinds[place[0]][place[1]] in text]
    ranks = {place: rank for rank, place in enumerate(order)}
    base, places = 0, []
    for row, dark in enumerate(code.matrix):
        for column, is_dark in enumerate(dark):
            rank = ranks.get((row, column))
            bit = is_dark if rank is None else (row + column) % 3 == 0
            base = base << 1 | bit
            places.append(-1 if rank is None else rank)
    return _Blank(side, base, itemgetter(*places))


def _snake(side: int) -> Iterator[tuple[int, int]]:
    """Go through a code by pairs of columns, up and down, from the right.

    The seventh column, which counts the rows, is not one of a pair.
    """
    pairs = (*range(side - 1, 6, -2), 5, 3, 1)
    for turn, right in enumerate(pairs):
        rows = range(side) if turn % 2 else range(side - 1, -1, -1)
        for row in rows:
            yield row, right
            yield row, right - 1
