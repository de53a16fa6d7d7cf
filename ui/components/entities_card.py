"""The firms and what each is owed; one click shows a firm."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nicegui import ui

from domain.basics.money import Money
from domain.usecases.dashboard import EntityTotals
from ui import design
from ui.components.data_table import Empty, PageOf, PageRequest, data_table
from ui.components.table_cells import Column, ColumnKind, Row
from ui.components.text import secondary, section_title
from ui.session import Session
from ui.translation import _


async def entities_card(
    session: Session,
    by_currency: Mapping[str, Sequence[EntityTotals]],
    on_open: Callable[[str], Any],
) -> None:
    """Draw a line per firm and their sum, for each currency apart.

    ``on_open`` receives the firm's id.
    """
    with ui.element("section").classes(design.CARD).mark("entities"):
        section_title(_("Choose a company"))
        for currency, totals in by_currency.items():
            if len(by_currency) > 1:
                secondary(_("Amounts in {currency}", currency=currency))
            await _table(session, totals, on_open)


async def _table(
    session: Session, totals: Sequence[EntityTotals], on_open: Callable[[str], Any]
) -> None:
    async def fetch(_request: PageRequest) -> PageOf:
        return PageOf(
            rows=[_row(one) for one in totals],
            count=len(totals),
            totals={
                "overdue": Money.total(one.overdue for one in totals),
                "to_come": Money.total(one.to_come for one in totals),
                "total": Money.total(one.total for one in totals),
            },
        )

    table = await data_table(
        session,
        "entities",
        [
            Column(name="name", label=_("Company"), sortable=False),
            _amount("overdue", _("Late")),
            _amount("to_come", _("To come")),
            _amount("total", _("Total")),
        ],
        fetch,
        Empty(heading=_("There is no company yet.")),
    )
    table.show_all_at_once()
    table.on_open(on_open)


def _amount(name: str, label: str) -> Column:
    return Column(name=name, label=label, kind=ColumnKind.MONEY, sortable=False)


def _row(one: EntityTotals) -> Row:
    return Row(
        id=one.entity.id,
        cells={
            "name": one.entity.name,
            "overdue": one.overdue,
            "to_come": one.to_come,
            "total": one.total,
        },
    )
