"""What is in force with a customer: stops, disputes, promises."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from nicegui import ui

from domain.customers.agreement_lines import PromiseState
from domain.customers.agreements import Dispute, Hold, Promise
from domain.usecases.customer_sheet import CustomerSheet
from ui import design, formatting
from ui.components.buttons import icon_button, quiet_button
from ui.design import Tone
from ui.translation import _

Agreement = Hold | Dispute | Promise
_TONES = {PromiseState.KEPT: Tone.SETTLED, PromiseState.TO_COME: Tone.NOT_DUE}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementLineGestures:
    """What corrects and what ends each kind of agreement."""

    change_hold: Callable[[Hold], Any]
    lift: Callable[[Hold], Any]
    change_dispute: Callable[[Dispute], Any]
    close_dispute: Callable[[Dispute], Any]
    change_promise: Callable[[Promise], Any]
    cancel_promise: Callable[[Promise], Any]


def agreements(sheet: CustomerSheet, gestures: AgreementLineGestures) -> None:
    """Draw each on a line, with its dates and what corrects or ends it."""
    if not (sheet.holds or sheet.disputes or sheet.promises):
        return
    with ui.element("div").classes(design.LIST).classes(design.AGREEMENTS):
        for hold in sheet.holds:
            with _line(sheet, hold, Tone.STOPPED, held(hold), hold.reason):
                _edit(partial(gestures.change_hold, hold))
                quiet_button(_("Lift the STOP"), partial(gestures.lift, hold))
        for dispute in sheet.disputes:
            words = _("Dispute since {day}", day=formatting.day(dispute.opened_on))
            with _line(sheet, dispute, Tone.DISPUTE, words, dispute.reason):
                _edit(partial(gestures.change_dispute, dispute))
                quiet_button(
                    _("Close the dispute"), partial(gestures.close_dispute, dispute)
                )
        for promise in sheet.promises:
            tone = _TONES.get(sheet.fates[promise.id].state, Tone.OVERDUE)
            with _line(sheet, promise, tone, _promised(sheet, promise), ""):
                _edit(partial(gestures.change_promise, promise))
                quiet_button(
                    _("Cancel the promise"), partial(gestures.cancel_promise, promise)
                )


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
        words = _("{amount} promised for {day}", amount=amount, day=day)
    else:
        words = _("{amount} promised for {day}, not kept", amount=amount, day=day)
    paid = sheet.fates[promise.id].received
    if not paid:
        return words
    return _(
        "{promise} ({amount} paid since)", promise=words, amount=formatting.money(paid)
    )


def _edit(on_click: Callable[[], Any]) -> None:
    icon_button("edit", _("Correct"), on_click).mark("edit-agreement")


def _line(
    sheet: CustomerSheet,
    agreement: Agreement,
    tone: Tone,
    words: str,
    reason: str,
) -> ui.element:
    """Draw an agreement; its gestures go inside."""
    about = agreement.item_id and (
        sheet.reference(agreement.item_id) or _("no longer in the books")
    )
    kind = type(agreement).__name__.lower()
    with ui.element("div").classes(design.SHORT_ROW).mark(kind):
        ui.icon(design.TONE_ICONS[tone]).classes(tone.css).props("aria-hidden=true")
        with ui.element("div").classes(design.LIST_MAIN):
            ui.label(words).classes(design.STRONG)
            for detail in (about, reason):
                if detail:
                    ui.label(detail).classes(design.SECONDARY_TEXT)
        return ui.element("div").classes(design.ROW)
