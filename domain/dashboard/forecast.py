"""« Prévisions »: what should be received week by week."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.basics.identifiers import CustomerId
from domain.basics.money import EUR, Money
from domain.dashboard.account import after_credits
from domain.dashboard.expected import Expected, Foresight
from domain.ledger.open_item import OpenItem

_WEEK = timedelta(weeks=1)
_TO_FRIDAY = timedelta(days=4)


class ColumnKind(StrEnum):
    """What a column of the forecast stands for, in their order."""

    LATE = "late"
    """Later than anything foresaw: no day can be named."""
    WEEK = "week"
    LATER = "later"
    """After the last week shown."""
    UNDATED = "undated"


@dataclass(slots=True, kw_only=True)
class ForecastLine:
    """An item, what its account's unused credits leave of it, and when it is paid.

    Not frozen, as one is made for every open item.
    """

    item: OpenItem
    cents: int
    expected: Expected
    column: int
    """Its rank among the columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastColumn:
    """What is expected in one column, and between what amounts."""

    kind: ColumnKind
    starts_on: date | None
    """The Monday of a week, and of the week that « later » begins with."""
    amount: Money
    low: Money
    """Only what should come then, early or late."""
    high: Money
    """All that may come then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The columns, and the items in them."""

    columns: tuple[ForecastColumn, ...]
    lines: tuple[ForecastLine, ...]

    @property
    def weeks(self) -> tuple[ForecastColumn, ...]:
        """The columns that are weeks."""
        return tuple(c for c in self.columns if c.kind is ColumnKind.WEEK)

    def amount(self, kind: ColumnKind) -> Money:
        """What a column other than a week holds."""
        return next(c.amount for c in self.columns if c.kind is kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastCard:
    """Items of one customer in one column, moved together."""

    key: str
    customer_id: CustomerId
    lines: tuple[ForecastLine, ...]

    @property
    def cents(self) -> int:
        """What they amount to."""
        return sum(line.cents for line in self.lines)


def forecast(
    items: Iterable[OpenItem],
    foresight: Foresight,
    *,
    weeks: int,
    currency: str = EUR,
) -> Forecast:
    """Place what accounts in debit owe in the weeks when it should be paid."""
    calendar = _Calendar(foresight.today, weeks)
    lines: list[ForecastLine] = []
    sums = [[0, 0, 0] for _ in calendar.kinds]
    for account in _accounts(items, currency):
        for item, cents in after_credits(account):
            if not cents:
                continue
            expected = foresight.of(item)
            column = calendar.column(expected.day)
            lines.append(
                ForecastLine(item=item, cents=cents, expected=expected, column=column)
            )
            first = last = column
            if expected.early != expected.late:
                first = calendar.column(expected.early)
                last = calendar.column(expected.late)
            sums[column][1] += cents
            if first == last:
                sums[column][0] += cents
            for reached in range(first, last + 1):
                sums[reached][2] += cents
    return Forecast(
        columns=tuple(
            ForecastColumn(
                kind=kind,
                starts_on=starts_on,
                low=Money(low, currency),
                amount=Money(middle, currency),
                high=Money(high, currency),
            )
            for (kind, starts_on), (low, middle, high) in zip(
                calendar.kinds, sums, strict=True
            )
        ),
        lines=tuple(lines),
    )


def cards(forecast: Forecast, *, by_customer: bool) -> list[list[ForecastCard]]:
    """Group the items of each column into cards, the largest amounts first."""
    grouped: list[dict[str, list[ForecastLine]]] = [
        defaultdict(list) for _ in forecast.columns
    ]
    for line in forecast.lines:
        whose = line.item.customer_id if by_customer else line.item.id
        grouped[line.column][f"{line.column} {whose}"].append(line)
    return [
        sorted(
            (
                ForecastCard(
                    key=key,
                    customer_id=lines[0].item.customer_id,
                    lines=tuple(lines),
                )
                for key, lines in column.items()
            ),
            key=lambda card: (-card.cents, card.key),
        )
        for column in grouped
    ]


def day_in_week(monday: date, today: date) -> date:
    """Choose the day of a week on which money put to it is expected.

    Its Friday leaves the week to act; never a day gone by.
    """
    return max(monday + _TO_FRIDAY, today)


class _Calendar:
    """Which column a day belongs to."""

    def __init__(self, today: date, weeks: int) -> None:
        self._today, self._weeks = today, weeks
        self._monday = today - timedelta(days=today.weekday())
        starts = [self._monday + n * _WEEK for n in range(weeks + 1)]
        self.kinds: Sequence[tuple[ColumnKind, date | None]] = (
            (ColumnKind.LATE, None),
            *((ColumnKind.WEEK, start) for start in starts[:-1]),
            (ColumnKind.LATER, starts[-1]),
            (ColumnKind.UNDATED, None),
        )
        self._known: dict[date | None, int] = {}

    def column(self, day: date | None) -> int:
        """Give the rank of the column of a day."""
        found = self._known.get(day)
        if found is None:
            found = self._known[day] = self._find(day)
        return found

    def _find(self, day: date | None) -> int:
        if day is None:
            return self._weeks + 2
        if day < self._today:
            return 0
        return 1 + min((day - self._monday) // _WEEK, self._weeks)


def _accounts(items: Iterable[OpenItem], currency: str) -> list[list[OpenItem]]:
    """Group items by customer, leaving out accounts in credit."""
    accounts: dict[CustomerId, list[OpenItem]] = defaultdict(list)
    balances: dict[CustomerId, int] = defaultdict(int)
    for item in items:
        if item.invoiced.currency == currency:
            accounts[item.customer_id].append(item)
            balances[item.customer_id] += item.left_cents
    return [account for c, account in accounts.items() if balances[c] > 0]
