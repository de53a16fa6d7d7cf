"""The columns of « Situation de compte »: those that say something of a customer."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from domain.basics.money import Money
from domain.customers.customer_line import CustomerState
from domain.customers.free_fields import FieldNames
from domain.usecases.account_rows import ItemRow
from ui import formatting, labels
from ui.components.state_badge import state_badge
from ui.components.table_cells import Cell, Column, ColumnKind, Row
from ui.translation import _

_ALWAYS = ("reference", "invoice_on", "due_on", "left", "state", "why")
_SUMMED = ("debit", "credit", "left")


class AccountColumns:
    """The columns of one customer's account; one that is empty is not drawn."""

    def __init__(self, rows: Sequence[ItemRow], names: FieldNames) -> None:
        has_several = len({row.item.currency for row in rows}) > 1
        self._cells = {**_CELLS, **_free_fields()}
        if not has_several:
            del self._cells["currency"]
        self.columns = [
            column
            for column in _columns(names)
            if column.name in self._cells
            and (column.name in _ALWAYS or self._says_something(column.name, rows))
        ]

    @property
    def names(self) -> set[str]:
        """What the columns drawn are called in the code."""
        return {column.name for column in self.columns}

    def _says_something(self, name: str, rows: Sequence[ItemRow]) -> bool:
        return any(map(self._cells[name], rows))

    def drawn(self, row: ItemRow) -> Row:
        """Write an item as a line of the table."""
        return Row(
            id=row.item.id,
            is_muted=row.state is CustomerState.SETTLED,
            cells={c.name: self._cells[c.name](row) for c in self.columns},
            titles=_titles(row),
        )

    def rank(self, row: ItemRow, column: str) -> tuple[int, Any]:
        """Sort by what a cell means; an empty one comes last when rising."""
        if column == "state":
            return 0, list(CustomerState).index(row.state)
        value = self._cells[column](row)
        if isinstance(value, Money):
            return 0, value.cents
        if isinstance(value, str):
            return (0, value.casefold()) if value else (1, "")
        return (1, 0) if value is None else (0, value)


def totals(rows: Sequence[ItemRow]) -> dict[str, Cell]:
    """Add the rows up; several currencies stand side by side, never added."""
    sums: dict[str, dict[str, Money]] = {name: {} for name in _SUMMED}
    for row in rows:
        for name in _SUMMED:
            value = _CELLS[name](row)
            if isinstance(value, Money):
                kept = sums[name].get(value.currency, Money(0, value.currency))
                sums[name][value.currency] = kept + value
    if len(sums["left"]) == 1:
        return {name: total for name in _SUMMED for total in sums[name].values()}
    return {
        name: " · ".join(formatting.money(total) for total in sums[name].values())
        for name in _SUMMED
        if rows
    }


def _debit(row: ItemRow) -> Money | None:
    return None if row.item.is_credit else row.item.invoiced


def _credit(row: ItemRow) -> Money | None:
    return -row.item.invoiced if row.item.is_credit else None


def _entry_on(row: ItemRow) -> date | None:
    """Give the day of the entry, where it is not that of the document."""
    day = row.entry.entry_on if row.entry else None
    return day if day != row.item.invoice_on else None


def _label(row: ItemRow) -> str:
    """Tell what a document is about, without the number that stands beside it."""
    before, number, after = row.item.label.partition(row.item.reference or "\0")
    return (after if number and after.strip() else before).strip(" ,:-–")


_CELLS: dict[str, Callable[[ItemRow], Cell]] = {
    "reference": lambda row: row.item.reference or row.item.label,
    "label": _label,
    "entry_on": _entry_on,
    "invoice_on": lambda row: row.item.invoice_on,
    "lettering": lambda row: row.entry.lettering if row.entry else "",
    "due_on": lambda row: row.item.due_on,
    "expected_on": lambda row: row.expected.expected_on if row.expected else None,
    "late": lambda row: row.days_overdue,
    "mode": lambda row: row.payment_mode,
    "currency": lambda row: row.item.currency,
    "debit": _debit,
    "credit": _credit,
    "left": lambda row: row.item.left,
    "reminders": lambda row: row.reminder_count or None,
    "level": lambda row: row.position.level,
    "notes": lambda row: " · ".join(note.text for note in row.notes),
    "state": lambda row: state_badge(row.state),
    "why": labels.why,
}


def _free_fields() -> dict[str, Callable[[ItemRow], Cell]]:
    def field(place: int) -> Callable[[ItemRow], Cell]:
        return lambda row: row.fields.values[place] if row.fields else ""

    return {f"free_{place + 1}": field(place) for place in range(3)}


def _columns(names: FieldNames) -> list[Column]:
    money, day = ColumnKind.MONEY, ColumnKind.DATE
    return [
        Column(name="reference", label=_("Document")),
        Column(name="label", label=_("Subject")),
        Column(name="entry_on", label=_("Entry"), kind=day),
        Column(name="invoice_on", label=_("Date"), kind=day),
        Column(name="lettering", label=_("Lett.")),
        Column(name="due_on", label=_("Due date"), kind=day),
        Column(name="expected_on", label=_("Expected on"), kind=day),
        Column(name="late", label=_("Lateness"), kind=ColumnKind.DAYS),
        Column(name="mode", label=_("Mode")),
        Column(name="currency", label=_("Currency")),
        Column(name="debit", label=_("Debit"), kind=money),
        Column(name="credit", label=_("Credit"), kind=money),
        Column(name="left", label=_("Left to pay"), kind=money),
        Column(name="reminders", label=_("Nb"), kind=ColumnKind.NUMBER),
        Column(name="level", label=_("Level"), kind=ColumnKind.LEVEL),
        Column(name="state", label=_("State"), kind=ColumnKind.BADGE),
        *(
            Column(name=f"free_{place}", label=name)
            for place, name in enumerate(names.item, start=1)
            if name
        ),
        Column(name="notes", label=_("Notes")),
        Column(name="why", label=_("Reminder"), sortable=False),
    ]


def _titles(row: ItemRow) -> dict[str, str]:
    reached_on = formatting.day(row.position.reached_on)
    return {
        "reference": row.item.label,
        "due_on": labels.due_origin(row.item),
        "expected_on": row.expected.reason if row.expected else "",
        "level": _("since {day}", day=reached_on) if row.position.level else "",
        "state": labels.why(row),
    }
