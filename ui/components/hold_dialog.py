"""Stop dunning: why, and until when."""

from collections.abc import Awaitable, Callable
from datetime import date

from ui.components.date_input import DateInput
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.text import paragraph
from ui.translation import _

OnHold = Callable[[str, date | None], Awaitable[None]]


def hold_dialog(reference: str, on_hold: OnHold) -> None:
    """Ask why and until when; ``reference`` names an item, empty the customer."""

    async def save() -> None:
        await on_hold(typed(reason), ends_on.day)

    heading = _("Stop reminding this customer")
    if reference:
        heading = _("Stop reminding {reference}", reference=reference)
    with form_dialog(heading, _("Place the STOP"), save):
        paragraph(
            _(
                "Nothing is proposed any more, and what waits to leave is withdrawn. "
                "You may lift the STOP at any time."
            )
        )
        reason = text_field(_("Reason")).props("autofocus").mark("reason")
        ends_on = DateInput(_("Until (empty: until you lift it)")).mark("ends-on")
