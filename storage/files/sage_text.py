"""Read the text file of Sage 30 and 100: #MECG, then one field a line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from domain.ledger.import_report import FaultKind, SourceFile, SourceFormat
from storage.files.journals import CUSTOMERS, Journal, Movement, padded, short_date
from storage.files.text_lines import TextLines, text_lines
from storage.files.values import UnusableValueError

_FIELDS = (
    "journal",
    "entry_on",
    "",
    "piece",
    "reference",
    "",
    "account",
    "",
    "third_party",
    "",
    "label",
    "mode",
    "due_on",
    "",
    "",
    "",
    "side",
    "amount",
)
_FULL = 26  # the fields after the amount say nothing here
_DEBIT, _CREDIT = "0", "1"
_SIDES = {_DEBIT: "D", _CREDIT: "C"}
_ENTRY = "#MECG"
_MARK = re.compile(r"#[A-Z]{3,4}(?: +[0-9]+)?")
_VERSION = re.compile(r"#(?:VER|FLG) +[0-9]+")
_DATE = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines under a mark."""

    start: int
    is_closed: bool
    lines: list[str] = field(default_factory=list)


def looks_like_sage_text(lines: Sequence[str]) -> bool:
    """Recognise the first lines of a file: its version, an entry, its date."""
    if not lines or not _VERSION.fullmatch(lines[0].strip()):
        return False
    marks = [n for n, line in enumerate(lines) if line.strip() == _ENTRY]
    dates = [lines[n + 2].strip() for n in marks if n + 2 < len(lines)]
    return bool(dates) and bool(_DATE.fullmatch(dates[0]))


def read_sage_text(name: str, content: bytes) -> SourceFile:
    """Read the movements of customers; a bad entry is told, never raised."""
    journal = Journal(name, content, SourceFormat.SAGE_TEXT)
    blocks = list(_entries(text_lines(content)))
    if blocks and not blocks[-1].is_closed:
        *whole, last = blocks
        if len(last.lines) < min((len(b.lines) for b in whole), default=_FULL):
            journal.refuse(last.start, FaultKind.FIELD_COUNT, " ".join(last.lines))
            blocks = whole
    journal.read([(block.start, block.lines) for block in blocks], _movement)
    return journal.source_file()


def _entries(text: TextLines) -> Iterator[_Block]:
    """Group the lines of each entry; those under other marks are passed over."""
    start, lines = 0, []
    for number, raw in enumerate(text.raw, start=1):
        line = text.decode(raw)[0].strip()
        if not _MARK.fullmatch(line):
            lines.append(line)
            continue
        if start:
            yield _Block(start, is_closed=True, lines=lines)
        start, lines = (number if line == _ENTRY else 0), []
    if start:
        yield _Block(start, is_closed=False, lines=lines)


def _movement(lines: list[str]) -> Movement:
    cells = dict(zip(_FIELDS, padded(lines, len(_FIELDS)), strict=False))
    is_customer = cells["account"].startswith(CUSTOMERS)
    if is_customer and len(lines) < len(_FIELDS):
        raise UnusableValueError(FaultKind.FIELD_COUNT, " ".join(lines))
    return Movement(
        journal=cells["journal"],
        entry_on=short_date(cells["entry_on"]),
        account=cells["account"],
        is_customer=is_customer,
        customer_code=cells["third_party"],
        piece=cells["piece"],
        label=cells["label"],
        side=_SIDES.get(cells["side"], cells["side"]),
        amount=cells["amount"],
        due_on=short_date(cells["due_on"]),
        payment_mode=cells["mode"],
    )
