"""What a table is made of: columns, rows, and how each value is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from domain.basics.money import EUR, Money
from ui import formatting
from ui.components.badge import Badge, level
from ui.design import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Gesture:
    """A small button in a row; disabled, only its icon."""

    icon: str
    says: str
    tone: Tone = Tone.NEUTRAL
    is_enabled: bool = True


Cell = str | int | Money | date | Badge | Gesture | tuple[Money, ...] | None
"""A tuple holds totals, one per currency."""


class ColumnKind(StrEnum):
    """How the values of a column are written and aligned."""

    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    DAYS = "days"
    """A lateness: « 25 j »."""
    LEVEL = "level"
    """A dunning level, drawn as the badge R1, R2…"""
    BADGE = "badge"
    GESTURE = "gesture"
    """A button; the table tells its row to ``on_gesture``."""


_RIGHT = frozenset({ColumnKind.MONEY, ColumnKind.NUMBER, ColumnKind.DAYS})
"""Numbers line up on the right, and sort from the greatest at the first click."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column; ``label`` is already translated."""

    name: str
    label: str
    kind: ColumnKind = ColumnKind.TEXT
    sortable: bool = True
    ticks: bool = False
    """A double-click on its cells ticks the row; a click does not open it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: its identifier, and a value for each column that has one."""

    id: str
    cells: Mapping[str, Cell]
    is_muted: bool = False
    """Drawn quieter, for what does not count."""
    is_detail: bool = False
    """Part of the row above: neither counted nor ticked."""
    is_locked: bool = False
    """Cannot be ticked."""
    ground: str = ""
    """A colour that the user chose, of which the row takes a little."""
    ink: str = ""
    """The colour of its text, if chosen: the row then takes all of the ground."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """What the pointer is told over a cell, by column; a text tells itself."""


def quasar_column(column: Column, total: Cell) -> dict[str, Any]:
    """Describe a column to Quasar's table, with its total for the last line."""
    is_right = column.kind in _RIGHT
    return {
        "name": column.name,
        "label": column.label,
        "field": column.name,
        "align": "right" if is_right else "left",
        "sortable": column.sortable,
        "sortOrder": "da" if is_right else "ad",
        "kind": column.kind.value,
        "ticks": column.ticks,
        "total": "" if total is None else written(total, column.kind),
    }


def quasar_row(row: Row, columns: Mapping[str, Column]) -> dict[str, Any]:
    """Describe a row to Quasar's table."""
    cells = {
        name: written(row.cells.get(name), column.kind)
        for name, column in columns.items()
    }
    return {
        "id": row.id,
        "muted": row.is_muted,
        "titles": dict(row.titles),
        **({"detail": True} if row.is_detail else {}),
        **({"locked": True} if row.is_locked else {}),
        **({"ground": row.ground} if row.ground else {}),
        **({"ink": row.ink} if row.ink else {}),
        **cells,
    }


def written(value: Cell, kind: ColumnKind) -> str | dict[str, Any]:
    """Write a value as its column wants it; badges and gestures become parts."""
    if kind is ColumnKind.LEVEL and isinstance(value, int):
        value = level(value) if value else None
    if isinstance(value, Badge | Gesture):
        return _parts(value)
    if isinstance(value, tuple):
        return _written_apart(value)
    if isinstance(value, Money):
        return _amount(value)
    if isinstance(value, date):
        return formatting.day(value)
    if isinstance(value, int):
        is_delay = kind is ColumnKind.DAYS
        return formatting.days(value) if is_delay else formatting.count(value)
    return value or ""


def _parts(value: Badge | Gesture) -> dict[str, Any]:
    if isinstance(value, Badge):
        return {
            "text": value.text,
            "tone": value.tone.css,
            "icon": value.icon,
            "style": value.style,
        }
    return {
        "gesture": value.icon,
        "says": value.says,
        "tone": value.tone.css,
        "enabled": value.is_enabled,
    }


def _amount(value: Money) -> str:
    """Write an amount; euros go without saying, and nothing is the same in all."""
    is_plain = value.currency == EUR or not value
    return formatting.number(value) if is_plain else formatting.money(value)


def _written_apart(amounts: tuple[Money, ...]) -> str:
    """Write totals of several currencies one under another, each with its own."""
    if len(amounts) == 1:
        return _amount(amounts[0])
    return "\n".join(formatting.money(amount) for amount in amounts)
