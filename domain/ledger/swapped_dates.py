"""Dates whose day and month look swapped, in the lines of a table."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.basics.periods import UNDATED, with_day_and_month_swapped
from domain.ledger.entry import SourceLine
from domain.ledger.import_report import (
    FaultKind,
    ImportFault,
    SourceFile,
    SourceFormat,
)
from domain.ledger.payment_terms import (
    LONGEST_SWAPPED_DELAY,
    due_if_swapped,
)

# Formats with a date for each layout cannot be misread.
_TYPED_BY_HAND = frozenset(
    {SourceFormat.TABLE, SourceFormat.TABLE_ADDED, SourceFormat.WORKBOOK}
)
_LAST_MONTH = 12
# An invoice may be dated of the end of the month, or of the next one, in advance.
_MARGIN = timedelta(days=31)
_FEWEST_FOR_A_PERIOD = 5
_FEWEST_FOR_A_HABIT = 2


@dataclass(frozen=True, slots=True)
class Swaps:
    """What would be put right, line by line."""

    lines: list[SourceLine]
    """All those of the file, the dates that look swapped put right."""
    faults: list[ImportFault]


def find_swaps(source: SourceFile, today: date) -> Swaps:
    """Look for dates that make no sense as read, and do once swapped."""
    if source.format not in _TYPED_BY_HAND:
        return Swaps(source.lines, [])
    known = _Known.of(source.lines, today)
    faults: list[ImportFault] = []
    lines = []
    for line in source.lines:
        meant = known.meant(_Dates.of(line))
        if meant:
            faults.extend(_told(line, meant, source.sheet))
            line = _mended(line, meant)  # noqa: PLW2901 - as it was meant
        lines.append(line)
    return Swaps(lines, faults)


@dataclass(frozen=True, slots=True)
class _Dates:
    invoiced: date | None
    due: date | None

    @classmethod
    def of(cls, line: SourceLine) -> "_Dates":
        is_due_alone = line.piece_on is None and line.entry_on == line.due_on
        if is_due_alone or line.entry_on == UNDATED:
            return cls(line.piece_on, line.due_on)
        return cls(line.piece_on or line.entry_on, line.due_on)

    @property
    def delay(self) -> timedelta | None:
        return self.due - self.invoiced if self.due and self.invoiced else None

    @property
    def is_plausible(self) -> bool:
        """Whether one may well be paid so long after the other."""
        delay = self.delay
        return delay is None or timedelta() <= delay <= LONGEST_SWAPPED_DELAY

    def swapped(self) -> Iterator["_Dates"]:
        """Give what else it could be: the due date first, then the invoice's."""
        invoiced, due = _swapped(self.invoiced), _swapped(self.due)
        if due and self.invoiced:
            yield _Dates(self.invoiced, due)
        if invoiced:
            yield _Dates(invoiced, self.due)
        if invoiced and due:
            yield _Dates(invoiced, due)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a file's other lines, and the calendar, tell of its dates."""

    today: date
    delays: frozenset[timedelta]
    first: date | None
    """Of the dates that have one reading only; None when they are too few."""
    last: date | None

    @classmethod
    def of(cls, lines: list[SourceLine], today: date) -> "_Known":
        found = [_Dates.of(line) for line in lines]
        delays = Counter(f.delay for f in found if f.delay is not None)
        certain = [
            f.invoiced
            for f in found
            if f.invoiced and f.invoiced.day > _LAST_MONTH and f.invoiced <= today
        ]
        is_enough = len(certain) >= _FEWEST_FOR_A_PERIOD
        return cls(
            today,
            frozenset(d for d, count in delays.items() if count >= _FEWEST_FOR_A_HABIT),
            min(certain) if is_enough else None,
            max(certain) if is_enough else None,
        )

    def meant(self, read: _Dates) -> _Dates | None:
        """Give the dates that were meant; None where those read make sense."""
        if not self._is_absurd(read):
            return None
        sound = [d for d in read.swapped() if self._is_sound(d, read)]
        return min(sound, key=lambda d: d.delay not in self.delays, default=None)

    def _is_absurd(self, read: _Dates) -> bool:
        if read.invoiced is None:
            return False
        if read.due is None:
            latest = min(self.last or self.today, self.today) + _MARGIN
            return read.invoiced > latest
        return (
            read.invoiced > min(self.today, read.due)
            or due_if_swapped(read.invoiced, read.due, self.delays) is not None
        )

    def _is_sound(self, dates: _Dates, read: _Dates) -> bool:
        if not dates.is_plausible or dates.invoiced is None:
            return False
        if dates.invoiced == read.invoiced:
            return dates.invoiced <= self.today
        first, last = self.first or date.min, self.last or self.today
        return first <= dates.invoiced <= min(last + _MARGIN, self.today)


def _swapped(day: date | None) -> date | None:
    swapped = with_day_and_month_swapped(day) if day else None
    return swapped if swapped != day else None


def _mended(line: SourceLine, meant: _Dates) -> SourceLine:
    read = _Dates.of(line)
    if meant.invoiced is None or meant.invoiced == read.invoiced:
        return replace(line, due_on=meant.due)
    is_entry_too = line.entry_on == read.invoiced
    return replace(
        line,
        entry_on=meant.invoiced if is_entry_too else line.entry_on,
        piece_on=meant.invoiced if line.piece_on else None,
        due_on=meant.due,
    )


def _told(line: SourceLine, meant: _Dates, sheet: str) -> Iterator[ImportFault]:
    read = _Dates.of(line)
    for kind, before, after in (
        (FaultKind.SWAPPED_INVOICE_DATE, read.invoiced, meant.invoiced),
        (FaultKind.SWAPPED_DATE, read.due, meant.due),
    ):
        if before and after and before != after:
            yield ImportFault(
                line=line.line,
                kind=kind,
                found=f"{before:%d/%m/%Y} → {after:%d/%m/%Y}",
                sheet=sheet,
                blocking=False,
            )
