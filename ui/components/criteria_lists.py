"""« Liste de relance téléphonique » and « Liste clients »: PDF, or for Excel."""

import asyncio
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from itertools import groupby

from nicegui import ui

from domain.basics.money import Money
from domain.basics.tables import (
    TableColumn,
    TableContent,
    TableFormat,
    TableKind,
    TableValue,
)
from domain.dunning.planned import Reason
from domain.dunning.printed_list import ListedCustomer, PrintedList
from domain.usecases.by_criteria import CriteriaLine, amounts
from domain.usecases.call_session import choose_calls
from domain.usecases.printed_lists import ListHead, list_head
from ui import addresses, design, formatting, reason_words
from ui.components.buttons import secondary_button
from ui.components.save_file import open_file, save_file
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext


class ListKind(StrEnum):
    """What is printed of the customers to chase (rows E5, F4)."""

    PHONE = "phone"
    SIMPLE = "simple"
    DETAILED = "detailed"


def lists_button(session: Session, lines: Callable[[], Sequence[CriteriaLine]]) -> None:
    """Draw a menu of lists; ``lines`` tells which instalments they hold."""

    async def make(kind: ListKind, form: str) -> None:
        with refusals_shown():
            chosen = lines()
            head = await session.run(list_head, session.entity_id, session.today())
            name = f"{_titles()[kind]} {session.today():%Y-%m-%d}.{form}"
            if form == "pdf":
                printed = _printed(kind, chosen, head)
                make_pdf = session.outside.documents.list_pdf
                await open_file(name, await asyncio.to_thread(make_pdf, printed))
            else:
                table = _table(kind, chosen, head)
                write = session.outside.files.write_table
                file = await asyncio.to_thread(write, table, TableFormat.XLSX)
                await save_file(name, file)

    async def call() -> None:
        with refusals_shown():
            items = {
                group[0].customer.id: [line.item.id for line in group]
                for group in _by_customer(lines())
            }
            await session.run(choose_calls, session.entity_id, items, session.today())
            ui.navigate.to(addresses.CALLS)

    button = secondary_button(_("Lists"), lambda: None, icon="list_alt").mark("lists")
    with button, ui.menu():
        ui.item_label(
            _("Of the ticked instalments; of all those shown if none is")
        ).props("header").classes(design.SECONDARY_TEXT)
        for kind, title in _titles().items():
            for form, words in (("pdf", _("PDF")), ("xlsx", _("Excel"))):
                said = _("{list} ({form})", list=title, form=words)
                item = ui.menu_item(said, partial(make, kind, form))
                item.mark(f"list-{kind}-{form}")
        ui.separator()
        ui.menu_item(_("Call these customers"), call).mark("call-these")


def _titles() -> dict[ListKind, str]:
    return {
        ListKind.PHONE: _("Phone reminders"),
        ListKind.SIMPLE: _("List of customers"),
        ListKind.DETAILED: _("List of customers, detailed"),
    }


def _by_customer(lines: Sequence[CriteriaLine]) -> list[list[CriteriaLine]]:
    return [list(group) for _id, group in groupby(lines, lambda x: x.customer.id)]


def _printed(
    kind: ListKind, lines: Sequence[CriteriaLine], head: ListHead
) -> PrintedList:
    is_detailed = kind is not ListKind.SIMPLE
    groups = _by_customer(lines)
    counted = ngettext("{count} customer", "{count} customers", len(groups))
    return PrintedList(
        language="fr",
        title=_titles()[kind],
        note=f"{counted}, {_count(len(lines))}.",
        place_and_date=head.place_and_date,
        page=_("Page"),
        sender=head.sender,
        headings=_headings() if is_detailed else _simple_headings(),
        numbers=frozenset({2, 5} if is_detailed else {3, 4}),
        customers=tuple(_customer(group, head, is_detailed) for group in groups),
        is_detailed=is_detailed,
        total_label=_("Total"),
        totals=tuple(formatting.money(one) for one in _total(lines)),
    )


