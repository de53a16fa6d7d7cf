"""Bytes of a text file as lines, whatever wrote them."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

# Longest first: the mark of UTF-32 begins like that of UTF-16.
_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TELLING = 32
_DOS_END_OF_FILE = b"\x1a"
_PIECE = 1 << 20
"""What a file is looked through by: its size is never taken twice."""
# Windows-1252 puts letters where ISO 8859 has controls, which no ledger holds...
_WINDOWS_ONLY = bytes(range(0x80, 0xA0))
# ... and leaves these out.
_NOT_WINDOWS = b"\x81\x8d\x8f\x90\x9d"


@dataclass(frozen=True, slots=True)
class TextLines:
    """Lines whose separators and digits are ASCII, each decoded when needed."""

    content: bytes
    """Its lines end with a line feed, after a carriage return or not."""
    legacy: str
    """Encoding of the lines that are not UTF-8."""

    @property
    def is_terminated(self) -> bool:
        """Whether the last line has its end."""
        return self.content.endswith(b"\n")

    @property
    def count(self) -> int:
        """Number of lines, blank ones included."""
        return self.content.count(b"\n") + (not self.is_terminated)

    @property
    def raw(self) -> list[bytes]:
        """All the lines, for files small enough."""
        content = self.content.removeprefix(codecs.BOM_UTF8)
        return content.removesuffix(b"\n").split(b"\n")

    def numbered(self) -> Iterator[tuple[int, bytes]]:
        """Go through the lines that hold something, without a copy of the file."""
        stream = BytesIO(self.content)
        if self.content.startswith(codecs.BOM_UTF8):
            stream.seek(len(codecs.BOM_UTF8))
        return ((n, raw) for n, raw in enumerate(stream, 1) if not raw.isspace())

    def decode(self, raw: bytes) -> tuple[str, bool]:
        """Decode a line, and tell whether it took the older encoding."""
        try:
            return raw.decode("utf-8"), False
        except UnicodeDecodeError:
            return raw.decode(self.legacy), True


def text_lines(content: bytes) -> TextLines:
    """Cut a text file into lines: UTF-8, UTF-16, Windows, ISO 8859-15, old Mac."""
    content = _narrow(content).rstrip(_DOS_END_OF_FILE)
    if b"\0" in content:  # the tax office's tester removes them too
        content = content.replace(b"\0", b"")
    if b"\n" not in content:
        content = content.replace(b"\r", b"\n")
    return TextLines(content=content, legacy=_legacy_encoding(content))


def _narrow(content: bytes) -> bytes:
    """Turn UTF-16 and UTF-32 into UTF-8; leave the rest as it is."""
    encoding = next((e for mark, e in _WIDE_MARKS if content.startswith(mark)), "")
    start = content[:_TELLING]
    if not encoding and len(start) == _TELLING:  # a header is ASCII: its zeros tell
        if not start[1::2].strip(b"\0"):
            encoding = "utf-16-le"
        elif not start[::2].strip(b"\0"):
            encoding = "utf-16-be"
    return content.decode(encoding, "replace").encode() if encoding else content


def _legacy_encoding(content: bytes) -> str:
    if content.isascii() or not _holds(content, _WINDOWS_ONLY):
        return "iso8859-15"
    return "iso8859-15" if _holds(content, _NOT_WINDOWS) else "cp1252"


def _holds(content: bytes, chars: bytes) -> bool:
    """Whether a file holds one of these bytes."""
    pieces = (content[at : at + _PIECE] for at in range(0, len(content), _PIECE))
    return any(len(piece.translate(None, chars)) < len(piece) for piece in pieces)
