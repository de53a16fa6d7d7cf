"""A PDF written again and again, of which few objects change."""

import zlib
from collections.abc import Collection, Mapping
from typing import Any

_HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_FREE = b"\x00\x00\x00\x00\xff\xff"
_IN_FILE, _IN_OBJECT = b"\x01", b"\x02"
_WIDTHS = "[1 3 2]"
"""Bytes of each field of the table: what, where (up to 16 MB), which."""


class Mould:
    """Keeps what does not change of a PDF as it will be written."""

    def __init__(self, pdf: Any, changing: Collection[int]) -> None:  # noqa: ANN401 - pydyf ships no types
        self._root, self._info = pdf.catalog.number, pdf.info.number
        self._size = len(pdf.objects)
        self._table = bytearray(_FREE * (self._size + 2))
        kept = [one for one in pdf.objects[1:] if one.number not in changing]
        start = bytearray(_HEAD)
        for one in kept:
            if not one.compressible:
                self._enter(self._table, one.number, len(start))
                start += one.indirect + b"\n"
        packed = [one for one in kept if one.compressible]
        self._enter(self._table, self._size, len(start))
        start += _numbered(self._size, _packed(packed))
        for rank, one in enumerate(packed):
            place = self._size.to_bytes(3, "big") + rank.to_bytes(2, "big")
            self._table[one.number * 6 : one.number * 6 + 6] = _IN_OBJECT + place
        self._start = bytes(start)

    def cast(self, changed: Mapping[int, bytes]) -> bytes:
        """Write the PDF with other objects, by their numbers."""
        table, written = bytearray(self._table), bytearray(self._start)
        for number, content in changed.items():
            self._enter(table, number, len(written))
            written += _numbered(number, content)
        end, own = len(written), self._size + 1
        self._enter(table, own, end)
        written += _numbered(
            own,
            stream(
                f"/Type/XRef/Index[0 {own + 1}]/W{_WIDTHS}/Size {own + 1}"
                f"/Root {self._root} 0 R/Info {self._info} 0 R",
                bytes(table),
                1,
            ),
        )
        return bytes(written + b"startxref\n%d\n%%%%EOF\n" % end)

    @staticmethod
    def _enter(table: bytearray, number: int, offset: int) -> None:
        entry = _IN_FILE + offset.to_bytes(3, "big") + b"\x00\x00"
        table[number * 6 : number * 6 + 6] = entry


def stream(words: str, content: bytes, effort: int = 4) -> bytes:
    """Write a compressed stream, described by some words.

    With more effort than 4, a page is a tenth smaller for twice the time.
    """
    return plain_stream(f"{words}/Filter/FlateDecode", zlib.compress(content, effort))


def plain_stream(words: str, content: bytes) -> bytes:
    """Write a stream as it is, described by some words."""
    return f"<<{words}/Length {len(content)}>>stream\n".encode() + (
        content + b"\nendstream"
    )


def _numbered(number: int, content: bytes) -> bytes:
    return b"%d 0 obj\n%s\nendobj\n" % (number, content)


def _packed(objects: Collection[Any]) -> bytes:
    """Write many small objects as one (ISO 32000-1, 7.5.7)."""
    places, content = [], bytearray()
    for one in objects:
        places.append(f"{one.number} {len(content)}")
        content += one.data + b"\n"
    index = " ".join(places).encode() + b"\n"
    return stream(
        f"/Type/ObjStm/N {len(objects)}/First {len(index)}", index + bytes(content), 9
    )


def picture(rows: list[bytes]) -> bytes:
    """Write a picture of black and white dots: a code, whose rows are as many."""
    return stream(
        f"/Type/XObject/Subtype/Image/Width {len(rows)}/Height {len(rows)}"
        "/ColorSpace/DeviceGray/BitsPerComponent 1/Interpolate false",
        b"".join(rows),
    )
