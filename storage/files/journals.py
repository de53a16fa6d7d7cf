"""What the journals that accounting packages export have in common.

Each layout cuts its lines into movements, still as text; here they become
source lines. Any line may resist: it is told, never raised.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TypeVar

from domain.basics.money import Money
from domain.ledger.entry import SourceLine
from domain.ledger.import_report import (
    FaultKind,
    ImportFault,
    SourceFile,
    SourceFormat,
)
from storage.files.text_lines import TextLines
from storage.files.values import UnusableValueError, read_amount, read_date

CUSTOMERS = "411"  # the chart of accounts' « Clients »
Fields = dict[str, tuple[int, int]]
Row = TypeVar("Row")
_SHORT_DATE = len("JJMMAA")
_DIGITS_OF_CENTS = 2
# One line alone may fit a layout by accident.
_FEWEST_FITTING = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One line of a journal, as the file writes it."""

    journal: str = ""
    entry_number: str = ""
    entry_on: str
    account: str
    is_customer: bool
    customer_code: str = ""
    customer_name: str = ""
    piece: str = ""
    label: str = ""
    side: str
    """D or C."""
    amount: str
    """In euros."""
    due_on: str = ""
    lettering: str = ""
    attachment: str = ""
    payment_mode: str = ""


def cut(text: str, fields: Fields) -> dict[str, str]:
    """Cut a line of fixed width; what a short line lacks is empty.

    ``fields`` gives the first and the last position, from 1, as layouts do.
    """
    return {n: text[first - 1 : last].strip() for n, (first, last) in fields.items()}


def short_date(text: str) -> str:
    """Write JJMMAA so that it reads as a date."""
    if len(text) != _SHORT_DATE or not text.isdecimal():
        return text
    return f"{text[:2]}/{text[2:4]}/{text[4:]}"


def euros(sign: str, cents: str) -> str:
    """Write a whole number of cents as euros.

    Raises:
        UnusableValueError: it is no whole number.
    """
    if not (cents.isascii() and cents.isdecimal()):
        raise UnusableValueError(FaultKind.BAD_AMOUNT, cents)
    padded = cents.zfill(_DIGITS_OF_CENTS + 1)
    return f"{sign}{padded[:-_DIGITS_OF_CENTS]},{padded[-_DIGITS_OF_CENTS:]}"


def most_fit(lines: Iterable[str], fits: Callable[[str], object]) -> bool:
    """Whether several lines, and most of them, look like those of a layout."""
    answers = [bool(fits(line)) for line in lines]
    return sum(answers) >= max(_FEWEST_FITTING, (len(answers) + 1) // 2)


def numbered(text: TextLines) -> list[tuple[int, str]]:
    """Decode the lines that hold something, each with its number."""
    lines = ((n, text.decode(raw)[0]) for n, raw in enumerate(text.raw, start=1))
    return [(n, line.rstrip("\r")) for n, line in lines if line.strip()]


class Journal:
    """Gathers the lines of customers, and what was wrong with them."""

    def __init__(self, name: str, content: bytes, layout: SourceFormat) -> None:
        self._name = name
        self._sha256 = sha256(content).hexdigest()
        self._format = layout
        self._lines: list[SourceLine] = []
        self._faults: list[ImportFault] = []
        self._days: set[date] = set()
        self._lines_read = 0

    def read(
        self, rows: Iterable[tuple[int, Row]], movement: Callable[[Row], Movement]
    ) -> None:
        """Turn rows into source lines."""
        for number, row in rows:
            self._lines_read += 1
            try:
                self._take(number, movement(row))
            except UnusableValueError as problem:
                self._faults.append(problem.fault(number))

    def refuse(self, line: int, kind: FaultKind, found: str) -> None:
        """Tell that a line was left out."""
        self._faults.append(UnusableValueError(kind, found.strip()).fault(line))

    def without_cut_line(
        self,
        text: TextLines,
        rows: list[tuple[int, str]],
        full: int,
        size: Callable[[str], int] = len,
    ) -> list[tuple[int, str]]:
        """Leave out, and tell, a last line in which the file stops.

        It is shorter than the others, or than ``full`` where there is no other.
        """
        if text.is_terminated or not rows or rows[-1][0] != len(text.raw):
            return rows
        *whole, (number, last) = rows
        if size(last) >= min((size(line) for _, line in whole), default=full):
            return rows
        self._lines_read += 1
        self.refuse(number, FaultKind.FIELD_COUNT, last)
        return whole

    def source_file(self) -> SourceFile:
        """Put everything read together."""
        return SourceFile(
            name=self._name,
            format=self._format,
            sha256=self._sha256,
            lines=self._lines,
            faults=sorted(self._faults, key=lambda fault: fault.line),
            lines_read=self._lines_read,
            is_complete=False,
            has_lettering=any(line.lettering for line in self._lines),
            starts_on=min(self._days, default=None),
            ends_on=max(self._days, default=None),
        )

    def _take(self, number: int, movement: Movement) -> None:
        if not movement.is_customer:
            self._note_day(movement.entry_on)
            return
        entry_on = read_date(movement.entry_on)
        if entry_on is None:
            raise UnusableValueError(FaultKind.BAD_DATE)
        amount = read_amount(movement.amount)
        if not amount:
            raise UnusableValueError(FaultKind.NO_AMOUNT)
        if movement.side not in {"D", "C"}:
            raise UnusableValueError(FaultKind.BAD_DIRECTION, movement.side)
        self._days.add(entry_on)
        self._lines.append(self._line(number, movement, entry_on, amount))

    def _line(
        self, number: int, movement: Movement, entry_on: date, amount: Money
    ) -> SourceLine:
        is_debit = movement.side == "D"
        return SourceLine(
            line=number,
            journal=movement.journal,
            entry_number=movement.entry_number,
            entry_on=entry_on,
            account=movement.account,
            customer_code=movement.customer_code or movement.account,
            customer_name=movement.customer_name,
            piece=movement.piece,
            label=movement.label,
            debit=amount if is_debit else Money(0),
            credit=Money(0) if is_debit else amount,
            lettering=movement.lettering,
            due_on=self._due_on(number, movement.due_on),
            attachment=movement.attachment,
            payment_mode=movement.payment_mode,
        )

    def _due_on(self, number: int, text: str) -> date | None:
        try:
            return read_date(text)
        except UnusableValueError as problem:
            self._faults.append(problem.fault(number, blocking=False))
            return None

    def _note_day(self, text: str) -> None:
        """Let a line that is not a customer's count for the period."""
        try:
            day = read_date(text)
        except UnusableValueError:
            return
        if day:
            self._days.add(day)


def enough(text: str, shortest: int) -> None:
    """Check that a line goes as far as its amount; beyond, it may stop early.

    Raises:
        UnusableValueError: it stops before.
    """
    if len(text) < shortest:
        raise UnusableValueError(FaultKind.FIELD_COUNT, text.strip())


def padded(fields: Sequence[str], count: int) -> list[str]:
    """Strip fields, and add the empty ones that were not written."""
    return [*(f.strip() for f in fields), *[""] * (count - len(fields))]
