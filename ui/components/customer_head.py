"""The head of a customer's sheet: who it is, and whether it can be reminded."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from domain.dashboard.payers import Score
from domain.usecases.customer_sheet import CustomerSheet
from ui import design, forecast_words, formatting, labels, why_words
from ui.components.badge import badge, level
from ui.components.buttons import icon_button, quiet_button, secondary_button
from ui.components.score_badge import score_badge
from ui.components.text import title
from ui.design import Tone
from ui.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadGestures:
    """What can be decided about the whole customer."""

    follow: Callable[[], Any]
    profile: Callable[[], Any]
    explain: Callable[[], Any]
    email: Callable[[], Any]
    letter: Callable[[], Any]
    call: Callable[[], Any]
    other: Callable[[], Any]
    note: Callable[[], Any]
    promise: Callable[[], Any]
    dispute: Callable[[], Any]
    stop: Callable[[], Any]
    lift: Callable[[], Any]


def customer_head(sheet: CustomerSheet, gestures: HeadGestures) -> None:
    """Draw name, code, flag, profile, whether it can be reminded, and the gestures."""
    with ui.element("div").classes(design.PAGE_HEAD):
        with ui.element("div").classes(design.SHEET_NAME):
            title(sheet.customer.name)
            _facts(sheet, gestures)
        with ui.element("div").classes(design.PAGE_ACTIONS):
            _gestures(sheet, gestures)
    _standing(sheet, gestures)


def _facts(sheet: CustomerSheet, gestures: HeadGestures) -> None:
    with ui.element("div").classes(design.ROW):
        _flag(sheet, gestures)
        ui.label(sheet.customer.code).classes(design.STRONG)
        ui.label(_("Profile {name}", name=sheet.profile_name))
        quiet_button(_("Change profile / dispute"), gestures.profile).mark("profile")
        if sheet.level:
            badge(level(sheet.level))
        if sheet.payer.score:
            _score(sheet.payer.score)


def _score(found: Score) -> None:
    text = _("Score {grade}", grade=found.grade)
    shown = badge(score_badge(found.grade, text)).mark("score")
    shown.tooltip(labels.capitalised(forecast_words.score(found)))


def _gestures(sheet: CustomerSheet, gestures: HeadGestures) -> None:
    for channel, says, act in (
        ("email", _("E-mail"), gestures.email),
        ("letter", _("Letter"), gestures.letter),
        ("phone", _("Call"), gestures.call),
        ("other", _("Other"), gestures.other),
    ):
        icon = design.CHANNEL_ICONS[channel]
        button = secondary_button(says, act, icon=icon).mark(f"by-{channel}")
        if channel == "phone":
            _key(button, "a")
    note = secondary_button(_("Note"), gestures.note, icon="notes")
    _key(note.mark("add-note"), "n")
    if sheet.owes:
        promise = secondary_button(_("Promise"), gestures.promise, icon="handshake")
        _key(promise, "p")
        _key(secondary_button(_("Dispute"), gestures.dispute, icon="gavel"), "l")
    if sheet.hold:
        lift = secondary_button(_("Lift the STOP"), gestures.lift, icon="play_arrow")
        _key(lift, "s")
    else:
        stop = secondary_button(_("STOP"), gestures.stop, icon="front_hand")
        _key(stop.props(design.STOP_BUTTON).mark("stop"), "s")


def _key(button: ui.button, key: str) -> None:
    """Let one key press a button; static/keyboard.js listens."""
    button.props["data-key"] = key
    button.props["aria-keyshortcuts"] = key.upper()


def _flag(sheet: CustomerSheet, gestures: HeadGestures) -> None:
    is_followed = sheet.customer.is_followed
    says = _("Followed: click to follow no more") if is_followed else _("Follow")
    icon = "flag" if is_followed else "outlined_flag"
    flag = icon_button(icon, says, gestures.follow).mark("follow")
    flag.props["aria-pressed"] = str(is_followed).lower()
    _key(flag, "f")


def _standing(sheet: CustomerSheet, gestures: HeadGestures) -> None:
    tone, words = standing(sheet)
    with ui.element("div").classes(design.STANDING).classes(tone.css).mark("standing"):
        ui.icon(design.TONE_ICONS[tone]).props("aria-hidden=true")
        ui.label(words)
        why = quiet_button(_("Why?"), gestures.explain).mark("why")
        _key(why, "w")


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
        reason=why_words.told(reason),
    )
