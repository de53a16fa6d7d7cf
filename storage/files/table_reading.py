"""Open any table: a workbook, a web page, or a text with separators."""

import csv
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from io import StringIO
from itertools import islice

from domain.ledger.mapping import Rows, Sheet, TableFile, width
from storage.files.errors import NotAnAccountingFileError, TooLargeError
from storage.files.markup import is_markup, read_markup
from storage.files.sheets import OLE_MARK, ZIP_MARK, read_every_tab
from storage.files.text_lines import text_lines

# Half a million lines: all the table is held in memory while columns are chosen.
_LARGEST_TEXT = 60_000_000
# The likeliest in France first: a tie goes to it.
_SEPARATORS = (";", "\t", "|", ",")
_TRIED_LINES = 60
_FEWEST_ROWS = 2
_FEWEST_COLUMNS = 2
_MOST_COLUMNS = 300
# A letter in a cell may be long; a quote left open must not swallow the file.
_LONGEST_CELL = 131_072


def read_table(name: str, content: bytes) -> TableFile:
    """Read a table whose meaning is not known.

    Raises:
        UnreadableFileError: it holds no table, is damaged, encrypted or a trap.
    """
    if content.startswith((ZIP_MARK, OLE_MARK)):
        found = dict(read_every_tab(name, content))
    elif is_markup(content):
        found = read_markup(name, content)
    elif len(content) > _LARGEST_TEXT:
        raise TooLargeError(file=name)
    else:
        found = {"": _text_rows(name, content)}
    sheets = tuple(
        Sheet(tab, trimmed)
        for tab, rows in found.items()
        if _is_table(trimmed := _trimmed(rows))
    )
    if not sheets:
        raise NotAnAccountingFileError(file=name)
    return TableFile(name, sha256(content).hexdigest(), sheets)


def _trimmed(rows: Rows) -> Rows:
    """Forget the empty columns on the right, which formats alone leave there."""
    used = 0
    for cells in rows:
        for place in range(len(cells) - 1, used - 1, -1):
            if str(cells[place]).strip():
                used = place + 1
                break
    return [cells[:used] for cells in rows]


def _is_table(rows: Rows) -> bool:
    filled = sum(1 for cells in rows if any(str(cell).strip() for cell in cells))
    return filled >= _FEWEST_ROWS and (_FEWEST_COLUMNS <= width(rows) <= _MOST_COLUMNS)


def _text_rows(name: str, content: bytes) -> Rows:
    lines = text_lines(content)
    text = "\n".join(lines.decode(raw)[0].rstrip("\r") for raw in lines.raw)
    if _is_binary(text[:_LONGEST_CELL]) or text.lstrip().startswith(("<", "{", "[")):
        raise NotAnAccountingFileError(file=name)
    separator = _separator(text)
    aligned = _fixed_width(text.split("\n")) if separator in {"", ","} else []
    if not separator:
        return aligned
    try:
        rows: Rows = [[*cells] for cells in _reader(text, separator)]
    except csv.Error as e:
        raise NotAnAccountingFileError(file=name) from e
    # The commas may be those of amounts.
    return aligned if width(aligned) > width(rows) else rows


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=separator)


def _is_binary(start: str) -> bool:
    controls = sum(1 for c in start if c < " " and c not in "\t\n\r\f\v")
    return controls * 100 > len(start)


def _separator(text: str) -> str:
    """Find what separates the cells: what cuts most lines into as many pieces."""

    def regularity(separator: str) -> tuple[float, int]:
        try:
            rows = islice(_reader(text, separator), _TRIED_LINES)
            counts = Counter(len(cells) for cells in rows if any(cells))
        except csv.Error:
            return 0.0, 0
        cut = {n: lines for n, lines in counts.items() if n >= _FEWEST_COLUMNS}
        if not cut:
            return 0.0, 0
        columns = max(cut, key=lambda n: (cut[n], n))
        return cut[columns] / counts.total(), columns

    scores = {separator: regularity(separator) for separator in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda s: (round(scores[s][0], 1), scores[s][1]))
    return best if scores[best][0] else ""


def _fixed_width(lines: list[str]) -> Rows:
    """Cut where a column of blanks, two wide, runs down the whole text."""
    lines = [line.expandtabs() for line in lines if line.strip()]
    longest = max(map(len, lines), default=0)
    used = bytearray(longest)
    for line in lines:
        for place, character in enumerate(line):
            if character != " ":
                used[place] = 1
    cuts = [
        0,
        *(
            place
            for place in range(2, longest)
            if used[place] and not used[place - 1] and not used[place - 2]
        ),
    ]
    ends = [*cuts[1:], longest]
    return [
        [line[a:b].strip() for a, b in zip(cuts, ends, strict=True)] for line in lines
    ]
