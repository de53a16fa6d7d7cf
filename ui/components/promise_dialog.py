"""Note what a customer promised to pay, and for when."""

from collections.abc import Awaitable, Callable
from datetime import date

from domain.basics.errors import DunningError
from domain.basics.money import EUR, Money
from ui.components.amount_input import amount_from, amount_input
from ui.components.date_input import DateInput
from ui.components.form_dialog import form_dialog
from ui.translation import _


class DayMissingError(DunningError):
    """A promise names a day."""

    message = "Give the day for which the payment is promised."


def promise_dialog(
    about: str,
    left: Money,
    on_promise: Callable[[Money, date], Awaitable[None]],
    promised_for: date | None = None,
) -> None:
    """Ask how much and for when; ``about`` names items, empty the account.

    With a day, corrects a promise of that day.
    """

    async def save() -> None:
        if day.day is None:
            raise DayMissingError
        given = amount_from(amount.value) or Money(0)
        await on_promise(Money(given.cents, left.currency), day.day)

    heading = _("Promise on the whole account")
    if about:
        heading = _("Promise on {about}", about=about)
    verb = _("Save") if promised_for else _("Note the promise")
    with form_dialog(heading, verb, save):
        amount = amount_input(_("Amount promised"), left).mark("amount")
        if left.currency != EUR:
            amount.props["suffix"] = left.currency
        day = DateInput(_("Promised for"), promised_for).autofocus()
        day.mark("promised-for")
