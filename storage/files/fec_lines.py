"""Lines of an FEC as source lines, and what was wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from operator import itemgetter

from domain.basics.money import Money
from domain.basics.text import folded
from domain.ledger.entry import SourceLine
from domain.ledger.import_report import FaultKind, ImportFault, LeftOutLine
from domain.ledger.openings import is_opening_journal, says_opening
from storage.files.fec_layout import FecLayout
from storage.files.text_lines import TextLines
from storage.files.values import (
    UnusableValueError,
    has_dot_decimal,
    read_amount,
    read_date,
)

Row = tuple[int, bytes]
"""A line and its number."""

_CUSTOMERS = "411"  # the chart of accounts' « Clients »
_TELLING = 50
_DEBIT = frozenset({"d", "debit", "+1", "1"})
_CREDIT = frozenset({"c", "credit", "-1"})
_READ = (
    "EcritureDate",
    "JournalCode",
    "EcritureNum",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "FichierFacture",
    "ModeRglt",
)


@dataclass(slots=True)
class _Tally:
    """How many lines share an oddity, and the first of them."""

    kind: FaultKind
    first: int = 0
    count: int = 0

    def add(self, line: int) -> None:
        self.first = self.first or line
        self.count += 1

    def faults(self) -> list[ImportFault]:
        if not self.count:
            return []
        found = str(self.count)
        return [
            ImportFault(line=self.first, kind=self.kind, found=found, blocking=False)
        ]


class FecLines:
    """Turns lines into source lines, and remembers what was wrong with them."""

    def __init__(self, text: TextLines, layout: FecLayout, header_row: int) -> None:
        self._text = text
        self._layout = layout
        self._faults: list[ImportFault] = []
        self.left_out: list[LeftOutLine] = []
        """What is left of the lines that could not be read."""
        self._dots = _Tally(FaultKind.DOT_DECIMAL)
        self._older = _Tally(FaultKind.UNDECODABLE)
        self._is_utf8 = False
        self._trailing = 0
        self._provisional = _Tally(FaultKind.PROVISIONAL)
        self._is_validated = layout.position("ValidDate") < 0
        self._starts_on: date | None = None
        self._values = itemgetter(*map(layout.position, _READ), layout.due_date)
        names = ("Debit", "Credit") if layout.has_two_amounts else ("Montant",)
        self._amount_columns = [layout.position(name) for name in names]
        self._known: dict[str, str] = {}
        """Texts met before: a code that comes back is kept once."""
        if not layout.is_usual:
            self._warn(header_row, FaultKind.UNUSUAL_SEPARATOR, layout.separator)

    def faults(self) -> list[ImportFault]:
        """List the faults, by line; those of many lines are told once."""
        # Lines in an older encoding are odd only among others in UTF-8.
        older = self._older.faults() if self._is_utf8 else []
        provisional = [] if self._is_validated else self._provisional.faults()
        return sorted(
            [*self._faults, *self._dots.faults(), *older, *provisional],
            key=lambda f: f.line,
        )

    def refuse_last(self, number: int, raw: bytes) -> None:
        """Tell that the file was cut."""
        text = self._text.decode(raw)[0]
        problem = UnusableValueError(FaultKind.FIELD_COUNT, text.strip())
        self._faults.append(problem.fault(number))
        self._leave_out(problem, text)

    def read(self, rows: Iterator[Row], starts_on: date | None) -> Iterator[SourceLine]:
        """Read the lines of customer accounts, of a file that starts on that day."""
        self._starts_on = starts_on
        first = list(islice(rows, _TELLING))
        self._trailing = self._trailing_blanks(first)
        mark = _CUSTOMERS.encode()
        for number, raw in chain(first, rows):
            if mark not in raw:  # decoding and cutting the others takes most time
                continue
            try:
                fields = self._fields(number, raw)
                if fields is not None:
                    yield self._line(number, fields)
            except UnusableValueError as problem:
                self._faults.append(problem.fault(number))
                self._leave_out(problem, self._text.decode(raw)[0])

    def _leave_out(self, problem: UnusableValueError, text: str) -> None:
        """Keep the texts of a line; an amount of zero was read."""
        if problem.kind is not FaultKind.NO_AMOUNT:
            parts = frozenset(self._layout.cut(text))
            self.left_out.append(LeftOutLine(parts=parts))

    def _fields(self, number: int, raw: bytes) -> list[str] | None:
        """Cut a line, if it is a customer's; a blank stands for missing columns."""
        text, is_older = self._text.decode(raw)
        fields = self._layout.cut(text)
        for _ in range(self._trailing):
            if len(fields) > self._layout.width and not fields[-1]:
                fields.pop()
        if len(fields) != self._layout.width:
            if not any(field.startswith(_CUSTOMERS) for field in fields):
                return None
            fields = self._mended(number, fields)
        if not fields[self._layout.position("CompteNum")].startswith(_CUSTOMERS):
            return None
        if is_older:
            self._older.add(number)
        elif not raw.isascii():
            self._is_utf8 = True
        return [*fields, ""]

    def _mended(self, number: int, fields: list[str]) -> list[str]:
        layout = self._layout
        text = layout.separator.join(fields)
        mended = layout.mended(fields)
        if mended is None:
            raise UnusableValueError(FaultKind.FIELD_COUNT, text)
        if len(fields) > layout.width and mended != fields[: layout.width]:
            self._warn(number, FaultKind.REJOINED_LABEL, text)
        return mended

    def _line(self, number: int, fields: list[str]) -> SourceLine:
        (
            day,
            journal,
            entry_number,
            account,
            account_name,
            code,
            name,
            piece,
            piece_on,
            label,
            lettering,
            lettered_on,
            validated_on,
            attachment,
            payment_mode,
            due_on,
        ) = self._values(fields)
        entry_on = read_date(day)
        if entry_on is None:
            raise UnusableValueError(FaultKind.BAD_DATE)
        debit, credit = self._amounts(number, fields)
        if not debit and not credit:
            raise UnusableValueError(FaultKind.NO_AMOUNT)
        if validated_on:
            self._is_validated = True
        self._provisional.add(number)
        once = self._known.setdefault
        return SourceLine(
            line=number,
            journal=once(journal, journal),
            entry_number=entry_number,
            entry_on=entry_on,
            account=once(account, account),
            customer_code=once(code or account, code or account),
            customer_name=once(name or account_name, name or account_name),
            piece=piece,
            piece_on=self._date(number, piece_on),
            label=label,
            debit=debit,
            credit=credit,
            lettering=once(lettering, lettering),
            lettered_on=self._date(number, lettered_on),
            due_on=self._date(number, due_on),
            attachment=attachment,
            payment_mode=once(payment_mode, payment_mode),
            opens_on=self._opened(fields, entry_on),
        )

    def _opened(self, fields: list[str], entry_on: date) -> date | None:
        """Tell the year that a line opens, repeating what was owed before.

        A journal of opening lines may also hold corrections made later in the
        year: those are new. A year begins with a month, not with its first entry.
        """
        at, starts_on = self._layout.position, self._starts_on
        if starts_on is None or entry_on > starts_on:
            return None
        journal, name = fields[at("JournalCode")], fields[at("JournalLib")]
        if is_opening_journal(journal, name) or says_opening(fields[at("EcritureLib")]):
            return starts_on.replace(day=1)
        return None

    def _amounts(self, number: int, fields: list[str]) -> tuple[Money, Money]:
        texts = [fields[position] for position in self._amount_columns]
        amounts = [read_amount(text) for text in texts]
        if any(map(has_dot_decimal, texts)):
            self._dots.add(number)
        if len(amounts) > 1:
            return amounts[0], amounts[1]
        at = self._layout.position
        side = folded(fields[at("Sens")])
        if side in _DEBIT:
            return amounts[0], Money(0)
        if side in _CREDIT:
            return Money(0), amounts[0]
        raise UnusableValueError(FaultKind.BAD_DIRECTION, fields[at("Sens")])

    def _date(self, number: int, text: str) -> date | None:
        """Read a date that can be missed."""
        try:
            return read_date(text)
        except UnusableValueError as problem:
            self._faults.append(problem.fault(number, blocking=False))
            return None

    def _warn(self, number: int, kind: FaultKind, found: str) -> None:
        self._faults.append(
            UnusableValueError(kind, found).fault(number, blocking=False)
        )

    def _trailing_blanks(self, rows: list[Row]) -> int:
        """Count the separators that end each line for nothing."""
        if self._layout.trailing:
            return self._layout.trailing
        starts = (self._text.decode(raw)[0] for _, raw in rows)
        fields = min(map(self._layout.cut, starts), key=len, default=[])
        extra = len(fields) - self._layout.width
        is_blank = extra > 0 and self._layout.mended(fields) == fields[:-extra]
        return extra if is_blank else 0
