"""What was promised in a conversation: an amount and a day, both or neither."""

from collections.abc import Callable
from datetime import date
from typing import Any

from domain.basics.errors import DunningError
from domain.basics.money import EUR, Money
from ui.components.amount_input import amount_from, amount_input
from ui.components.date_input import DateInput
from ui.translation import _


class PromiseIncompleteError(DunningError):
    """A promise is an amount and a day."""

    message = "A promise needs both its amount and its day; or leave both empty."


class PromiseFields:
    """The two fields; ``read`` takes what they hold."""

    def __init__(
        self, currency: str, amount: str = "", promised_for: date | None = None
    ) -> None:
        self._currency = currency
        self._amount = amount_input(_("Amount promised, if any"), None)
        self._amount.mark("promised").value = amount
        if currency != EUR:
            self._amount.props["suffix"] = currency
        self._day = DateInput(_("Promised for"), promised_for).mark("promised-for")

    def read(self) -> tuple[Money, date] | tuple[None, None]:
        """Read the promise; nothing when both fields are empty.

        Raises:
            PromiseIncompleteError: only one of them is filled in.
        """
        given, day = amount_from(self._amount.value), self._day.day
        if given and day:
            return Money(given.cents, self._currency), day
        if given or day:
            raise PromiseIncompleteError
        return None, None

    def on_change(self, told: Callable[[str, date | None], Any]) -> None:
        """Tell what is typed, for a draft."""

        def tell() -> None:
            told(self._amount.value or "", self._day.typed_day)

        self._amount.on_value_change(tell)
        self._day.on_change(tell)
