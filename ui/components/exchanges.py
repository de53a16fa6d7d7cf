"""What was last exchanged with a customer, word for word."""

from nicegui import ui

from domain.customers.activity import (
    ATTEMPT_KINDS,
    CONTACT_KINDS,
    Activity,
    ActivityKind,
)
from domain.usecases.customer_sheet import CustomerSheet
from ui import design, formatting
from ui.components.activity_timeline import name_of, words_of
from ui.components.text import secondary, section_title
from ui.translation import _

_SHOWN = 6
_KINDS = frozenset(
    {
        *CONTACT_KINDS,
        *ATTEMPT_KINDS,
        ActivityKind.PROMISE_MADE,
        ActivityKind.DISPUTE_OPENED,
        ActivityKind.NOTE,
    }
)


def exchanges(sheet: CustomerSheet) -> None:
    """Draw the latest exchanges; a message opens on its words."""
    section_title(_("Last exchanges"))
    found = [
        one
        for one in sheet.activities
        if one.kind in _KINDS and one.id not in sheet.undone
    ]
    if not found:
        secondary(_("Nothing was exchanged yet."))
    for activity in found[:_SHOWN]:
        with ui.element("div").classes(design.WHY):
            _exchange(activity)


def _exchange(activity: Activity) -> None:
    day = formatting.day(activity.happened_on)
    amount = f" · {formatting.money(activity.amount)}" if activity.amount else ""
    heading = f"{day} · {name_of(activity)}{amount}"
    words = words_of(activity)
    if not activity.body:
        ui.label(heading).classes(design.STRONG)
        if words:
            ui.label(words).classes(design.KEPT_LINES)
        return
    with ui.element("details"):
        with ui.element("summary"):
            ui.label(f"{heading} · {words}" if words else heading)
        ui.label(activity.body).classes(design.KEPT_LINES)
