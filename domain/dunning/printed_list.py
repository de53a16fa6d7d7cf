"""« Liste clients » and « Liste de relance téléphonique », ready to be printed."""

from dataclasses import dataclass

from domain.dunning.letter import Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCustomer:
    """A customer of a list, already formatted."""

    name: str
    code: str
    phones: str
    count: str
    """How many instalments."""
    total: str
    lines: tuple[tuple[str, ...], ...] = ()
    """Its instalments, a text for each heading; none on a simple list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedList:
    """A list for the firm itself; it changes no level (row E5)."""

    language: str
    title: str
    note: str
    place_and_date: str
    page: str
    """The word before the number of a page."""
    sender: Sender
    headings: tuple[str, ...]
    numbers: frozenset[int]
    """Which headings, from 0, stand above numbers."""
    customers: tuple[ListedCustomer, ...]
    is_detailed: bool
    total_label: str
    totals: tuple[str, ...]
    """One for each currency."""
