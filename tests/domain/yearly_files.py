"""Histories of invoices and payments, cut into the yearly files a firm exports."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import strategies as st

from domain.basics.money import Money
from domain.ledger.entry import SourceLine
from tests.journeys.stories import a_line

FIRST, LAST = 2024, 2026
_DAYS = (date(LAST, 12, 31) - date(FIRST, 1, 1)).days


@dataclass(frozen=True)
class Sale:
    """An invoice, and the day it was paid, if it was."""

    code: str
    piece: str
    cents: int
    invoiced_on: date
    paid_on: date | None

    @property
    def lettering(self) -> str:
        return f"L{self.piece}" if self.paid_on else ""

    def lines(self) -> list[SourceLine]:
        """Write the sale as its two lines, lettered whatever the year."""
        found = [a_line(self.piece, self.cents, self.invoiced_on, code=self.code)]
        if self.paid_on:
            found.append(
                a_line(
                    f"B{self.piece}",
                    -self.cents,
                    self.paid_on,
                    code=self.code,
                    journal="BQ",
                )
            )
        return found


@st.composite
def histories(draw: st.DrawFn) -> list[Sale]:
    """Draw sales of two customers over three years; most are paid sooner or later."""
    sales = []
    for rank in range(draw(st.integers(1, 8))):
        day = draw(st.integers(0, _DAYS))
        delay = draw(st.none() | st.integers(0, 500))
        paid = None if delay is None or day + delay > _DAYS else day + delay
        start = date(FIRST, 1, 1)
        sales.append(
            Sale(
                code=draw(st.sampled_from(["C1", "C2"])),
                piece=f"F{rank}",
                cents=draw(st.sampled_from([100_00, 250_00, 99_99])),
                invoiced_on=start + timedelta(days=day),
                paid_on=None if paid is None else start + timedelta(days=paid),
            )
        )
    return sales


def year_of(sales: list[Sale], year: int, *, detailed: bool) -> list[SourceLine]:
    """Write one year's customer lines, what was owed before first.

    Only what is paid by the end of the year is lettered in it.
    """
    owed = [
        s
        for s in sales
        if s.invoiced_on.year < year and not (s.paid_on and s.paid_on.year < year)
    ]
    lines = _detail(owed, year) if detailed else _sums(owed, year)
    for sale in sales:
        for line in sale.lines():
            if line.entry_on.year == year:
                is_summed = not detailed and sale.invoiced_on.year < year
                lines.append(line if is_summed else _lettered(line, sale, year))
    return lines


def _lettered(line: SourceLine, sale: Sale, year: int) -> SourceLine:
    if sale.paid_on is None or sale.paid_on.year > year:
        return line
    return replace(line, lettering=sale.lettering, lettered_on=sale.paid_on)


def _detail(owed: list[Sale], year: int) -> list[SourceLine]:
    return [_lettered(_opening(s.code, s.piece, s.cents, year), s, year) for s in owed]


def _sums(owed: list[Sale], year: int) -> list[SourceLine]:
    sums: dict[str, int] = defaultdict(int)
    for sale in owed:
        sums[sale.code] += sale.cents
    return [_opening(code, "", cents, year) for code, cents in sums.items()]


def _opening(code: str, piece: str, cents: int, year: int) -> SourceLine:
    day = date(year, 1, 1)
    line = a_line(piece, cents, day, code=code, journal="AN", label="A nouveau")
    return replace(line, opens_on=day)


def balances(sales: list[Sale]) -> dict[str, Money]:
    """Add up what each customer owes, from the sales alone."""
    owed: dict[str, Money] = defaultdict(lambda: Money(0))
    for sale in sales:
        owed[sale.code] += Money(0 if sale.paid_on else sale.cents)
    return dict(owed)
