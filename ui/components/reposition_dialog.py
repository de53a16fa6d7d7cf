"""« Repositionner »: say when items are now expected to be paid."""

from collections.abc import Awaitable, Callable
from datetime import date

from domain.basics.errors import DunningError
from ui.components.date_input import DateInput
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.text import paragraph
from ui.translation import _


class ExpectedDayMissingError(DunningError):
    """A payment is expected on some day."""

    message = "Give the day on which the payment is now expected."


def reposition_dialog(
    about: str, expected: date | None, on_day: Callable[[date, str], Awaitable[None]]
) -> None:
    """Ask for the day and, if one wants, the reason."""

    async def save() -> None:
        if day.day is None:
            raise ExpectedDayMissingError
        await on_day(day.day, typed(reason))

    heading = _("Reposition {about}", about=about)
    with form_dialog(heading, _("Reposition"), save):
        paragraph(
            _(
                "The forecasts follow this day. The due date stays, and so do the "
                "reminders: to wait, note a promise or a STOP."
            )
        )
        day = DateInput(_("Expected on"), expected).autofocus().mark("expected-on")
        reason = text_field(_("Reason")).mark("reason")
