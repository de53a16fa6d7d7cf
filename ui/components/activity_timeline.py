"""What was done about a customer, the latest first."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from functools import partial

from nicegui import ui

from domain.customers.activity import CONTACT_KINDS, Activity, ActivityKind
from ui import design, formatting, labels
from ui.components.buttons import icon_button, quiet_button
from ui.translation import _

_SHOWN_FIRST = 12
_ICONS = {
    ActivityKind.HOLD_PLACED: "front_hand",
    ActivityKind.HOLD_LIFTED: "play_arrow",
    ActivityKind.DISPUTE_OPENED: "gavel",
    ActivityKind.DISPUTE_CLOSED: "gavel",
    ActivityKind.PROMISE_MADE: "handshake",
    ActivityKind.PROMISE_CANCELLED: "handshake",
    ActivityKind.LEVEL_CHANGED: "swap_vert",
    ActivityKind.NOTE: "notes",
}

Opened = Callable[[Activity], Awaitable[None]]


def activity_timeline(activities: Sequence[Activity], on_open: Opened) -> None:
    """Draw the latest activities, and a button for the older ones."""
    with ui.element("div").classes(design.LIST) as drawn:
        for activity in activities[:_SHOWN_FIRST]:
            _line(activity, on_open)
    older = activities[_SHOWN_FIRST:]
    if not older:
        return

    def show_older() -> None:
        button.delete()
        with drawn:
            for activity in older:
                _line(activity, on_open)

    button = quiet_button(
        _("Show the next ones ({count} more)", count=len(older)), show_older
    )


def _line(activity: Activity, on_open: Opened) -> None:
    icon = _ICONS.get(activity.kind) or design.CHANNEL_ICONS.get(activity.channel)
    with ui.element("div").classes(design.SHORT_ROW).mark(f"activity-{activity.kind}"):
        ui.icon(icon or "history").tooltip(labels.channel(activity.channel))
        with ui.element("div").classes(design.LIST_MAIN):
            ui.label(formatting.day(activity.happened_on))
            ui.label(labels.activity_kind(activity.kind, activity.level)).classes(
                design.STRONG
            )
            # A postal address is long: it is read with the letter.
            is_short = "\n" not in activity.recipients
            for words in (activity.recipients if is_short else "", _words(activity)):
                if words:
                    ui.label(words).classes(design.SECONDARY_TEXT)
        ui.label(formatting.money(activity.amount) if activity.amount else "").classes(
            design.AMOUNT
        )
        if activity.kind in CONTACT_KINDS and (activity.body or activity.document_id):
            icon_button(
                "visibility", _("Read the message"), partial(on_open, activity)
            ).mark("read")


def _words(activity: Activity) -> str:
    """Say what was noted; a promise keeps its day there, as in the books."""
    if activity.kind in {ActivityKind.PROMISE_MADE, ActivityKind.PROMISE_CANCELLED}:
        promised_for = date.fromisoformat(activity.subject)
        return _("for {day}", day=formatting.day(promised_for))
    return activity.subject
