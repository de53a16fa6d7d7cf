"""Read RImport.txt of Sage 50: sections, and movements whose fields tabs part."""

from collections.abc import Iterator, Sequence

from domain.ledger.import_report import FaultKind, SourceFile, SourceFormat
from storage.files.journals import CUSTOMERS, Journal, Movement, numbered, padded
from storage.files.text_lines import text_lines
from storage.files.values import UnusableValueError

_FIELDS = (
    "number",
    "journal",
    "entry_on",
    "account",
    "account_label",
    "amount",
    "side",
    "status",
    "label",
    "piece",
    "type",
    "due_on",
)
_TO_ACCOUNT = 4
_SHORTEST = 7  # to the debit or credit
_FULL = 21  # tabs
_MARK = "##"
_FILE = ["##fichier", "rimport"]
_SECTION = "##section"
_MOVEMENTS = ["##section", "mvt"]
_FORMATS, _END_OF_FORMATS = "##debfmt", "##finfmt"
_SIMULATED = "S"


def looks_like_rimport(lines: Sequence[str]) -> bool:
    """Recognise the first lines of a file: its name, then a section."""
    return (
        bool(lines)
        and _words(lines[0]) == _FILE
        and any(_words(line)[0] == _SECTION for line in lines[1:])
    )


def read_rimport(name: str, content: bytes) -> SourceFile:
    """Read the movements of customers; a bad line is told, never raised."""
    journal = Journal(name, content, SourceFormat.RIMPORT)
    text = text_lines(content)
    rows = list(_movements(numbered(text)))
    whole = journal.without_cut_line(text, rows, _FULL, lambda line: line.count("\t"))
    journal.read(whole, _movement)
    return journal.source_file()


def _movements(rows: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Keep the lines of the sections of movements."""
    is_within = is_format = False
    for number, line in rows:
        words = _words(line)
        if words[0] == _SECTION:
            is_within = words == _MOVEMENTS
        elif words[0].startswith((_FORMATS, _END_OF_FORMATS)):
            is_format = words[0].startswith(_FORMATS)
        elif is_within and not is_format and not line.startswith(_MARK):
            yield number, line


def _words(line: str) -> list[str]:
    return [word.strip().lower() for word in line.rstrip().split("\t")]


def _movement(line: str) -> Movement:
    fields = line.split("\t")
    cells = dict(zip(_FIELDS, padded(fields, len(_FIELDS)), strict=False))
    is_customer = cells["account"].startswith(CUSTOMERS)
    if len(fields) < (_SHORTEST if is_customer else _TO_ACCOUNT):
        raise UnusableValueError(FaultKind.FIELD_COUNT, line.strip())
    if is_customer and cells["status"] == _SIMULATED:
        raise UnusableValueError(FaultKind.NOT_AN_ENTRY, cells["status"])
    return Movement(
        journal=cells["journal"],
        entry_number=cells["number"],
        entry_on=cells["entry_on"],
        account=cells["account"],
        is_customer=is_customer,
        customer_name=cells["account_label"],
        piece=cells["piece"],
        label=cells["label"],
        side=cells["side"],
        amount=cells["amount"],
        due_on=cells["due_on"],
    )
