"""The head of a customer's sheet: who it is, and whether it can be reminded."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from domain.usecases.customer_sheet import CustomerSheet
from ui import design, formatting, labels
from ui.components.agreements import held
from ui.components.badge import Badge, badge, level
from ui.components.buttons import secondary_button
from ui.components.page_head import page_head
from ui.design import Tone
from ui.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadGestures:
    """What can be decided about the whole customer."""

    note: Callable[[], Any]
    promise: Callable[[], Any]
    dispute: Callable[[], Any]
    stop: Callable[[], Any]
    lift: Callable[[], Any]


def customer_head(sheet: CustomerSheet, gestures: HeadGestures) -> None:
    """Draw name, code, profile, and the gestures."""
    with page_head(sheet.customer.name):
        secondary_button(_("Note"), gestures.note, icon="notes").mark("add-note")
        if sheet.amounts.is_debit:
            secondary_button(_("Promise"), gestures.promise, icon="handshake")
            secondary_button(_("Dispute"), gestures.dispute, icon="gavel")
        if sheet.hold:
            secondary_button(_("Lift the STOP"), gestures.lift, icon="play_arrow")
        else:
            stop = secondary_button(_("STOP"), gestures.stop, icon="front_hand")
            stop.props(design.STOP_BUTTON).mark("stop")
    with ui.element("div").classes(design.ROW):
        ui.label(sheet.customer.code).classes(design.STRONG)
        ui.label(_("Profile {name}", name=sheet.profile_name))
        if sheet.level:
            badge(level(sheet.level))
        if sheet.hold:
            badge(Badge(text=held(sheet.hold), tone=Tone.STOPPED, icon="front_hand"))
    _standing(sheet)


def _standing(sheet: CustomerSheet) -> None:
    tone, words = standing(sheet)
    with ui.element("div").classes(design.STANDING).classes(tone.css).mark("standing"):
        ui.icon(design.TONE_ICONS[tone]).props("aria-hidden=true")
        ui.label(words)


def standing(sheet: CustomerSheet) -> tuple[Tone, str]:
    """Say whether the customer can be reminded today, or why not."""
    if sheet.plan.messages:
        messages = [
            _(
                "{step} ({channel}), {amount}",
                step=labels.step(message.step.code),
                channel=labels.channel(message.channel),
                amount=formatting.money(message.total),
            )
            for message in sheet.plan.messages
        ]
        return Tone.SETTLED, _(
            "This customer can be reminded today: {messages}.",
            messages=" ; ".join(messages),
        )
    reason = sheet.main_reason
    if reason is None:
        return Tone.NEUTRAL, _("There is nothing to remind: no invoice is open.")
    if sheet.next_step and sheet.next_on and sheet.next_on > sheet.today:
        return Tone.NOT_DUE, _(
            "This customer is not to be reminded today: {step} possible on {day}.",
            step=labels.step(sheet.next_step.code),
            day=formatting.day(sheet.next_on),
        )
    tone = Tone.STOPPED if sheet.hold else Tone.WARNING
    return tone, _(
        "This customer cannot be reminded today: {reason}.",
        reason=labels.reason(reason).removesuffix("."),
    )
