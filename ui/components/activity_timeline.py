"""What was done about a customer, the latest first."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from nicegui import ui

from domain.customers.activity import (
    ATTEMPT_KINDS,
    CONTACT_KINDS,
    POSTAL_KINDS,
    RECEIVED_KINDS,
    Activity,
    ActivityKind,
)
from domain.dunning.outbox import ReturnReason
from domain.usecases.customer_sheet import CustomerSheet
from ui import design, formatting, labels, post_words
from ui.components.buttons import icon_button, quiet_button
from ui.translation import _, ngettext

_SHOWN_FIRST = 12
_NAMED_FIRST = 4
"""So many items are named on a line; the others are counted."""
_ICONS = {
    ActivityKind.CALL: "call",
    ActivityKind.CALL_UNANSWERED: "phone_missed",
    ActivityKind.WRONG_NUMBER: "phonelink_erase",
    ActivityKind.CALL_PUT_OFF: "phone_callback",
    ActivityKind.CALL_CANCELLED: "phone_disabled",
    ActivityKind.OTHER_CONTACT: "forum",
    ActivityKind.OTHER_CONTACT_CANCELLED: "speaker_notes_off",
    ActivityKind.HOLD_PLACED: "front_hand",
    ActivityKind.HOLD_CHANGED: "front_hand",
    ActivityKind.HOLD_LIFTED: "play_arrow",
    ActivityKind.DISPUTE_OPENED: "gavel",
    ActivityKind.DISPUTE_CHANGED: "gavel",
    ActivityKind.DISPUTE_CLOSED: "gavel",
    ActivityKind.PROMISE_MADE: "handshake",
    ActivityKind.PROMISE_CHANGED: "handshake",
    ActivityKind.PROMISE_CANCELLED: "handshake",
    ActivityKind.LEVEL_CHANGED: "swap_vert",
    ActivityKind.LEVEL_RESTORED: "undo",
    ActivityKind.REPOSITIONED: "event",
    ActivityKind.REPOSITIONING_CANCELLED: "event_busy",
    ActivityKind.EXCLUDED: "block",
    ActivityKind.INCLUDED: "add_circle_outline",
    ActivityKind.PROFILE_CHANGED: "manage_accounts",
    ActivityKind.NOTE: "notes",
    ActivityKind.NOTE_CHANGED: "notes",
    ActivityKind.NOTE_REMOVED: "notes",
    ActivityKind.EMAIL_RETURNED: "unsubscribe",
    ActivityKind.EMAIL_DELAYED: "schedule_send",
    ActivityKind.EMAIL_READ: "mark_email_read",
    ActivityKind.AUTOMATIC_REPLY: "event_busy",
    ActivityKind.REPLY: "reply",
    ActivityKind.REGISTERED_POSTED: "outgoing_mail",
    ActivityKind.REGISTERED_RECEIVED: "how_to_reg",
    ActivityKind.REGISTERED_RETURNED: "assignment_return",
}
_DATED = frozenset(
    {
        ActivityKind.PROMISE_MADE,
        ActivityKind.PROMISE_CHANGED,
        ActivityKind.PROMISE_CANCELLED,
        ActivityKind.REPOSITIONED,
        ActivityKind.REPOSITIONING_CANCELLED,
    }
)
"""Their words are a day, as in the books."""
_LEVELLED = frozenset(
    {ActivityKind.LEVEL_CHANGED, ActivityKind.CALL, ActivityKind.OTHER_CONTACT}
)

Opened = Callable[[Activity], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryGestures:
    """What can be done from a line of the history."""

    read: Opened
    take_back: Opened


def activity_timeline(sheet: CustomerSheet, gestures: HistoryGestures) -> None:
    """Draw the latest activities, and a button for the older ones."""
    names = {row.item.id: row.item.reference for row in sheet.rows}
    excluded = {row.item.id for row in sheet.rows if row.is_excluded}

    def line(activity: Activity) -> None:
        items = sheet.named.get(activity.id, ())
        can_undo = activity.id not in sheet.undone and (
            activity.kind in _LEVELLED
            or activity.kind in {*ATTEMPT_KINDS, *POSTAL_KINDS}
            or (
                activity.kind is ActivityKind.EXCLUDED
                and not excluded.isdisjoint(items)
            )
        )
        references = [names[item] for item in items if names.get(item)]
        _line(activity, references, gestures, can_undo=can_undo)

    # What the post was wrongly said to have done is not to be read as done.
    told = [
        activity
        for activity in sheet.activities
        if activity.kind not in POSTAL_KINDS or activity.id not in sheet.undone
    ]
    with ui.element("div").classes(design.LIST) as drawn:
        for activity in told[:_SHOWN_FIRST]:
            line(activity)
    older = told[_SHOWN_FIRST:]
    if not older:
        return

    def show_older() -> None:
        button.delete()
        with drawn:
            for activity in older:
                line(activity)

    button = quiet_button(
        _("Show the next ones ({count} more)", count=len(older)), show_older
    )


def _line(
    activity: Activity,
    references: list[str],
    gestures: HistoryGestures,
    *,
    can_undo: bool,
) -> None:
    icon = _ICONS.get(activity.kind) or design.CHANNEL_ICONS.get(activity.channel)
    with ui.element("div").classes(design.SHORT_ROW).mark(f"activity-{activity.kind}"):
        ui.icon(icon or "history").tooltip(labels.channel(activity.channel))
        with ui.element("div").classes(design.LIST_MAIN):
            ui.label(formatting.day(activity.happened_on))
            ui.label(name_of(activity)).classes(design.STRONG)
            # A postal address is long: it is read with the letter.
            is_short = "\n" not in activity.recipients or "@" in activity.recipients
            recipients = activity.recipients.replace("\n", ", ") if is_short else ""
            for words in (recipients, words_of(activity), _named(references)):
                if words:
                    ui.label(words).classes(design.SECONDARY_TEXT)
        ui.label(formatting.money(activity.amount) if activity.amount else "").classes(
            design.AMOUNT
        )
        is_message = activity.kind in {*CONTACT_KINDS, *RECEIVED_KINDS}
        if is_message and (activity.body or activity.document_id):
            icon_button(
                "visibility", _("Read the message"), partial(gestures.read, activity)
            ).mark("read")
        elif can_undo:
            quiet_button(_("Undo"), partial(gestures.take_back, activity)).mark(
                "take-back"
            )


def name_of(activity: Activity) -> str:
    """Name what happened, with the level that it reached."""
    name = labels.activity_kind(activity.kind, activity.level)
    if activity.kind is ActivityKind.LEVEL_CHANGED or (
        activity.kind in _LEVELLED and activity.level
    ):
        return _("{name}: level {level}", name=name, level=activity.level)
    return name


def words_of(activity: Activity) -> str:
    """Say what was noted; a promise keeps its day there, as in the books."""
    if activity.kind in _DATED:
        promised_for = date.fromisoformat(activity.subject)
        return _("for {day}", day=formatting.day(promised_for))
    if activity.kind is ActivityKind.REGISTERED_RETURNED:
        reason = post_words.reason(ReturnReason(activity.body))
        return f"{reason} · {activity.subject}"
    return activity.subject


def _named(references: list[str]) -> str:
    """Name the first items, and count the others."""
    first = ", ".join(references[:_NAMED_FIRST])
    others = len(references) - _NAMED_FIRST
    if others <= 0:
        return first
    return ngettext(
        "{names} and {count} other", "{names} and {count} others", others, names=first
    )
