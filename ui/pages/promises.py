"""« Promesses »: who promised what for when, and what became of it."""

from datetime import date
from functools import partial

from nicegui import ui

from domain.basics.listing import ListQuery
from domain.customers.agreement_lines import PromiseLine, PromiseState
from domain.usecases import follow_lists
from ui import labels
from ui.components.badge import Badge
from ui.components.bulk_bar import BulkGesture
from ui.components.confirm_dialog import confirm
from ui.components.customer_rows import level_field, line_ids, open_sheet, row_id
from ui.components.data_table import Empty, PageOf
from ui.components.list_filters import FilterField, FilterKind
from ui.components.list_look import ListLook
from ui.components.list_page import list_page, page_of
from ui.components.table_cells import Column, ColumnKind, Row
from ui.design import Tone
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext

_LOOKS = {
    PromiseState.BROKEN: (Tone.STOPPED, "event_busy"),
    PromiseState.PARTLY_KEPT: (Tone.OVERDUE, "hourglass_bottom"),
    PromiseState.TO_COME: (Tone.NOT_DUE, "handshake"),
    PromiseState.KEPT: (Tone.SETTLED, "check_circle_outline"),
    PromiseState.CANCELLED: (Tone.NEUTRAL, "close"),
}
_STANDING = (PromiseState.BROKEN, PromiseState.PARTLY_KEPT, PromiseState.TO_COME)


async def promises_page(session: Session) -> None:
    """List the promises that wait, the late ones first; cancel some."""

    async def fetch(query: ListQuery) -> PageOf:
        page = await session.run(
            follow_lists.promises_page, session.entity_id, session.today(), query
        )
        return page_of(page, partial(_row, session.today()))

    async def cancel(rows: list[str]) -> None:
        with refusals_shown():
            count = len(rows)
            if not await confirm(
                ngettext("Cancel {count} promise?", "Cancel {count} promises?", count),
                _("It no longer keeps any reminder back, and stays in the history."),
                ngettext("Cancel {count} promise", "Cancel {count} promises", count),
                dangerous=True,
            ):
                return
            done = await session.run(
                follow_lists.cancel_promises,
                session.entity_id,
                line_ids(rows),
                session.today(),
                session.now(),
            )
            ui.notify(
                ngettext(
                    "{count} promise cancelled", "{count} promises cancelled", done
                )
            )
            await screen.refresh()

    names = await session.run(follow_lists.salespeople, session.entity_id)
    gesture = BulkGesture(
        verb=_("Cancel the promise"), icon="event_busy", act=cancel, mark="cancel"
    )
    screen = await list_page(
        session, _look(names), fetch, on_open=open_sheet, gestures=[gesture]
    )


def _look(salespeople: list[str]) -> ListLook:
    return ListLook(
        name="promises",
        title=_("Promises"),
        columns=_columns(),
        fields=[
            FilterField(
                name="state",
                label=_("State"),
                choices={
                    state: labels.capitalised(labels.promise_state(state))
                    for state in PromiseState
                },
            ),
            FilterField(
                name="salesperson",
                label=_("Salesperson"),
                choices={name: name for name in salespeople},
            ),
            FilterField(
                name="promised_for", label=_("Promised for"), kind=FilterKind.DAYS
            ),
            level_field(),
            FilterField(
                name="amount", label=_("Promised amount"), kind=FilterKind.AMOUNT
            ),
        ],
        search_says=_("Name, code or document"),
        counted=lambda n: ngettext("{count} promise", "{count} promises", n),
        empty=Empty(
            heading=_("No promise to show"),
            why=_(
                "Promises are noted on a customer's sheet, and wait here for their "
                "day. Those kept or cancelled are shown without the filter."
            ),
            icon="handshake",
        ),
        sort="state",
        usual={"state": _STANDING},
        hidden=frozenset({"code"}),
        explains=_(
            "A promise is kept once its amount came since it was made, or once what it "
            "was about is settled."
        ),
    )


def _columns() -> list[Column]:
    money = ColumnKind.MONEY
    return [
        Column(name="customer", label=_("Customer")),
        Column(name="code", label=_("Code")),
        Column(name="state", label=_("State"), kind=ColumnKind.BADGE),
        Column(name="promised_for", label=_("Promised for"), kind=ColumnKind.DATE),
        Column(name="late", label=_("Late by"), kind=ColumnKind.DAYS, sortable=False),
        Column(name="amount", label=_("Promised amount"), kind=money),
        Column(name="received", label=_("Received since"), kind=money),
        Column(name="overdue", label=_("Overdue"), kind=money),
        Column(name="level", label=_("Level"), kind=ColumnKind.LEVEL),
        Column(name="reference", label=_("Invoice")),
        Column(name="salesperson", label=_("Salesperson")),
    ]


def _row(today: date, line: PromiseLine) -> Row:
    tone, icon = _LOOKS[line.state]
    return Row(
        id=row_id(line.promise_id, line.customer_id),
        is_muted=line.state in {PromiseState.KEPT, PromiseState.CANCELLED},
        cells={
            "customer": line.name,
            "code": line.code,
            "state": Badge(text=labels.promise_state(line.state), tone=tone, icon=icon),
            "promised_for": line.promised_for,
            "late": (today - line.promised_for).days if line.state.is_late else None,
            "amount": line.amount,
            "received": line.received,
            "overdue": line.overdue,
            "level": line.level,
            "reference": line.reference or _("Whole account"),
            "salesperson": line.salesperson,
        },
    )
