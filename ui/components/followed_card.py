"""« Échelle temporelle »: what followed customers owe, by due date."""

from datetime import date, timedelta

from nicegui import ui

from domain.dashboard.followed import FollowedDue
from ui import addresses, design, formatting
from ui.components.text import secondary, section_title
from ui.translation import _

_DAY, _WEEK, _MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=30)


def followed_card(due: FollowedDue, today: date) -> None:
    """Draw what falls due within a week, and what did lately; each opens its list."""
    with ui.element("section").classes(design.CARD).mark("followed"):
        section_title(_("Time scale"))
        secondary(_("Customers that you follow"))
        for words, amount, first, last in (
            (_("Due within 7 days"), due.within_week, today, today + _WEEK),
            (
                _("Fell due in the last 7 days"),
                due.last_week,
                today - _WEEK,
                today - _DAY,
            ),
            (
                _("Fell due in the last 30 days"),
                due.last_month,
                today - _MONTH,
                today - _DAY,
            ),
        ):
            address = addresses.items_due(first, last, followed=True)
            with ui.link(target=address).classes(design.LINK_ROW):
                ui.icon("event").classes(design.ROW_ICON).props("aria-hidden=true")
                ui.label(words)
                ui.label(formatting.money(amount)).classes(design.AMOUNT)
