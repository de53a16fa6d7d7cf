"""Stop dunning: why, and until when."""

from collections.abc import Awaitable, Callable
from datetime import date

from domain.customers.agreements import Hold
from ui.components.date_input import DateInput
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.text import paragraph
from ui.translation import _

OnHold = Callable[[str, date | None], Awaitable[None]]


def hold_dialog(about: str, on_hold: OnHold, hold: Hold | None = None) -> None:
    """Ask why and until when; ``about`` names items, empty the customer.

    With a stop, corrects it.
    """

    async def save() -> None:
        await on_hold(typed(reason), ends_on.day)

    heading = _("Stop reminding this customer")
    if about:
        heading = _("Stop reminding {about}", about=about)
    with form_dialog(heading, _("Save") if hold else _("Place the STOP"), save):
        if not hold:
            paragraph(
                _(
                    "Nothing is proposed any more, and what waits to leave is "
                    "withdrawn. You may lift the STOP at any time."
                )
            )
        reason = text_field(_("Reason"), hold.reason if hold else "")
        reason.props("autofocus").mark("reason")
        until = _("Until (empty: until you lift it)")
        ends_on = DateInput(until, hold.ends_on if hold else None).mark("ends-on")
