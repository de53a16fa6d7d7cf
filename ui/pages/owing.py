"""« Qui vous doit quoi ? »: who owes what, since when, and what was done about it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial

from nicegui import ui

from domain.basics.listing import ListQuery
from domain.customers.customer_line import CustomerLine, CustomerState
from domain.dashboard.account import AGE_LIMITS
from domain.usecases.list_choices import read_choices
from domain.usecases.lists import (
    AGE_SETS,
    DebtorItem,
    FilterValues,
    debtor_items,
    debtors_page,
    list_filter_values,
)
from ui import addresses, design, formatting
from ui.components.badge import Badge
from ui.components.bulk_customers import BulkCustomers, customer_of, row_id
from ui.components.customer_fields import (
    age_field,
    age_labels,
    chase_field,
    customer_fields,
    free_cells,
    free_columns,
    level_title,
    state_field,
)
from ui.components.data_table import Empty, PageOf
from ui.components.list_filters import FilterField, FilterKind
from ui.components.list_look import ListLook
from ui.components.list_page import list_page, page_of
from ui.components.state_badge import state_badge
from ui.components.table_cells import Cell, Column, ColumnKind, Row
from ui.design import Tone
from ui.session import Session
from ui.translation import _, ngettext

_NAME, _AGES, _DETAIL, _YES = "owing", "ages", "detail", "yes"


async def owing_page(session: Session, ages: str = "") -> None:
    """List the accounts in debit; a row opens a sheet, several can be changed.

    ``ages`` says how an address that names an age parts what is overdue.
    """
    values = await session.run(list_filter_values, session.entity_id)
    kept = await session.run(read_choices, session.entity_id, _NAME)
    chosen = {**kept.options, **({_AGES: ages} if ages in _SETS else {})}
    bulk = BulkCustomers(session, values)

    def limits() -> tuple[int, ...]:
        return _SETS.get(chosen.get(_AGES, ""), AGE_LIMITS)

    async def fetch(query: ListQuery) -> PageOf:
        today, parted = session.today(), limits()
        page = await session.run(debtors_page, session.entity_id, today, query, parted)
        shown = page_of(page, partial(_row, limits=parted))
        if chosen.get(_DETAIL) != _YES:
            return shown
        items = await session.run(debtor_items, page.lines, today, parted)
        rows = []
        for line, row in zip(page.lines, shown.rows, strict=True):
            rows.append(row)
            of_line = items[line.customer_id, line.balance.currency]
            rows += [_detail(line, item, parted) for item in of_line]
        return replace(shown, rows=rows)

    async def choose(name: str, value: str) -> None:
        chosen[name] = value
        await bulk.screen.choose(name, value)
        await bulk.screen.look_like(_look(values, limits()))

    bulk.screen = await list_page(
        session,
        _look(values, limits()),
        fetch,
        on_open=lambda row: ui.navigate.to(addresses.customer(customer_of(row))),
        gestures=bulk.gestures(),
    )
    with bulk.screen.extras:
        _draw_options(limits(), chosen.get(_DETAIL) == _YES, choose)


def _draw_options(
    limits: tuple[int, ...],
    is_detailed: bool,
    choose: Callable[[str, str], Awaitable[None]],
) -> None:
    """Draw the choice of ages and of detail."""
    ages = ui.select(
        {name: _ages_in_words(parted) for name, parted in _SETS.items()},
        value=_set_name(limits),
        on_change=lambda event: choose(_AGES, event.value),
    )
    ages.props(design.INPUT).props["aria-label"] = _("Ages of what is overdue")
    ages.props("options-dense").mark("ages")
    ui.switch(
        _("Detail"),
        value=is_detailed,
        on_change=lambda event: choose(_DETAIL, _YES if event.value else ""),
    ).mark("detail")


def _set_name(limits: Sequence[int]) -> str:
    return "-".join(map(str, limits))


_SETS = {_set_name(limits): limits for limits in AGE_SETS}


def _ages_in_words(limits: tuple[int, ...]) -> str:
    return _("Ages: {days} d", days=" · ".join(map(str, limits)))


def _look(values: FilterValues, limits: tuple[int, ...]) -> ListLook:
    return ListLook(
        name=_NAME,
        title=_("Who owes you what?"),
        explains=_(
            "Only accounts in debit count; unused credits pay off what is oldest."
        ),
        columns=_columns(values, limits),
        fields=_fields(values, limits),
        search_says=_("Name or code"),
        counted=lambda n: ngettext("{count} customer", "{count} customers", n),
        empty=Empty(
            heading=_("Nobody to show"),
            why=_(
                "No account in debit answers these filters: remove some, or import "
                "your accounting if it is not there yet."
            ),
            icon="done_all",
        ),
        sort="overdue",
        descending=True,
        # What fits in a small screen; the day of a level is told by pointing at it.
        hidden=frozenset(
            {"code", "level_on", "last_contact_on", "profile", "salesperson"}
            | {"category", "payment_mode"}
        ),
    )


def _columns(values: FilterValues, limits: tuple[int, ...]) -> list[Column]:
    money, day = ColumnKind.MONEY, ColumnKind.DATE
    ages = list(zip((0, *limits), age_labels(limits), strict=True))
    return [
        Column(name="name", label=_("Customer")),
        Column(name="code", label=_("Code")),
        Column(name="state", label=_("State"), kind=ColumnKind.BADGE),
        Column(name="level", label=_("Level"), kind=ColumnKind.LEVEL),
        Column(name="level_on", label=_("Level on"), kind=day),
        Column(name="last_contact_on", label=_("Reached on"), kind=day),
        *(
            Column(name=f"age_{low}", label=words, kind=money)
            for low, words in reversed(ages)
        ),
        Column(name="overdue", label=_("Overdue"), kind=money),
        Column(name="to_come", label=_("To come"), kind=money),
        Column(name="balance", label=_("Total"), kind=money),
        Column(name="profile", label=_("Profile")),
        *free_columns(values),
        Column(name="salesperson", label=_("Salesperson")),
        Column(name="category", label=_("Category")),
        Column(name="payment_mode", label=_("Payment mode")),
        Column(name="note", label=_("Notes"), sortable=False),
    ]


def _fields(values: FilterValues, limits: tuple[int, ...]) -> list[FilterField]:
    return [
        chase_field(in_sight=True),
        *customer_fields(values),
        age_field(limits),
        state_field(
            CustomerState.STOPPED,
            CustomerState.DISPUTE,
            CustomerState.PROMISE,
            CustomerState.LATE,
            CustomerState.TO_COME,
        ),
        FilterField(
            name="new",
            label=_("NEW"),
            kind=FilterKind.CHOICE,
            choices={_YES: _("Newly late: nothing was overdue a week ago")},
        ),
        FilterField(name="overdue", label=_("Overdue"), kind=FilterKind.AMOUNT),
        FilterField(name="to_come", label=_("To come"), kind=FilterKind.AMOUNT),
        FilterField(name="level_on", label=_("Level on"), kind=FilterKind.DAYS),
    ]


def _row(line: CustomerLine, limits: tuple[int, ...]) -> Row:
    ages = zip((0, *limits), line.ages, strict=True)
    return Row(
        id=row_id(line.customer_id, line.balance.currency),
        cells={
            "name": line.name,
            "code": line.code,
            "state": _badge(line),
            "profile": line.profile,
            "salesperson": line.salesperson,
            **free_cells(line.free),
            "category": line.category,
            "payment_mode": line.payment_mode,
            "level": line.level,
            "level_on": line.level_on,
            "last_contact_on": line.last_contact_on,
            **{f"age_{low}": amount for low, amount in ages},
            "overdue": line.overdue,
            "to_come": line.to_come,
            "balance": line.balance,
            "note": line.note,
        },
        titles=level_title(line.level_on),
    )


def _badge(line: CustomerLine) -> Badge:
    """Mark those stopped with a cross, and those newly late."""
    if line.state is CustomerState.STOPPED:
        return Badge(text=_("STOP"), tone=Tone.STOPPED, icon="cancel")
    if line.is_new and line.state is CustomerState.LATE:
        return Badge(text=_("NEW"), tone=Tone.OVERDUE, icon="fiber_new")
    return state_badge(line.state)


def _detail(line: CustomerLine, item: DebtorItem, limits: tuple[int, ...]) -> Row:
    """Draw an item under its customer."""
    due_on = item.item.due_on
    day = formatting.day(due_on) if due_on else ""
    cells: dict[str, Cell] = {
        "name": f"{item.item.reference} · {day}" if due_on else item.item.reference,
        "balance": item.left,
    }
    if item.age is None:
        cells["to_come"] = item.left
    else:
        cells[f"age_{(0, *limits)[item.age]}"] = item.left
        cells["overdue"] = item.left
    return Row(
        id=row_id(line.customer_id, line.balance.currency, item.item.id),
        is_detail=True,
        cells=cells,
        titles={"name": _("{what}, due {day}", what=item.item.label, day=day)}
        if due_on
        else {},
    )
