"""« Échéances »: every open item, when it falls due, what was done about it."""

from collections.abc import Sequence

from nicegui import ui

from domain.basics.identifiers import CustomerId, ItemId
from domain.basics.listing import ListQuery
from domain.customers.customer_line import CustomerState
from domain.customers.item_line import ItemLine
from domain.ledger.entry import DueOrigin
from domain.usecases.lists import FilterValues, list_filter_values
from domain.usecases.lists import items_page as read_items
from ui import addresses, labels
from ui.components.bulk_items import BulkItems
from ui.components.customer_fields import (
    chase_field,
    customer_fields,
    followed_field,
    free_cells,
    free_columns,
    level_title,
    state_field,
)
from ui.components.data_table import Empty, PageOf
from ui.components.invoice_button import (
    INVOICE,
    InvoiceButtons,
    invoice_buttons_of,
)
from ui.components.list_filters import FilterField, FilterKind
from ui.components.list_look import ListLook
from ui.components.list_page import list_page, page_of
from ui.components.state_badge import state_badge
from ui.components.table_cells import Column, ColumnKind, Row
from ui.session import Session
from ui.translation import _, ngettext


async def items_page(session: Session) -> None:
    """List the open items; a row opens its customer, several can be changed."""
    customers: dict[ItemId, CustomerId] = {}
    invoices = await invoice_buttons_of(session, [])

    async def fetch(query: ListQuery) -> PageOf:
        nonlocal invoices
        page = await session.run(read_items, session.entity_id, session.today(), query)
        customers.update({line.item_id: line.customer_id for line in page.lines})
        invoices = await invoice_buttons_of(session, [i.item_id for i in page.lines])
        return page_of(page, lambda line: _row(line, invoices))

    async def open_invoice(row: str) -> None:
        await invoices.open(row)

    values = await session.run(list_filter_values, session.entity_id)
    bulk = BulkItems(session)
    bulk.screen = await list_page(
        session,
        _look(values, invoices.columns()),
        fetch,
        on_open=lambda row: ui.navigate.to(addresses.customer(customers[ItemId(row)])),
        on_gesture=open_invoice,
        gestures=bulk.gestures(),
    )


def _look(values: FilterValues, leading: Sequence[Column]) -> ListLook:
    return ListLook(
        name="items",
        title=_("Items"),
        leading=leading,
        explains=_("Unused credits and payments count as negative amounts."),
        columns=_columns(values),
        fields=_fields(values),
        search_says=_("Name, code or document"),
        counted=lambda n: ngettext("{count} due item", "{count} due items", n),
        empty=Empty(
            heading=_("No item to show"),
            why=_(
                "Open items come with the files you import. If you search or filter, "
                "try other letters, or “All”."
            ),
            icon="event",
        ),
        sort="due_on",
        hidden=frozenset(
            {"free_1", "free_2"}
            | {"code", "label", "level_on", "profile", "salesperson", "invoiced"}
            | {"settled", "origin"}
        ),
    )


def _columns(values: FilterValues) -> list[Column]:
    money, day = ColumnKind.MONEY, ColumnKind.DATE
    return [
        Column(name="customer", label=_("Customer")),
        Column(name="code", label=_("Code")),
        Column(name="reference", label=_("Document")),
        Column(name="label", label=_("Label")),
        Column(name="invoice_on", label=_("Dated"), kind=day),
        Column(name="due_on", label=_("Due date"), kind=day),
        Column(name="late", label=_("Lateness"), kind=ColumnKind.DAYS),
        Column(name="left", label=_("Left to pay"), kind=money),
        Column(name="level", label=_("Level"), kind=ColumnKind.LEVEL),
        Column(name="level_on", label=_("Level on"), kind=day),
        Column(name="state", label=_("State"), kind=ColumnKind.BADGE),
        Column(name="payment_mode", label=_("Payment mode")),
        Column(name="origin", label=_("Due date’s origin"), sortable=False),
        Column(name="profile", label=_("Profile")),
        *free_columns(values),
        Column(name="salesperson", label=_("Salesperson")),
        Column(name="invoiced", label=_("Invoiced"), kind=money),
        Column(name="settled", label=_("Paid"), kind=money),
    ]


def _fields(values: FilterValues) -> list[FilterField]:
    return [
        FilterField(
            name="due",
            label=_("Items shown"),
            kind=FilterKind.CHOICE,
            choices={
                "late": _("Late"),
                "to_come": _("To come"),
                "credit": _("Credits"),
            },
            in_sight=True,
            everything=_("All items"),
        ),
        chase_field(in_sight=False),
        FilterField(
            name="disputed",
            label=_("Dispute"),
            kind=FilterKind.CHOICE,
            choices={"yes": _("In dispute"), "no": _("Not in dispute")},
        ),
        *customer_fields(values),
        state_field(
            *(state for state in CustomerState if state is not CustomerState.SETTLED)
        ),
        followed_field(),
        FilterField(
            name="origin",
            label=_("Due date’s origin"),
            choices={
                origin.value: labels.capitalised(labels.origin_of_due_date(origin))
                for origin in DueOrigin
            },
        ),
        FilterField(name="due_on", label=_("Due date"), kind=FilterKind.DAYS),
        FilterField(name="invoice_on", label=_("Dated"), kind=FilterKind.DAYS),
        FilterField(name="left", label=_("Left to pay"), kind=FilterKind.AMOUNT),
    ]


def _row(line: ItemLine, invoices: InvoiceButtons) -> Row:
    return Row(
        id=line.item_id,
        cells={
            INVOICE: invoices.cell_of(line.item_id),
            "customer": line.customer,
            "code": line.code,
            "reference": line.reference,
            "label": line.label,
            "invoice_on": line.invoice_on,
            "due_on": line.due_on,
            "origin": labels.origin_of_due_date(line.due_origin, line.due_rests_on),
            "late": line.days_overdue,
            "level": line.level,
            "level_on": line.level_on,
            "state": state_badge(line.state),
            "profile": line.profile,
            "salesperson": line.salesperson,
            **free_cells(line.free),
            "payment_mode": line.payment_mode,
            "invoiced": line.invoiced,
            "settled": line.settled,
            "left": line.left,
        },
        titles={
            "reference": line.label,
            "due_on": labels.origin_of_due_date(line.due_origin, line.due_rests_on),
            **level_title(line.level_on),
        },
    )
