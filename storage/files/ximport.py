"""Read XIMPORT.TXT of Ciel and Sage 50: one movement a line, fixed width."""

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.ledger.import_report import SourceFile, SourceFormat
from storage.files.journals import (
    CUSTOMERS,
    Fields,
    Journal,
    Movement,
    cut,
    enough,
    most_fit,
    numbered,
)
from storage.files.text_lines import text_lines

_FIELDS: Fields = {
    "number": (1, 5),
    "journal": (6, 7),
    "entry_on": (8, 15),
    "due_on": (16, 23),
    "piece": (24, 35),
    "account": (36, 46),
    "label": (47, 71),
    "amount": (72, 84),
    "side": (85, 85),
    "pointing": (86, 97),
    "account_label": (104, 137),
}
_TO_ACCOUNT = 46
_SHORTEST = 85  # to the debit or credit
_FULL = 142
_FITTING = re.compile(
    r"[ 0-9]{5}.{2}(?:19|20)[0-9]{6}(?:[0-9]{8}| {8}).{12}[0-9A-Z].{35}"
    r"[- 0-9]{9}[0-9][.,][0-9]{2}[DC]"
)
# Letters of French in each of the two encodings are signs or capitals in the other.
_LETTERS = "éèêëàâçîïôùûüœÉÈ"
_ASCII = bytes(range(0x80))


def looks_like_ximport(lines: Sequence[str]) -> bool:
    """Recognise the first lines of a file."""
    return most_fit(lines, _FITTING.match)


def read_ximport(name: str, content: bytes) -> SourceFile:
    """Read the movements of customers; a bad line is told, never raised."""
    journal = Journal(name, content, SourceFormat.XIMPORT)
    text = text_lines(content)
    if _is_dos(content):
        text = replace(text, legacy="cp850")
    journal.read(journal.without_cut_line(text, numbered(text), _FULL), _movement)
    return journal.source_file()


def _movement(line: str) -> Movement:
    enough(line, _TO_ACCOUNT)
    cells = cut(line, _FIELDS)
    is_customer = cells["account"].startswith(CUSTOMERS)
    if is_customer:
        enough(line, _SHORTEST)
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
        lettering=cells["pointing"].strip("0") and cells["pointing"],
    )


def _is_dos(content: bytes) -> bool:
    """Whether accented letters are those of DOS rather than Windows."""
    accented = content.translate(None, _ASCII)
    dos, windows = (
        sum(map(accented.decode(encoding, "replace").count, _LETTERS))
        for encoding in ("cp850", "cp1252")
    )
    return dos > windows
