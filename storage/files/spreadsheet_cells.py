"""Texts made harmless for the spreadsheets that open them."""

import re

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell

# What a spreadsheet takes for a formula at the start of a text, and may run; the wide
# forms are those that Asian keyboards type.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST = 32_767


def storable(text: str) -> str:
    """Leave out what no spreadsheet can hold; longer texts are cut as Excel does."""
    return _NOT_IN_XML.sub("", text)[:_LONGEST]


def filled(usual: WriteOnlyCell, quoted: WriteOnlyCell, value: object) -> WriteOnlyCell:
    """Put a value in one of two cells; a text that looks like a formula is quoted."""
    if not isinstance(value, str):
        usual.value = value
        return usual
    text = storable(value)
    cell = quoted if text.startswith(FORMULA_STARTS) else usual
    put_text(cell, text)
    return cell


def put_text(cell: Cell, text: str) -> None:
    """Put in a cell a text that stays one, though it be « =1+1 » or « #N/A »."""
    cell.value = text or None
    if text:
        cell.data_type = "s"
