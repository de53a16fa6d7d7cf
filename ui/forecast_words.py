"""Sentences about when money is expected, and what tells it."""

from datetime import date, timedelta

from domain.dashboard.expected import Expected, ExpectedOrigin
from domain.dashboard.forecast import ColumnKind, ForecastColumn
from domain.dashboard.payers import Accuracy, Habit, Score
from domain.ledger.open_item import OpenItem
from ui import formatting
from ui.translation import _, ngettext

_SIX_DAYS = timedelta(days=6)


def origin(expected: Expected) -> str:
    """Say what an expected day follows from."""
    if expected.origin is ExpectedOrigin.HABIT:
        return ngettext(
            "from its last payment", "from its last {count} payments", expected.rests_on
        )
    return {
        ExpectedOrigin.REPOSITIONED: _("day chosen by hand"),
        ExpectedOrigin.PROMISED: _("promised"),
        ExpectedOrigin.DUE: _("its due date"),
        ExpectedOrigin.NONE: _("nothing tells when"),
    }[expected.origin]


def told_shortly(expected: Expected, item: OpenItem, today: date) -> str:
    """Say when an item is expected and why, where there is little room."""
    if expected.day is None:
        return _("without a date")
    if went_by(expected, today) and item.due_on:
        return _("was due {day}", day=f"{item.due_on:%d/%m/%y}")
    words = {
        ExpectedOrigin.REPOSITIONED: _("{day} chosen"),
        ExpectedOrigin.PROMISED: _("{day} promised"),
        ExpectedOrigin.HABIT: _("{day} as usual"),
        ExpectedOrigin.DUE: _("{day} due date"),
    }[expected.origin]
    return words.format(day=f"{expected.day:%d/%m}")


def told(expected: Expected, item: OpenItem, today: date) -> str:
    """Say in full when an item is due and expected, and what tells it."""
    if went_by(expected, today):
        words = late(expected)
    elif expected.day:
        words = _(
            "expected on {day}, {origin}",
            day=formatting.day(expected.day),
            origin=origin(expected),
        )
    else:
        words = origin(expected)
    return f"{due(item)} ; {words}"


def went_by(expected: Expected, today: date) -> bool:
    """Whether an item is later than anything foresaw."""
    return expected.day is not None and expected.day < today


def late(expected: Expected) -> str:
    """Say what an item is later than."""
    if expected.origin is ExpectedOrigin.HABIT:
        return _("later than any of its last payments")
    return _("past due, and nothing tells when")


def heading(column: ForecastColumn) -> str:
    """Name a column; a week by its first day."""
    if column.kind is ColumnKind.WEEK and column.starts_on:
        return _("Week of {day}", day=f"{column.starts_on:%d/%m}")
    return {
        ColumnKind.LATE: _("Overdue"),
        ColumnKind.LATER: _("Later on"),
        ColumnKind.UNDATED: _("Without a date"),
    }[column.kind]


def spoken(column: ForecastColumn) -> str:
    """Say what a column holds, for whoever points at it or hears it."""
    if column.kind is ColumnKind.WEEK and column.starts_on:
        last = column.starts_on + _SIX_DAYS
        return _(
            "From {first} to {last}",
            first=formatting.day(column.starts_on),
            last=formatting.day(last),
        )
    return {
        ColumnKind.LATE: _("Later than anything foresaw: no day can be named"),
        ColumnKind.LATER: _("After the last week shown"),
        ColumnKind.UNDATED: _("Neither due date, nor promise, nor habit"),
    }[column.kind]


def between(column: ForecastColumn) -> str:
    """Write between what amounts the receipts of a column should be."""
    if column.low == column.high:
        return ""
    low, high = map(formatting.short_money, (column.low, column.high))
    return _("from {low} to {high}", low=low, high=high)


def due(item: OpenItem) -> str:
    """Say when an item is due."""
    if item.due_on is None:
        return _("no due date")
    return _("due {day}", day=formatting.day(item.due_on))


def score(found: Score) -> str:
    """Say how punctual a customer is."""
    if found.days <= 0:
        return _("pays on time")
    return ngettext("pays {count} day late", "pays {count} days late", found.days)


def score_rests_on(found: Score) -> str:
    """Say what a score is worth."""
    return ngettext(
        "this fiscal year, {count} payment",
        "this fiscal year, {count} payments",
        found.rests_on,
    )


def habit(found: Habit) -> str:
    """Say how late a customer usually pays, and on what that rests."""
    rests_on = ngettext("{count} payment", "{count} payments", found.rests_on)
    if found.days > 0:
        usual = ngettext(
            "{count} day after the due date",
            "{count} days after the due date",
            found.days,
        )
    elif found.days < 0:
        usual = ngettext(
            "{count} day before the due date",
            "{count} days before the due date",
            -found.days,
        )
    else:
        usual = _("on the due date")
    return f"{usual} ({rests_on})"


def accuracy(found: Accuracy) -> str:
    """Say how far off expected dates were on the firm's own past."""
    return ngettext(
        "On your {count} payment of the last two years, the expected date was wrong "
        "by {error} days ({due} days going by the due date).",
        "On your {count} payments of the last two years, the expected date was wrong "
        "by {error} days on average ({due} days going by the due dates).",
        found.rests_on,
        error=formatting.tenths(found.error),
        due=formatting.tenths(found.error_of_due_dates),
    )
