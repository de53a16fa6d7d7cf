"""One customer of a bucket: ticked or not, how much, since when, which items."""

from collections.abc import Awaitable, Callable
from datetime import date

from nicegui import events, ui

from domain.basics.identifiers import ItemId
from domain.ledger.open_item import OpenItem
from domain.usecases.acting import BucketRow
from ui import addresses, design, formatting
from ui.components.badge import Badge, badge
from ui.components.invoice_button import InvoiceButtons
from ui.design import Tone
from ui.translation import _

OnTick = Callable[[frozenset[ItemId]], Awaitable[None]]


def bucket_row(
    row: BucketRow,
    ticked: frozenset[ItemId],
    invoices: InvoiceButtons,
    *,
    today: date,
    is_read: bool,
    on_tick: OnTick,
    on_open: Callable[[], Awaitable[None]],
) -> None:
    """Draw a customer and its items; Space ticks, Enter shows the message."""
    items = frozenset(item.id for item in row.message.items)
    state = {"ticked": ticked}
    boxes: dict[ItemId, ui.checkbox] = {}

    async def tick_all(event: events.ValueChangeEventArguments[bool | None]) -> None:
        if event.value is None:
            return
        state["ticked"] = items if event.value else frozenset()
        for box in boxes.values():
            box.set_value(bool(event.value))
        await on_tick(state["ticked"])

    async def tick_one(item: OpenItem, is_ticked: bool) -> None:
        changed = (
            state["ticked"] | {item.id} if is_ticked else state["ticked"] - {item.id}
        )
        if changed != state["ticked"]:
            state["ticked"] = changed
            await on_tick(changed)

    with ui.element("div").classes(design.BUCKET_ROW) as drawn:
        drawn.props["aria-current"] = "true" if is_read else "false"
        box = ui.checkbox(value=bool(ticked), on_change=tick_all)
        box.props("dense").props["aria-label"] = row.customer.name
        box.mark("tick-customer")
        with ui.element("button").classes(design.BUCKET_ROW_NAME) as name:
            ui.label(row.customer.name).classes(design.STRONG)
            ui.label(row.customer.code).classes(design.SECONDARY_TEXT)
        name.on("click", on_open).mark("open-message")
        _marks(row, invoices)
        late = (today - row.message.due_since).days
        ui.label(
            _("since {days}", days=formatting.days(late)) if late else _("today")
        ).classes(design.SECONDARY_TEXT)
        ui.label(formatting.money(row.message.total)).classes(design.AMOUNT)
        ui.link(_("Customer sheet"), addresses.customer(row.customer.id))
        if len(row.message.items) > 1:
            with ui.element("div").classes(design.BUCKET_ITEMS):
                for item in row.message.items:
                    is_ticked = item.id in ticked
                    boxes[item.id] = _item(item, is_ticked, invoices, today, tick_one)


def _item(
    item: OpenItem,
    is_ticked: bool,
    invoices: InvoiceButtons,
    today: date,
    on_tick: Callable[[OpenItem, bool], Awaitable[None]],
) -> ui.checkbox:
    with ui.element("div").classes(design.BUCKET_ITEM):
        with ui.element("span").classes(design.NAMED_INVOICE):
            box = ui.checkbox(
                item.reference,
                value=is_ticked,
                on_change=lambda event: on_tick(item, bool(event.value)),
            )
            box.props("dense")
            invoices.button(item)
        due = formatting.day(item.due_on) if item.due_on else ""
        ui.label(due).classes(design.SECONDARY_TEXT)
        days = item.days_overdue(today)
        ui.label(formatting.days(days) if days else "").classes(design.SECONDARY_TEXT)
        ui.label(formatting.money(item.left)).classes(design.AMOUNT)
    return box


def _marks(row: BucketRow, invoices: InvoiceButtons) -> None:
    with ui.element("span").classes(design.NAMED_INVOICE):
        if len(row.message.items) == 1:
            invoices.button(row.message.items[0])
        if row.message.promise_broken:
            badge(Badge(text=_("promise not kept"), tone=Tone.STOPPED))
        if row.address_missing:
            badge(Badge(text=_("no postal address"), tone=Tone.WARNING))
