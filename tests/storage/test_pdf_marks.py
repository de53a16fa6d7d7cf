"""What PDF/UA-1 and PDF/A-3a ask of a file, read in the file itself.

A part of what veraPDF checks: the marks that tell readers and archives what it is.
"""

import re
import zlib

import pytest

from domain.dunning.letter_layout import LetterLayout
from tests.composing import as_shipped
from tests.paper import batch
from tests.storage.test_letter_layout import laid_out

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def inside(pdf: bytes) -> bytes:
    """Read all objects of a file, those that are packed too."""
    found = [pdf]
    for stream in _STREAM.findall(pdf):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            found.append(stream)
    return b"\n".join(found)


@pytest.fixture(scope="module")
def accessible() -> bytes:
    return inside(batch(as_shipped("formal_notice")).letters[0].pdf)


@pytest.fixture(scope="module")
def archived() -> bytes:
    letter = laid_out(LetterLayout(is_archival=True))
    return inside(batch(letter).letters[0].pdf)


def marked(name: str, value: str, pdf: bytes) -> bool:
    """Whether the file says of itself what it is, as attribute or element of XMP."""
    pattern = rf"{name}\s*(?:=\s*[\"']|>)\s*{value}"
    return re.search(pattern.encode(), pdf) is not None


def test_a_letter_says_that_it_is_accessible_and_is_tagged(accessible: bytes) -> None:
    assert marked("pdfuaid:part", "1", accessible)
    for mark in (
        rb"/Marked\s+true",
        rb"/StructTreeRoot",
        rb"/Lang\s*\(fr\)",
        rb"/DisplayDocTitle\s+true",
        rb"/Tabs\s*/S\b",
        rb"/S\s*/H1\b",
        rb"/S\s*/Table\b",
        rb"/S\s*/TH\b",
        rb"/S\s*/P\b",
        rb"/ToUnicode",
    ):
        assert re.search(mark, accessible), mark


def test_each_picture_of_a_letter_is_described(accessible: bytes) -> None:
    figures = re.findall(rb"/S\s*/Figure\b", accessible)
    assert figures
    assert len(re.findall(rb"/Alt\s*[(<]", accessible)) >= len(figures)


def test_a_letter_to_archive_says_so_and_brings_its_colours_and_its_data(
    archived: bytes,
) -> None:
    assert marked("pdfaid:part", "3", archived)
    assert marked("pdfaid:conformance", "A", archived)
    for mark in (
        rb"/S\s*/GTS_PDFA1",
        rb"/DestOutputProfile",
        rb"/AFRelationship\s*/Data",
        rb"/Marked\s+true",
        rb"/ID\s*\[",
    ):
        assert re.search(mark, archived), mark


def test_nothing_that_archives_forbid_is_in_a_letter(archived: bytes) -> None:
    for mark in (rb"/Encrypt\b", rb"/JavaScript\b", rb"/Launch\b", rb"/LZWDecode\b"):
        assert not re.search(mark, archived), mark


def test_every_font_travels_with_the_letter(archived: bytes) -> None:
    described = re.findall(rb"/Type\s*/FontDescriptor\b", archived)
    assert described
    assert len(re.findall(rb"/FontFile[23]?\b", archived)) == len(described)
