"""« Échelle temporelle »: what followed customers owe, by due date."""

from nicegui import ui

from domain.dashboard.breakdown import FollowedDue
from ui import design, formatting
from ui.components.text import secondary, section_title
from ui.translation import _


def followed_card(due: FollowedDue) -> None:
    """Draw what falls due within a week, and what did lately."""
    with ui.element("section").classes(design.CARD).mark("followed"):
        section_title(_("Time scale"))
        secondary(_("Customers that you follow"))
        for words, due_amount in (
            (_("Due within 7 days"), due.within_week),
            (_("Fell due in the last 7 days"), due.last_week),
            (_("Fell due in the last 30 days"), due.last_month),
        ):
            with ui.element("div").classes(design.ROW_SPREAD):
                ui.label(words)
                ui.label(formatting.money(due_amount)).classes(design.AMOUNT)
