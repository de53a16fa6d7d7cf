"""Every customer on one list: what it owes, how far its reminders went."""

from dataclasses import dataclass

from nicegui import events, ui

from domain.basics.identifiers import CustomerId
from domain.customers.customer_line import (
    CustomerFilter,
    CustomerLine,
    CustomerSort,
    CustomerState,
)
from domain.usecases import following
from ui import addresses, design
from ui.components.choice_chips import choice_chips
from ui.components.data_table import Empty, PageOf, PageRequest, data_table
from ui.components.page_head import page_head
from ui.components.state_badge import state_badge
from ui.components.table_cells import Column, ColumnKind, Row
from ui.components.table_export import export_button
from ui.session import Session
from ui.translation import _, ngettext

_WAIT_MS = 150
"""Between two letters of someone typing fast."""


@dataclass(slots=True)
class _Asked:
    """What the user wants to see."""

    words: str = ""
    only: CustomerFilter = CustomerFilter.ALL


async def customers_page(session: Session, only: str = "") -> None:
    """List the customers, narrowed by a search and a filter; a row opens a sheet.

    ``only`` is the filter that the address asks for.
    """
    known = only in set(CustomerFilter)
    asked = _Asked(only=CustomerFilter(only) if known else CustomerFilter.ALL)

    async def fetch(request: PageRequest) -> PageOf:
        page = await session.run(
            following.customers_page,
            session.entity_id,
            session.today(),
            search=asked.words,
            only=asked.only,
            sort=CustomerSort(request.sort_by or CustomerSort.CODE),
            descending=request.is_descending,
            limit=request.size,
            offset=request.offset,
        )
        count.set_text(ngettext("{count} customer", "{count} customers", page.count))
        return PageOf(
            rows=[_row(line) for line in page.lines],
            count=page.count,
            totals={
                CustomerSort.OVERDUE: page.overdue,
                CustomerSort.TO_COME: page.to_come,
                CustomerSort.BALANCE: page.balance,
            },
        )

    async def search(event: events.ValueChangeEventArguments[str | None]) -> None:
        asked.words = event.value or ""
        await table.refresh()

    async def narrow(only: str) -> None:
        asked.only = CustomerFilter(only)
        await table.refresh()

    head = page_head(_("Customers"))
    with ui.element("div").classes(design.FILTERS):
        box = ui.input(placeholder=_("Name or code"), on_change=search)
        box.props(f"{design.INPUT} debounce={_WAIT_MS} type=search autocomplete=off")
        box.classes(design.SEARCH_BOX).mark("search")
        box.props["aria-label"] = _("Search by name or code")
        choice_chips(
            {
                CustomerFilter.ALL: _("All"),
                CustomerFilter.DEBIT: _("Owing"),
                CustomerFilter.OVERDUE: _("Late"),
            },
            asked.only,
            narrow,
            says=_("Customers shown"),
        )
        count = ui.label().classes(design.SECONDARY_TEXT).mark("count")
    table = await data_table(session, _columns(), fetch, _empty())
    with head:
        export_button(session, table, _("Customers"))
    table.on_open(
        lambda customer: ui.navigate.to(addresses.customer(CustomerId(customer)))
    )


def _columns() -> list[Column]:
    money = ColumnKind.MONEY
    return [
        Column(name=CustomerSort.NAME, label=_("Customer")),
        Column(name=CustomerSort.CODE, label=_("Code")),
        Column(name=CustomerSort.LEVEL, label=_("Level"), kind=ColumnKind.LEVEL),
        Column(name=CustomerSort.OVERDUE, label=_("Overdue"), kind=money),
        Column(name=CustomerSort.TO_COME, label=_("To come"), kind=money),
        Column(name=CustomerSort.BALANCE, label=_("Amount due"), kind=money),
        Column(
            name=CustomerSort.LAST_CONTACT,
            label=_("Reached on"),
            kind=ColumnKind.DATE,
        ),
        Column(name=CustomerSort.STATE, label=_("State"), kind=ColumnKind.BADGE),
        Column(name=CustomerSort.EMAIL, label=_("E-mail")),
    ]


def _row(line: CustomerLine) -> Row:
    return Row(
        id=line.customer_id,
        is_muted=line.state is CustomerState.SETTLED,
        cells={
            CustomerSort.NAME: line.name,
            CustomerSort.CODE: line.code,
            CustomerSort.LEVEL: line.level,
            CustomerSort.OVERDUE: line.overdue,
            CustomerSort.TO_COME: line.to_come,
            CustomerSort.BALANCE: line.balance,
            CustomerSort.LAST_CONTACT: line.last_contact_on,
            CustomerSort.EMAIL: line.email,
            CustomerSort.STATE: state_badge(line.state),
        },
    )


def _empty() -> Empty:
    return Empty(
        heading=_("No customer to show"),
        why=_(
            "Customers come with the files you import. If you search or filter, try "
            "other letters, or “All”."
        ),
        icon="groups",
    )
