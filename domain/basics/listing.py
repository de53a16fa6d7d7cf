"""What a list is asked for: words, filters, an order, a page; and what it answers.

Pure data: which names can be filtered and sorted by is told by whoever reads the
rows, next to its SQL.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from domain.basics.money import Money

L = TypeVar("L")


@dataclass(frozen=True, slots=True)
class Among:
    """Only these values; several of them add up."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Only from a day to another, both included; None does not bound."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cents:
    """Only from an amount to another, both included; None does not bound."""

    least: int | None = None
    most: int | None = None


ListFilter = Among | Days | Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """Which rows of a list are wanted."""

    search: str = ""
    filters: Mapping[str, ListFilter] = field(default_factory=dict)
    """By name; all of them hold for each row."""
    sort: str = ""
    """The name of a column; empty for the list's own order."""
    descending: bool = False
    limit: int = 50
    offset: int = 0

    def values(self, name: str) -> tuple[str, ...]:
        """Give the values that a filter lets through; none when it is not set."""
        found = self.filters.get(name)
        return found.values if isinstance(found, Among) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Generic[L]):
    """One page of a list, with the figures of the whole list."""

    lines: list[L]
    count: int
    """Of all rows, on all pages."""
    totals: Mapping[str, tuple[Money, ...]] = field(default_factory=dict)
    """Over all rows, by column: an amount per currency, never added together."""
