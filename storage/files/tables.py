"""Rows of a tab, read by heading whatever the order and form of its columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeGuard

from domain.basics.money import Money
from domain.ledger.import_report import FaultKind, ImportFault, LeftOutLine
from storage.files.errors import MissingTabColumnsError
from storage.files.headings import is_heading, plain
from storage.files.newton_layout import Tab
from storage.files.sheets import Cell, Rows
from storage.files.values import (
    UnusableValueError,
    read_amount,
    read_date,
    to_money,
)

HEADER_WITHIN = 20
_FEWEST_HEADINGS = 2
# Days are numbers in Excel, counted from here; a column may have lost its format.
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_FIRST_EXCEL_DAY, _LAST_EXCEL_DAY = 20_000, 73_050  # 1954 to 2099


@dataclass(frozen=True, slots=True)
class TabRow:
    """One row of a tab, and where its faults are told."""

    tab: str
    number: int
    cells: Mapping[str, Cell]
    faults: list[ImportFault]

    def text(self, heading: str) -> str:
        """Read a text, or a number as it is typed: 90000228, not 90000228.0."""
        cell = self.cells.get(heading, "")
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return str(cell).strip()

    def amount(self, heading: str) -> Money:
        """Read an amount; nothing is zero.

        Raises:
            UnusableValueError: it is no amount.
        """
        cell = self.cells.get(heading, "")
        if _is_number(cell):
            return to_money(Decimal(repr(cell)), str(cell))
        return read_amount(str(cell))

    def day(self, heading: str) -> date:
        """Read a date that the row needs.

        Raises:
            UnusableValueError: it is no date, or there is none.
        """
        day = self._day(heading)
        if day is None:
            raise UnusableValueError(FaultKind.BAD_DATE)
        return day

    def day_if_any(self, heading: str) -> date | None:
        """Read a date that the row can do without; tell an unreadable one."""
        try:
            return self._day(heading)
        except UnusableValueError as problem:
            self.tell(problem, blocking=False)
            return None

    def tell(self, problem: UnusableValueError, *, blocking: bool) -> None:
        """Add a fault of this row."""
        fault = problem.fault(self.number, sheet=self.tab, blocking=blocking)
        self.faults.append(fault)

    def _day(self, heading: str) -> date | None:
        cell = self.cells.get(heading, "")
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        if _is_number(cell) and _FIRST_EXCEL_DAY <= cell <= _LAST_EXCEL_DAY:
            return _EXCEL_DAY_ZERO + timedelta(days=int(cell))
        return read_date(self.text(heading))


def left_out_line(
    code: str, name: str, reference: str, *, has_amount: bool
) -> list[LeftOutLine]:
    """Keep what could be read of a row left out; no row at all if it says nothing.

    A formula that failed (« #N/A ») says nothing either.
    """
    code, name, reference = (
        "" if text.startswith("#") else text for text in (code, name, reference)
    )
    if not (code or name or reference or has_amount):
        return []
    return [LeftOutLine(customer_code=code, customer_name=name, reference=reference)]


def tab_rows(
    name: str, tab: Tab, rows: Rows, faults: list[ImportFault]
) -> Iterator[TabRow]:
    """Give the rows under a tab's header, blank ones left out.

    Raises:
        MissingTabColumnsError: columns that matter are missing.
    """
    header, columns = find_header(tab, rows)
    missing = [h for h in tab.required if h not in columns.values()]
    if missing:
        raise MissingTabColumnsError(
            file=name, tab=tab.name, columns=", ".join(missing)
        )
    for number, cells in enumerate(rows[header + 1 :], start=header + 2):
        if any(str(cell).strip() for cell in cells):
            named = {heading: cells[place] for place, heading in columns.items()}
            yield TabRow(tab.name, number, named, faults)


def find_header(tab: Tab, rows: Rows) -> tuple[int, dict[int, str]]:
    """Find the row of headings, which titles may precede, and where each stands."""
    for index, cells in enumerate(rows[:HEADER_WITHIN]):
        columns = _columns(tab, cells)
        if len(columns) >= _FEWEST_HEADINGS:
            return index, columns
    return 0, {}


def _columns(tab: Tab, cells: list[Cell]) -> dict[int, str]:
    found = [plain(str(cell)) for cell in cells]
    columns: dict[int, str] = {}
    for column in tab.columns:
        heading = plain(column.heading)
        places = [
            place
            for place, text in enumerate(found)
            if place not in columns and is_heading(text, heading)
        ]
        if places:  # an exact heading wins over one that is cut
            columns[min(places, key=lambda p: found[p] != heading)] = column.heading
    return columns


def _is_number(cell: Cell) -> TypeGuard[int | float]:
    return isinstance(cell, int | float) and not isinstance(cell, bool)
