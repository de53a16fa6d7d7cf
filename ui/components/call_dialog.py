"""« Appel »: note what was said on the phone, and what was promised."""

from collections.abc import Awaitable, Callable
from datetime import date

from nicegui import ui

from domain.basics.errors import DunningError
from domain.basics.money import EUR, Money
from ui.components.amount_input import amount_from, amount_input
from ui.components.date_input import DateInput
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.text import secondary
from ui.translation import _

OnCall = Callable[[str, bool, Money | None, date | None], Awaitable[None]]


class PromiseIncompleteError(DunningError):
    """A promise is an amount and a day."""

    message = "A promise needs both its amount and its day; or leave both empty."


def call_dialog(about: str, phones: list[str], currency: str, on_call: OnCall) -> None:
    """Ask what was said, whether it counts as a reminder, and for a promise."""

    async def save() -> None:
        given = amount_from(amount.value)
        if bool(given) != bool(day.day):
            raise PromiseIncompleteError
        promised = Money(given.cents, currency) if given else None
        await on_call(typed(comment), bool(counts.value), promised, day.day)

    heading = _("Call about {about}", about=about) if about else _("Call")
    with form_dialog(heading, _("Save the call"), save):
        if phones:
            secondary(" · ".join(phones))
        comment = text_field(_("What was said"), lines=3)
        comment.props("autofocus").mark("comment")
        amount = amount_input(_("Amount promised, if any"), None).mark("promised")
        if currency != EUR:
            amount.props["suffix"] = currency
        day = DateInput(_("Promised for")).mark("promised-for")
        counts = ui.checkbox(
            _("Count this call as the next reminder of the scenario"), value=False
        ).mark("counts")
