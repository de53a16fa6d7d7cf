"""What a workbook holds that openpyxl would not write again.

Found by comparing packages before and after; what was not tried is assumed lost.
"""

import re
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZipFile

from domain.ledger.workbook import LostPart

_BY_PLACE: Mapping[LostPart, re.Pattern[str]] = {
    LostPart.SHAPES: re.compile(r"xl/(diagrams|embeddings|ink|charts/chartEx)"),
    LostPart.CONTROLS: re.compile(r"xl/(activeX|ctrlProps)/"),
    LostPart.SLICERS: re.compile(r"xl/(slicers?|slicerCaches|timelines?)"),
    LostPart.THREADS: re.compile(r"xl/(threadedComments|persons)/"),
    LostPart.QUERIES: re.compile(r"xl/(connections|queryTables/|queries/|model/)"),
    LostPart.SIGNATURES: re.compile(r"_xmlsignatures/"),
}
_DRAWING = re.compile(r"xl/drawings/drawing\d*\.xml")
_SHAPE = re.compile(rb"<(?:\w+:)?(sp|cxnSp|grpSp|contentPart)[ >]")
_OLD_DRAWING = re.compile(r"xl/drawings/.*\.vml", re.IGNORECASE)
_OLD_SHAPE = re.compile(rb"ObjectType\s*=\s*[\"'](?!Note[\"'])")
_SHEET = re.compile(r"xl/(worksheets|chartsheets)/[^/]+\.xml")
_EXTENSIONS = (b"<extLst", b":extLst")
_HEADER_PICTURES = (b"<legacyDrawingHF", b":legacyDrawingHF")


def losses(workbook: bytes) -> tuple[LostPart, ...]:
    """List what a workbook would lose by being loaded and saved."""
    found = set()
    with ZipFile(BytesIO(workbook)) as package:
        for name in package.namelist():
            found |= {kind for kind, place in _BY_PLACE.items() if place.match(name)}
            if name.endswith((".xml", ".vml")):
                found |= _in_part(name, package.read(name))
    return tuple(kind for kind in LostPart if kind in found)


def _in_part(name: str, part: bytes) -> set[LostPart]:
    found = set()
    if _DRAWING.fullmatch(name) and _SHAPE.search(part):
        found.add(LostPart.SHAPES)
    if _OLD_DRAWING.fullmatch(name) and _OLD_SHAPE.search(part):
        found.add(LostPart.CONTROLS)
    if _SHEET.fullmatch(name):
        if any(mark in part for mark in _EXTENSIONS):
            found.add(LostPart.EXTENSIONS)
        if any(mark in part for mark in _HEADER_PICTURES):
            found.add(LostPart.HEADER_PICTURES)
    return found
