"""Note what a customer promised to pay, and for when."""

from collections.abc import Awaitable, Callable
from datetime import date

from domain.basics.errors import DunningError
from domain.basics.money import Money
from ui.components.amount_input import amount_from, amount_input
from ui.components.date_input import DateInput
from ui.components.form_dialog import form_dialog
from ui.translation import _


class DayMissingError(DunningError):
    """A promise names a day."""

    message = "Give the day for which the payment is promised."


def promise_dialog(
    reference: str, left: Money, on_promise: Callable[[Money, date], Awaitable[None]]
) -> None:
    """Ask how much and for when; ``reference`` names an item, empty the account."""

    async def save() -> None:
        if promised_for.day is None:
            raise DayMissingError
        await on_promise(amount_from(amount.value) or Money(0), promised_for.day)

    heading = _("Promise on the whole account")
    if reference:
        heading = _("Promise on {reference}", reference=reference)
    with form_dialog(heading, _("Note the promise"), save):
        amount = amount_input(_("Amount promised"), left).mark("amount")
        promised_for = DateInput(_("Promised for")).mark("promised-for")
