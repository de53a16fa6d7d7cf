"""Bytes of a text file as lines, whatever wrote them."""

import codecs
from dataclasses import dataclass

# Longest first: the mark of UTF-32 begins like that of UTF-16.
_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TELLING = 32
_DOS_END_OF_FILE = b"\x1a"
# Windows-1252 puts letters where ISO 8859 has controls, which no ledger holds.
_WINDOWS_ONLY = bytes(range(0x80, 0xA0))


@dataclass(frozen=True, slots=True)
class TextLines:
    """Lines whose separators and digits are ASCII, each decoded when needed."""

    raw: list[bytes]
    legacy: str
    """Encoding of the lines that are not UTF-8."""
    is_terminated: bool
    """Whether the last line has its end."""

    def decode(self, raw: bytes) -> tuple[str, bool]:
        """Decode a line, and tell whether it took the older encoding."""
        try:
            return raw.decode("utf-8"), False
        except UnicodeDecodeError:
            return raw.decode(self.legacy), True


def text_lines(content: bytes) -> TextLines:
    """Cut a text file into lines: UTF-8, UTF-16, Windows, ISO 8859-15, old Mac."""
    content = _narrow(content).removeprefix(codecs.BOM_UTF8).rstrip(_DOS_END_OF_FILE)
    if b"\0" in content:  # the tax office's tester removes them too
        content = content.replace(b"\0", b"")
    end = b"\n" if b"\n" in content else b"\r"
    is_terminated = content.endswith(end)
    return TextLines(
        raw=content.removesuffix(end).split(end),
        legacy=_legacy_encoding(content),
        is_terminated=is_terminated,
    )


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
    if content.isascii() or len(content.translate(None, _WINDOWS_ONLY)) == len(content):
        return "iso8859-15"
    try:
        content.decode("cp1252")
    except UnicodeDecodeError:
        return "iso8859-15"
    return "cp1252"
