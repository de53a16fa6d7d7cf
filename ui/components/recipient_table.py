"""One of the four lists of recipients, as a table to tick."""

from collections.abc import Sequence

from domain.basics.money import Money, per_currency
from domain.basics.text import folded, natural_key
from domain.usecases.recipients import RecipientLine, RecipientList
from ui import formatting
from ui.components.data_table import (
    DataTable,
    Empty,
    PageOf,
    PageRequest,
    data_table,
)
from ui.components.table_cells import Column, ColumnKind, Row
from ui.session import Session
from ui.translation import _

_CODE, _NAME, _EMAIL, _WHY, _SINCE = "code", "name", "email", "why", "since"
_LEVEL, _TOTAL = "level", "total"


async def recipient_table(
    session: Session, shown: RecipientList, lines: Sequence[RecipientLine]
) -> DataTable:
    """Draw a list in order of customer numbers, as long as nobody asks otherwise."""
    orders = {
        _CODE: lambda x: natural_key(x.customer.code),
        _NAME: lambda x: folded(x.customer.name),
        _EMAIL: lambda x: x.email,
        _WHY: lambda x: x.problem,
        _SINCE: lambda x: x.since,
        _LEVEL: lambda x: x.level,
        _TOTAL: lambda x: [total.cents for total in x.totals],
    }

    async def fetch(request: PageRequest) -> PageOf:
        ordered = list(lines)
        if request.sort_by:
            key = orders[request.sort_by]
            ordered.sort(key=key, reverse=request.is_descending)
        return PageOf(
            rows=[
                _row(line)
                for line in ordered[request.offset : request.offset + request.size]
            ],
            count=len(ordered),
            totals={_TOTAL: per_currency(total for x in lines for total in x.totals)},
        )

    return await data_table(
        session, f"recipients-{shown}", _columns(shown), fetch, _empty(shown)
    )


def _columns(shown: RecipientList) -> list[Column]:
    columns = [
        Column(name=_CODE, label=_("Code")),
        Column(name=_NAME, label=_("Customer")),
        Column(name=_LEVEL, label=_("Reminder"), kind=ColumnKind.LEVEL),
        Column(name=_TOTAL, label=_("Amount"), kind=ColumnKind.MONEY),
    ]
    if shown is RecipientList.SET_ASIDE:
        kind = ColumnKind.DATE
        columns.append(Column(name=_SINCE, label=_("Taken off on"), kind=kind))
    is_to_set = shown is RecipientList.TO_SET
    address = _("Known address") if is_to_set else _("E-mail")
    columns.append(Column(name=_EMAIL, label=address))
    if shown is RecipientList.TO_CHECK:
        columns.append(Column(name=_WHY, label=_("What is odd")))
    return columns


def _row(line: RecipientLine) -> Row:
    return Row(
        id=line.customer.id,
        cells={
            _CODE: line.customer.code,
            _NAME: line.customer.name,
            _EMAIL: line.email,
            _WHY: _(line.problem) if line.problem else "",
            _SINCE: line.since,
            _LEVEL: line.level,
            _TOTAL: _owed(line.totals),
        },
    )


def _owed(totals: tuple[Money, ...]) -> Money | str:
    """Write several currencies on the one line of a row."""
    return totals[0] if len(totals) == 1 else formatting.amounts(totals)


def _empty(shown: RecipientList) -> Empty:
    return {
        RecipientList.TO_SEND: lambda: Empty(
            heading=_("No reminder to send by e-mail today"),
            why=_(
                "Customers come here when a reminder is due and their recipient is set."
            ),
            icon="mark_email_read",
        ),
        RecipientList.SET_ASIDE: lambda: Empty(
            heading=_("Nobody is taken off the send list"),
            why=_("Customers you take off it stay here until you put them back."),
            icon="remove_done",
        ),
        RecipientList.TO_CHECK: lambda: Empty(
            heading=_("No address to check"),
            why=_("Addresses that look wrong come here, with the reason."),
            icon="task_alt",
        ),
        RecipientList.TO_SET: lambda: Empty(
            heading=_("Every customer to remind has a recipient"),
            why=_("Customers to remind whose recipient is not set come here."),
            icon="task_alt",
        ),
    }[shown]()
