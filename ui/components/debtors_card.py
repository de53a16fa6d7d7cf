"""« Qui vous doit quoi ? »: the customers with most overdue."""

from collections.abc import Callable, Sequence
from typing import Any

from nicegui import ui

from domain.basics.money import Money
from domain.usecases.dashboard import Debtor
from ui import addresses, design
from ui.components.data_table import Empty, PageOf, PageRequest, data_table
from ui.components.table_cells import Column, ColumnKind, Row
from ui.components.text import secondary, section_title
from ui.session import Session
from ui.translation import _, ngettext


async def debtors_card(
    session: Session,
    debtors: Sequence[Debtor],
    late: Money,
    on_open: Callable[[str], Any],
) -> None:
    """Draw a line per debtor, of all that is ``late`` their part.

    ``on_open`` receives the customer's id.
    """

    async def fetch(_request: PageRequest) -> PageOf:
        return PageOf(rows=[_row(debtor) for debtor in debtors], count=len(debtors))

    card = ui.element("section").classes(design.CARD).classes(design.WIDE)
    with card.mark("debtors"):
        with ui.element("div").classes(design.ROW_SPREAD):
            section_title(_("Who owes you what?"))
            ui.link(_("All debtors"), addresses.whole(addresses.OWING))
        table = await data_table(
            session,
            "debtors",
            [
                _column("name", _("Customer")),
                _column("profile", _("Profile")),
                _column("level", _("Level"), ColumnKind.LEVEL),
                _column("reminded", _("Last reminder"), ColumnKind.DATE),
                _column("overdue", _("Late"), ColumnKind.MONEY),
                _column("to_come", _("To come"), ColumnKind.MONEY),
            ],
            fetch,
            Empty(heading=_("Nobody owes you anything."), icon="done_all"),
        )
        table.show_all_at_once()
        table.on_open(on_open)
        theirs = sum(debtor.overdue.cents for debtor in debtors)
        if late:
            secondary(
                ngettext(
                    "{count} customer owes {share} % of what is late.",
                    "These {count} customers owe {share} % of what is late.",
                    sum(1 for debtor in debtors if debtor.overdue),
                    share=round(100 * theirs / late.cents),
                )
            )


def _column(name: str, label: str, kind: ColumnKind = ColumnKind.TEXT) -> Column:
    return Column(name=name, label=label, kind=kind, sortable=False)


def _row(debtor: Debtor) -> Row:
    return Row(
        id=debtor.customer.id,
        cells={
            "name": debtor.customer.name,
            "profile": debtor.profile_name,
            "level": debtor.level,
            "reminded": debtor.last_reminder_on,
            "overdue": debtor.overdue,
            "to_come": debtor.to_come,
        },
    )
