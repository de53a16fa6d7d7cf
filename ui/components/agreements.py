"""What is in force with a customer: stops, disputes, promises."""

from collections.abc import Callable
from functools import partial
from typing import Any

from nicegui import ui

from domain.customers.agreements import Dispute, Hold, Promise
from domain.usecases.customer_sheet import CustomerSheet
from ui import design, formatting
from ui.components.buttons import quiet_button
from ui.design import Tone
from ui.translation import _


def agreements(
    sheet: CustomerSheet,
    on_lift: Callable[[Hold], Any],
    on_close: Callable[[Dispute], Any],
    on_cancel: Callable[[Promise], Any],
) -> None:
    """Draw each on a line, with its dates and the gesture that ends it.

    The stop of the whole customer stands in the head of the sheet.
    """
    holds = [hold for hold in sheet.holds if hold != sheet.hold]
    if not (holds or sheet.disputes or sheet.promises):
        return
    with ui.element("div").classes(design.LIST):
        for hold in holds:
            with _line(sheet, hold, Tone.STOPPED, held(hold), hold.reason):
                quiet_button(_("Lift the STOP"), partial(on_lift, hold))
        for dispute in sheet.disputes:
            words = _("Dispute since {day}", day=formatting.day(dispute.opened_on))
            with _line(sheet, dispute, Tone.DISPUTE, words, dispute.reason):
                quiet_button(_("Close the dispute"), partial(on_close, dispute))
        for promise in sheet.promises:
            tone = Tone.NOT_DUE if promise.is_to_come(sheet.today) else Tone.OVERDUE
            with _line(sheet, promise, tone, _promised(sheet, promise), ""):
                quiet_button(_("Cancel the promise"), partial(on_cancel, promise))


def held(hold: Hold) -> str:
    """Say since when dunning is stopped, and until when."""
    since = formatting.day(hold.starts_on)
    if hold.ends_on:
        return _(
            "STOP since {day}, until {end}",
            day=since,
            end=formatting.day(hold.ends_on),
        )
    return _("STOP since {day}", day=since)


def _promised(sheet: CustomerSheet, promise: Promise) -> str:
    amount, day = formatting.money(promise.amount), formatting.day(promise.promised_for)
    if promise.is_to_come(sheet.today):
        return _("{amount} promised for {day}", amount=amount, day=day)
    return _("{amount} promised for {day}, not kept", amount=amount, day=day)


def _line(
    sheet: CustomerSheet,
    agreement: Hold | Dispute | Promise,
    tone: Tone,
    words: str,
    reason: str,
) -> ui.element:
    """Draw an agreement; its gesture goes inside."""
    about = sheet.reference(agreement.item_id) if agreement.item_id else ""
    kind = type(agreement).__name__.lower()
    with ui.element("div").classes(design.SHORT_ROW).mark(kind):
        ui.icon(design.TONE_ICONS[tone]).classes(tone.css).props("aria-hidden=true")
        with ui.element("div").classes(design.LIST_MAIN):
            ui.label(words).classes(design.STRONG)
            for detail in (about, reason):
                if detail:
                    ui.label(detail).classes(design.SECONDARY_TEXT)
        return ui.element("div").classes(design.ROW)
