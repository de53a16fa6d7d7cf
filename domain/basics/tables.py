"""A table on its way to a file: typed columns, rows, and what they add up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.basics.money import Money

TableValue = str | int | Money | date | None


class TableFormat(StrEnum):
    """The kinds of file a table becomes; also the end of the file's name."""

    XLSX = "xlsx"
    CSV = "csv"


class TableKind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """A column; ``label`` is what people read."""

    name: str
    label: str
    kind: TableKind = TableKind.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class TableContent:
    """A whole table; each row has a value, or None, for each column."""

    title: str
    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[TableValue]]
    totals: Mapping[str, TableValue | tuple[Money, ...]] = field(default_factory=dict)
    """By name of column; without any, no total is written.

    Several currencies make as many lines.
    """
