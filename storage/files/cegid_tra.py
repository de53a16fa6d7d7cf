"""Read the TRA file of Cegid, journal in its extended layout: ***S5…JRLETE."""

import re
from collections.abc import Sequence

from domain.ledger.import_report import FaultKind, SourceFile, SourceFormat
from storage.files.journals import (
    CUSTOMERS,
    Fields,
    Journal,
    Movement,
    cut,
    enough,
    numbered,
)
from storage.files.text_lines import text_lines
from storage.files.values import UnusableValueError

_FIELDS: Fields = {
    "journal": (1, 3),
    "entry_on": (4, 11),
    "account": (14, 30),
    "line_type": (31, 31),
    "auxiliary": (32, 48),
    "reference": (49, 83),
    "label": (84, 118),
    "mode": (119, 121),
    "due_on": (122, 129),
    "side": (130, 130),
    "amount": (131, 150),
    "entry_type": (151, 151),
    "currency": (160, 162),
    "codes": (173, 175),
}
_TO_ACCOUNT = 30
_SHORTEST = 150  # to the end of the amount
_FULL = 218
_HEADER = re.compile(r"\*{3}S5[A-Z0-9]{3}JRLETE")
_HEADER_LINE = "***"
_NO_DATE = "01011900"
_NORMAL = "N"
_IN_EUROS = "E"


def looks_like_cegid_tra(lines: Sequence[str]) -> bool:
    """Recognise the first lines of a file, by the header and what goes under it."""
    if not lines or not _HEADER.match(lines[0]):
        return False
    return all(line.startswith(_HEADER_LINE) for line in lines[:2])


def read_cegid_tra(name: str, content: bytes) -> SourceFile:
    """Read the movements of customers; a bad line is told, never raised."""
    journal = Journal(name, content, SourceFormat.CEGID_TRA)
    text = text_lines(content)
    rows = [(n, x) for n, x in numbered(text) if not x.startswith(_HEADER_LINE)]
    journal.read(journal.without_cut_line(text, rows, _FULL), _movement)
    return journal.source_file()


def _movement(line: str) -> Movement:
    enough(line, _TO_ACCOUNT)
    cells = cut(line, _FIELDS)
    is_customer = cells["account"].startswith(CUSTOMERS)
    if is_customer:
        enough(line, _SHORTEST)
        if cells["entry_type"] not in {"", _NORMAL}:
            raise UnusableValueError(FaultKind.NOT_AN_ENTRY, cells["entry_type"])
        is_euro = cells["currency"] in {"", "EUR"} or cells["codes"][:1] == _IN_EUROS
        if not is_euro:
            raise UnusableValueError(FaultKind.OTHER_CURRENCY, cells["currency"])
    return Movement(
        journal=cells["journal"],
        entry_on=cells["entry_on"],
        account=cells["account"],
        is_customer=is_customer,
        customer_code=cells["auxiliary"] if cells["line_type"] == "X" else "",
        piece=cells["reference"],
        label=cells["label"],
        side=cells["side"],
        amount=cells["amount"],
        due_on="" if cells["due_on"] == _NO_DATE else cells["due_on"],
        payment_mode=cells["mode"],
    )
