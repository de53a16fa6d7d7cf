"""Read the ASCII file of Quadratus (Cegid Quadra): records M, C and R, fixed width.

Records of other types say nothing about what customers owe: they are passed over.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from domain.ledger.import_report import FaultKind, SourceFile, SourceFormat
from storage.files.journals import (
    CUSTOMERS,
    Fields,
    Journal,
    Movement,
    cut,
    enough,
    euros,
    most_fit,
    numbered,
    short_date,
)
from storage.files.text_lines import text_lines
from storage.files.values import UnusableValueError, read_date

_MOVEMENT: Fields = {
    "account": (2, 9),
    "journal": (10, 11),
    "entry_on": (15, 20),
    "short_label": (22, 41),
    "side": (42, 42),
    "sign": (43, 43),
    "amount": (44, 55),
    "due_on": (64, 69),
    "lettering": (70, 71),
    "piece_5": (75, 79),
    "piece_8": (100, 107),
    "journal_3": (111, 113),
    "label": (117, 146),
    "piece_10": (149, 158),
    "attachment": (182, 193),
    "long_label": (117, 203),
    "number": (204, 213),
}
_ACCOUNT: Fields = {
    "account": (2, 9),
    "label": (10, 39),
    "collective": (99, 106),
    "type": (218, 218),
}
_SETTLEMENT: Fields = {
    "due_on": (2, 7),
    "mode_2": (21, 22),
    "account": (58, 65),
    "mode": (66, 69),
}
_SHORTEST = 55  # to the end of the amount
_FULL, _FULL_SETTLEMENT = 231, 70
_FITTING = re.compile(
    r"M[0-9A-Za-z].{12}[0-9]{6}.{21}[DC][-+ ][ 0-9]{11}[0-9]|C[0-9A-Za-z].{215}[CFG]"
    r"|R[0-9]{6}[-+ 0-9][ 0-9]{11}[0-9]"
)
# The 30-character label is followed by other fields; in some real files a longer
# one takes their room, up to the number. A signed amount tells which.
_AFTER_LABEL = slice(146, 148)
_CURRENCY_AMOUNT = slice(168, 181)
_SIGNED = re.compile(r"[-+][ 0-9]{12}")


def looks_like_quadratus(lines: Sequence[str]) -> bool:
    """Recognise the first lines of a file."""
    known = [line for line in lines if line[:1] in {"M", "C", "R"}]
    movements = [line for line in known if line.startswith("M")]
    most_known = len(known) * 2 >= len(lines)
    return most_known and most_fit(movements or known, _FITTING.match)


def read_quadratus(name: str, content: bytes) -> SourceFile:
    """Read the movements of customers; a bad line is told, never raised."""
    journal = Journal(name, content, SourceFormat.QUADRATUS)
    text = text_lines(content)
    rows = numbered(text)
    customers = _Customers(line for _, line in rows if line.startswith("C"))
    movements, settlements = (
        journal.without_cut_line(text, [r for r in rows if r[1].startswith(mark)], full)
        for mark, full in (("M", _FULL), ("R", _FULL_SETTLEMENT))
    )
    entries = [(number, _Entry(line)) for number, line in movements]
    records = sorted([*movements, *settlements])
    for number, line in _settle(entries, records, customers):
        journal.refuse(number, FaultKind.NOT_AN_ENTRY, line)
    journal.read(entries, customers.movement)
    return journal.source_file()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A movement, and how and when the settlements under it say it is paid."""

    line: str
    settlements: list[str] = field(default_factory=list)


class _Customers:
    """Knows customers' accounts: 411…, or those that C records say are theirs."""

    def __init__(self, records: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        self._declared: set[str] = set()
        for record in records:
            account = cut(record, _ACCOUNT)
            self._names[account["account"]] = account["label"]
            if account["type"] == "C" or account["collective"].startswith(CUSTOMERS):
                self._declared.add(account["account"])

    def owns(self, account: str) -> bool:
        return account.startswith(CUSTOMERS) or account in self._declared

    def movement(self, entry: _Entry) -> Movement:
        """Cut a movement into its fields."""
        cells = cut(entry.line, _MOVEMENT)
        account = cells["account"]
        is_customer = self.owns(account)
        if is_customer:
            enough(entry.line, _SHORTEST)
        is_cut_further = _has_fields_after_label(entry.line)
        pieces = [cells["piece_8"], cells["piece_5"], cells["number"].lstrip("0")]
        if is_cut_further:
            pieces.insert(0, cells["piece_10"])
        return Movement(
            journal=cells["journal_3"] or cells["journal"],
            entry_on=short_date(cells["entry_on"]),
            account=account,
            is_customer=is_customer,
            customer_name=self._names.get(account, ""),
            piece=next(filter(None, pieces), ""),
            label=cells["label" if is_cut_further else "long_label"]
            or cells["short_label"],
            side=cells["side"],
            amount=euros(cells["sign"], cells["amount"]) if is_customer else "",
            due_on=short_date(cells["due_on"].strip("0") and cells["due_on"])
            or _first_day(entry.settlements),
            lettering=cells["lettering"],
            attachment=cells["attachment"] if is_cut_further else "",
            payment_mode=_mode(entry.settlements),
        )


def _has_fields_after_label(line: str) -> bool:
    after = line[_AFTER_LABEL].strip()
    return not after or bool(_SIGNED.fullmatch(line[_CURRENCY_AMOUNT]))


def _settle(
    entries: Iterable[tuple[int, _Entry]],
    rows: Iterable[tuple[int, str]],
    customers: _Customers,
) -> Iterator[tuple[int, str]]:
    """Put settlements under the customer's movement they follow.

    Yields those of a customer that follow none: a payment without its entry.
    """
    by_line = dict(entries)
    entry, customer = None, ""
    for number, line in rows:
        if line.startswith("M"):
            entry, account = by_line[number], cut(line, _MOVEMENT)["account"]
            customer = account if customers.owns(account) else ""
            continue
        payer = cut(line, _SETTLEMENT)["account"]
        if entry and customer and (payer == customer or not customers.owns(payer)):
            entry.settlements.append(line)
        elif customers.owns(payer):
            yield number, line


def _first_day(settlements: list[str]) -> str:
    """Tell when the first instalment is due."""
    texts = [short_date(cut(line, _SETTLEMENT)["due_on"]) for line in settlements]
    days = []
    for text in texts:
        try:
            days.append((read_date(text), text))
        except UnusableValueError:
            continue  # an instalment more or less: the movement itself is sound
    return min(((day, text) for day, text in days if day), default=(None, ""))[1]


def _mode(settlements: list[str]) -> str:
    fields = [cut(line, _SETTLEMENT) for line in settlements]
    return next((f["mode"] or f["mode_2"] for f in fields), "")
