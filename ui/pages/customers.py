"""« Clients »: every customer, what it owes, whom to write to."""

from nicegui import ui

from domain.basics.listing import ListQuery
from domain.customers.customer_line import CustomerLine, CustomerState
from domain.dashboard.payers import FEWEST_PAYMENTS, Grade
from domain.usecases.lists import FilterValues, list_filter_values
from domain.usecases.lists import customers_page as read_customers
from ui import addresses
from ui.components.bulk_customers import BulkCustomers, customer_of, row_id
from ui.components.buttons import quiet_button
from ui.components.customer_fields import (
    chase_field,
    customer_fields,
    followed_field,
    free_cells,
    free_columns,
    state_field,
)
from ui.components.data_table import Empty, PageOf
from ui.components.list_filters import FilterField, FilterKind
from ui.components.list_look import ListLook
from ui.components.list_page import list_page, page_of
from ui.components.score_badge import score_badge
from ui.components.state_badge import state_badge
from ui.components.table_cells import Column, ColumnKind, Row
from ui.session import Session
from ui.translation import _, ngettext


async def customers_page(session: Session) -> None:
    """List the customers; a row opens a sheet, several can be changed at once."""

    async def fetch(query: ListQuery) -> PageOf:
        page = await session.run(
            read_customers, session.entity_id, session.today(), query
        )
        return page_of(page, _row)

    values = await session.run(list_filter_values, session.entity_id)
    bulk = BulkCustomers(session, values)
    bulk.screen = await list_page(
        session,
        _look(values),
        fetch,
        on_open=lambda row: ui.navigate.to(addresses.customer(customer_of(row))),
        gestures=bulk.gestures(),
    )
    to_remind = addresses.narrowed(addresses.CUSTOMERS, {"chased": ["yes"]})
    with bulk.screen.extras:
        quiet_button(
            _("Contacts to remind"),
            lambda: ui.navigate.to(to_remind),
            icon="contact_mail",
        ).mark("contacts-to-remind")


def _look(values: FilterValues) -> ListLook:
    return ListLook(
        name="customers",
        title=_("Customers"),
        explains=_("Accounts in credit count as negative amounts."),
        columns=_columns(values),
        fields=_fields(values),
        search_says=_("Name or code"),
        counted=lambda n: ngettext("{count} customer", "{count} customers", n),
        empty=Empty(
            heading=_("No customer to show"),
            why=_(
                "Customers come with the files you import. If you search or filter, "
                "try other letters, or “All”."
            ),
            icon="groups",
        ),
        sort="code",
        hidden=frozenset(
            {"free_1", "free_2"}
            | {"contact", "phone", "salesperson", "category", "payment_mode"}
            | {"last_contact_on", "to_come"}
        ),
    )


def _columns(values: FilterValues) -> list[Column]:
    money, day = ColumnKind.MONEY, ColumnKind.DATE
    return [
        Column(name="name", label=_("Customer")),
        Column(name="code", label=_("Code")),
        Column(name="profile", label=_("Profile")),
        Column(name="level", label=_("Level"), kind=ColumnKind.LEVEL),
        Column(name="overdue", label=_("Overdue"), kind=money),
        Column(name="to_come", label=_("To come"), kind=money),
        Column(name="balance", label=_("Amount due"), kind=money),
        Column(name="last_contact_on", label=_("Reached on"), kind=day),
        Column(name="score", label=_("Score"), kind=ColumnKind.BADGE),
        Column(name="state", label=_("State"), kind=ColumnKind.BADGE),
        Column(name="email", label=_("E-mail")),
        Column(name="contact", label=_("Contact to remind")),
        Column(name="phone", label=_("Phone"), sortable=False),
        *free_columns(values),
        Column(name="salesperson", label=_("Salesperson")),
        Column(name="category", label=_("Category")),
        Column(name="payment_mode", label=_("Payment mode")),
    ]


def _fields(values: FilterValues) -> list[FilterField]:
    return [
        FilterField(
            name="owing",
            label=_("Customers shown"),
            kind=FilterKind.CHOICE,
            choices={
                "debit": _("Owing"),
                "late": _("Late"),
                "credit": _("In credit"),
            },
            in_sight=True,
        ),
        chase_field(in_sight=False),
        *customer_fields(values),
        state_field(*CustomerState),
        FilterField(
            name="score",
            label=_("Score of the fiscal year"),
            choices={
                **{grade.value: grade.value for grade in Grade},
                "": _("none: fewer than {count} payments", count=FEWEST_PAYMENTS),
            },
        ),
        followed_field(),
        FilterField(
            name="email",
            label=_("E-mail address"),
            kind=FilterKind.CHOICE,
            choices={"yes": _("Known"), "no": _("Missing")},
        ),
        FilterField(name="balance", label=_("Amount due"), kind=FilterKind.AMOUNT),
    ]


def _row(line: CustomerLine) -> Row:
    return Row(
        id=row_id(line.customer_id, line.balance.currency),
        is_muted=line.state is CustomerState.SETTLED,
        cells={
            "name": line.name,
            "code": line.code,
            "profile": line.profile,
            "level": line.level,
            "overdue": line.overdue,
            "to_come": line.to_come,
            "balance": line.balance,
            "last_contact_on": line.last_contact_on,
            "score": score_badge(Grade(line.score)) if line.score else None,
            "state": state_badge(line.state),
            "email": line.email,
            "contact": line.contact,
            "phone": line.phone,
            "salesperson": line.salesperson,
            **free_cells(line.free),
            "category": line.category,
            "payment_mode": line.payment_mode,
        },
    )
