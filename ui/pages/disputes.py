"""« Litiges »: what customers contest, since when, and for how much."""

from nicegui import ui

from domain.basics.listing import ListQuery
from domain.customers.agreement_lines import DisputeLine
from domain.usecases import follow_lists
from ui.components.bulk_bar import BulkGesture
from ui.components.confirm_dialog import confirm
from ui.components.customer_rows import level_field, line_ids, open_sheet, row_id
from ui.components.data_table import Empty, PageOf
from ui.components.list_filters import FilterField, FilterKind
from ui.components.list_look import ListLook
from ui.components.list_page import list_page, page_of
from ui.components.table_cells import Column, ColumnKind, Row
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext


async def disputes_page(session: Session) -> None:
    """List the open disputes; close some."""

    async def fetch(query: ListQuery) -> PageOf:
        page = await session.run(
            follow_lists.disputes_page, session.entity_id, session.today(), query
        )
        return page_of(page, _row)

    async def close(rows: list[str]) -> None:
        with refusals_shown():
            count = len(rows)
            if not await confirm(
                ngettext("Close {count} dispute?", "Close {count} disputes?", count),
                _("What was contested may be reminded again from today on."),
                ngettext("Close {count} dispute", "Close {count} disputes", count),
            ):
                return
            done = await session.run(
                follow_lists.close_disputes,
                session.entity_id,
                line_ids(rows),
                session.today(),
                session.now(),
            )
            ui.notify(
                ngettext("{count} dispute closed", "{count} disputes closed", done)
            )
            await screen.refresh()

    gesture = BulkGesture(
        verb=_("Close the dispute"), icon="done_all", act=close, mark="close"
    )
    screen = await list_page(
        session, _look(), fetch, on_open=open_sheet, gestures=[gesture]
    )


def _look() -> ListLook:
    return ListLook(
        name="disputes",
        title=_("Disputes"),
        columns=[
            Column(name="code", label=_("Code")),
            Column(name="customer", label=_("Customer")),
            Column(name="opened_on", label=_("Since"), kind=ColumnKind.DATE),
            Column(name="level", label=_("Level"), kind=ColumnKind.LEVEL),
            Column(name="due", label=_("Amount due"), kind=ColumnKind.MONEY),
            Column(name="reference", label=_("Invoice")),
            Column(name="reason", label=_("Reason")),
        ],
        fields=[
            FilterField(
                name="about",
                label=_("What is contested"),
                kind=FilterKind.CHOICE,
                choices={"item": _("An invoice"), "account": _("Whole account")},
                in_sight=True,
            ),
            FilterField(name="opened_on", label=_("Since"), kind=FilterKind.DAYS),
            level_field(),
            FilterField(name="due", label=_("Amount due"), kind=FilterKind.AMOUNT),
        ],
        search_says=_("Name, code or document"),
        counted=lambda n: ngettext("{count} dispute", "{count} disputes", n),
        empty=Empty(
            heading=_("No open dispute"),
            why=_(
                "Disputes are opened on a customer's sheet, and stay here until closed."
            ),
            icon="gavel",
        ),
        sort="code",
    )


def _row(line: DisputeLine) -> Row:
    return Row(
        id=row_id(line.dispute_id, line.customer_id),
        cells={
            "code": line.code,
            "customer": line.name,
            "opened_on": line.opened_on,
            "level": line.level,
            "due": line.due,
            "reference": line.reference or _("Whole account"),
            "reason": line.reason,
        },
    )
