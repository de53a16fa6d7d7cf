"""Rows of lists that open a customer's sheet, and what such lists share."""

from nicegui import ui

from domain.basics.identifiers import CustomerId
from ui import addresses
from ui.components.list_filters import FilterField
from ui.translation import _

_HIGHEST = 7


def row_id(line_id: str, customer_id: CustomerId) -> str:
    """Name a row after its line and the customer whose sheet it opens."""
    return f"{line_id} {customer_id}"


def line_ids(rows: list[str]) -> list[str]:
    """Tell which lines some rows are about."""
    return [row.partition(" ")[0] for row in rows]


def open_sheet(row: str) -> None:
    """Open the sheet of a row's customer."""
    ui.navigate.to(addresses.customer(CustomerId(row.partition(" ")[2])))


def level_field() -> FilterField:
    """Make the filter by level."""
    levels = {str(n): _("R{level}", level=n) for n in range(1, _HIGHEST + 1)}
    return FilterField(
        name="level", label=_("Level"), choices={"0": _("never reminded"), **levels}
    )
