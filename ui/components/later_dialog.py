"""Choose the day and the time at which e-mails leave."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta

from nicegui import ui

from domain.basics.errors import DunningError
from ui import design
from ui.components.date_input import DateInput
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.text import paragraph
from ui.session import Session
from ui.translation import _

_MORNING = "08:30"


class TimeNotUnderstoodError(DunningError):
    """What was typed is no time of the day."""

    message = "“{typed}” is not a time: type it as HH:MM."


class TimePastError(DunningError):
    """Nothing can leave before now."""

    message = "This time has passed: choose a later one, or send now."


def later_dialog(
    session: Session, on_time: Callable[[datetime], Awaitable[None]]
) -> None:
    """Ask for a moment to come, on the user's clock."""

    async def save() -> None:
        chosen = day.day or session.today()
        moment = datetime.combine(chosen, _time_in(typed(at))).astimezone()
        if moment <= session.now():
            raise TimePastError
        await on_time(moment)

    with form_dialog(_("Send later"), _("Send at this time"), save):
        paragraph(
            _(
                "It leaves at this time if Relance is open, else as soon as it is "
                "opened again; what is paid meanwhile is withdrawn."
            )
        )
        with ui.element("div").classes(design.TWO_FIELDS):
            day = DateInput(_("Day"), session.today() + timedelta(days=1))
            day.mark("later-day")
            at = text_field(_("Time"), _MORNING).mark("later-time")
            at.props("mask=##:## inputmode=numeric")


def _time_in(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError as problem:
        raise TimeNotUnderstoodError(typed=text) from problem
