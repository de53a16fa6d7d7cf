"""Read an FEC, the accounting export that French law defines (art. A47 A-1 LPF).

What packages really write differs from the law in many small ways; a line that
resists is told, never raised, and never silently dropped.
"""

from datetime import date
from hashlib import sha256

from domain.ledger.import_report import SourceFile, SourceFormat, siren_named
from domain.ledger.openings import is_opening_journal
from storage.files.errors import EmptyFileError
from storage.files.fec_layout import FecLayout, read_layout
from storage.files.fec_lines import FecLines
from storage.files.text_lines import TextLines, text_lines
from storage.files.values import UnusableValueError, read_date


def read_fec(name: str, content: bytes) -> SourceFile:
    """Read the lines of customer accounts, and the period that all lines cover.

    Raises:
        UnreadableFileError: it is no FEC, or lacks essential columns.
    """
    text = text_lines(content)
    rows = [(n, raw) for n, raw in enumerate(text.raw, start=1) if raw.strip()]
    if not rows:
        raise EmptyFileError(file=name)
    header_row, header = rows.pop(0)
    layout = read_layout(name, text.decode(header)[0])
    reader = FecLines(text, layout, header_row)
    lines_read = len(rows)
    if _is_cut(text, layout):
        reader.refuse_last(*rows.pop())
    period = _days(text, rows, layout)
    starts_on = min(period, default=None)
    lines = list(reader.read(rows, starts_on))
    return SourceFile(
        name=name,
        format=SourceFormat.FEC,
        sha256=sha256(content).hexdigest(),
        lines=lines,
        faults=reader.faults(),
        lines_read=lines_read,
        has_lettering=any(line.lettering for line in lines),
        siren=siren_named(name),
        starts_on=starts_on,
        ends_on=max(period, default=None),
    )


def _is_cut(text: TextLines, layout: FecLayout) -> bool:
    """Whether the file stops in the middle of its last line."""
    separator = layout.separator.encode()
    *before, last = text.raw[-2:]
    expected = min([layout.width - 1, *(raw.count(separator) for raw in before)])
    return (
        not text.is_terminated
        and bool(before and last.strip())
        and last.count(separator) < expected
    )


def _days(
    text: TextLines, rows: list[tuple[int, bytes]], layout: FecLayout
) -> set[date]:
    """List the booking days of every line, customers' or not.

    Journals of opening lines do not count: some packages give each opening line
    the date it had in a year before.
    """
    separator = layout.separator.encode()
    names = ("EcritureDate", "JournalCode", "JournalLib")
    positions = [layout.position(name) for name in names]
    last = max(positions)
    found = set()
    for _, raw in rows:
        fields = [*raw.split(separator, last + 1)[: last + 1], b""]
        if len(fields) > last + 1:
            found.add(tuple(fields[position] for position in positions))
    opening: set[date] = set()
    ordinary: set[date] = set()
    for texts in found:
        day_text, code, name = (text.decode(raw)[0].strip() for raw in texts)
        try:
            day = read_date(day_text)
        except UnusableValueError:
            continue  # told with its line, where the line is a customer's
        if day:
            (opening if is_opening_journal(code, name) else ordinary).add(day)
    return ordinary or opening
