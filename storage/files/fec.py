"""Read an FEC, the accounting export that French law defines (art. A47 A-1 LPF).

What packages really write differs from the law in many small ways; a line that
resists is told, never raised, and never silently dropped.
"""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from itertools import islice, takewhile
from operator import itemgetter

from domain.basics.progress import Count, Phase, Tell, counted, untold
from domain.ledger.import_report import SourceFile, SourceFormat, siren_named
from domain.ledger.openings import is_opening_journal
from storage.files.errors import EmptyFileError
from storage.files.fec_layout import FecLayout, read_layout
from storage.files.fec_lines import FecLines, Row
from storage.files.text_lines import TextLines, text_lines
from storage.files.values import UnusableValueError, read_date

_LONGEST_LINE = 1 << 16


def read_fec(name: str, content: bytes, tell: Tell = untold) -> SourceFile:
    """Read the lines of customer accounts, and the period that all lines cover.

    The file is gone through twice, line by line: a list of its lines would take
    more memory than all the rest.

    Raises:
        UnreadableFileError: it is no FEC, or lacks essential columns.
    """
    text = text_lines(content)
    header_row, header = next(text.numbered(), (0, b""))
    if not header_row:
        raise EmptyFileError(file=name)
    layout = read_layout(name, text.decode(header)[0])
    reader = FecLines(text, layout, header_row)
    count, last = text.count, _cut_line(text, layout)
    if last:
        reader.refuse_last(count, last)

    def rows(each: Count) -> Iterator[Row]:
        whole = takewhile(lambda row: not last or row[0] < count, text.numbered())
        return counted(islice(whole, 1, None), each)

    first_look = rows(lambda _done: tell(Phase.READING, 0, count))
    lines_read, period = _overview(text, first_look, layout)
    starts_on = min(period, default=None)
    second_look = rows(lambda done: tell(Phase.READING, done, count))
    lines = list(reader.read(second_look, starts_on))
    return SourceFile(
        name=name,
        format=SourceFormat.FEC,
        sha256=sha256(content).hexdigest(),
        lines=lines,
        faults=reader.faults(),
        left_out=reader.left_out,
        lines_read=lines_read + bool(last),
        has_lettering=any(line.lettering for line in lines),
        siren=siren_named(name),
        starts_on=starts_on,
        ends_on=max(period, default=None),
    )


def _cut_line(text: TextLines, layout: FecLayout) -> bytes:
    """Give the last line if the file stops in the middle of it, else nothing."""
    separator = layout.separator.encode()
    *before, last = text.content[-_LONGEST_LINE:].split(b"\n")[-2:]
    expected = min([layout.width - 1, *(raw.count(separator) for raw in before)])
    is_cut = (
        not text.is_terminated
        and bool(before and last.strip())
        and last.count(separator) < expected
    )
    return last if is_cut else b""


def _overview(
    text: TextLines, rows: Iterator[Row], layout: FecLayout
) -> tuple[int, set[date]]:
    """Count the lines, customers' or not, and list their booking days.

    Journals of opening lines do not count for days: some packages give each opening
    line the date it had in a year before.
    """
    separator = layout.separator.encode()
    names = ("EcritureDate", "JournalCode", "JournalLib")
    positions = [layout.position(name) for name in names]
    last, count = max(positions), 0
    of_interest = itemgetter(*positions)
    found = set()
    for count, (_, raw) in enumerate(rows, start=1):  # noqa: B007 - kept after the loop
        fields = raw.split(separator, last + 1)
        is_short = len(fields) <= last
        fields[last + 1 :] = [b""]  # stands for the columns that are missing
        if not is_short:
            found.add(of_interest(fields))
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
    return count, ordinary or opening