def _customer(
    lines: Sequence[CriteriaLine], head: ListHead, is_detailed: bool
) -> ListedCustomer:
    customer = lines[0].customer
    return ListedCustomer(
        name=customer.name,
        code=customer.code,
        phones=" · ".join(head.phones.get(customer.id, ())),
        count=formatting.count(len(lines)),
        total=" · ".join(formatting.money(one) for one in _total(lines)),
        lines=tuple(_line(line) for line in lines) if is_detailed else (),
    )


def _line(line: CriteriaLine) -> tuple[str, ...]:
    item = line.item
    return (
        item.reference or item.label,
        formatting.day(item.due_on) if item.due_on else formatting.NOTHING,
        formatting.days(line.days_overdue) if line.days_overdue else formatting.NOTHING,
        _level(line),
        _note(line),
        formatting.money(item.left),
    )


def _level(line: CriteriaLine) -> str:
    level = line.decision.level
    return _("R{level}", level=level) if level else formatting.NOTHING


def _note(line: CriteriaLine) -> str:
    told = (e for e in line.decision.exclusions if e.reason in _REMARKS)
    return reason_words.reason(first) if (first := next(told, None)) else ""


_REMARKS = frozenset(
    {
        Reason.CUSTOMER_HOLD,
        Reason.ITEM_HOLD,
        Reason.SET_ASIDE,
        Reason.EXCLUDED,
        Reason.COUNTER_SALE,
        Reason.AUTOMATIC_PAYMENT,
        Reason.DISPUTE,
        Reason.PROMISE_TO_COME,
        Reason.CONTACTED_RECENTLY,
        Reason.CONTACTED_OFTEN,
        Reason.INSOLVENCY,
        Reason.INSOLVENCY_NOTICE,
        Reason.PENDING_MESSAGE,
    }
)
"""What the person who calls must know; the others speak of the run alone."""


def _headings() -> tuple[str, ...]:
    return (
        _("Document"),
        _("Due date"),
        _("Lateness"),
        _("Level"),
        _("Remark"),
        _("Left to pay"),
    )


def _simple_headings() -> tuple[str, ...]:
    return (
        _("Customer"),
        _("Code"),
        _("Phone"),
        _("Instalments"),
        _("Left to pay"),
    )


def _count(count: int) -> str:
    return ngettext("{count} instalment", "{count} instalments", count)


def _total(lines: Sequence[CriteriaLine]) -> tuple[Money, ...]:
    return amounts(line.item.left for line in lines)


def _table(
    kind: ListKind, lines: Sequence[CriteriaLine], head: ListHead
) -> TableContent:
    """Write the same as a table, the customer on each of its rows."""
    customer, code, phone, count, left = _simple_headings()
    document, due, late, level, remark, _left = _headings()
    text, number = TableKind.TEXT, TableKind.NUMBER
    who = [(customer, text), (code, text), (phone, text)]
    if kind is ListKind.SIMPLE:
        columns = [*who, (count, number)]
    else:
        columns = [*who, (document, text), (due, TableKind.DATE), (late, number)]
        columns += [(level, text), (remark, text)]
    rows: list[tuple[TableValue, ...]] = []
    for group in _by_customer(lines):
        one = group[0].customer
        named = (one.name, one.code, " · ".join(head.phones.get(one.id, ())))
        if kind is ListKind.SIMPLE:
            rows += [(*named, len(group), amount) for amount in _total(group)]
            continue
        rows += [
            (
                *named,
                line.item.reference or line.item.label,
                line.item.due_on,
                line.days_overdue or None,
                _level(line),
                _note(line),
                line.item.left,
            )
            for line in group
        ]
    return TableContent(
        title=_titles()[kind],
        columns=[
            TableColumn(name=label, label=label, kind=of)
            for label, of in [*columns, (left, TableKind.MONEY)]
        ],
        rows=rows,
        totals={customer: _("Total"), left: _total(lines)},
    )
