"""An amount, typed as people write it."""

import re
from decimal import Decimal

from nicegui import ui

from domain.basics.errors import DunningError
from domain.basics.money import Money
from ui import design, formatting

_AMOUNT = re.compile(r"\d+([.,]\d{1,2})?")


class AmountNotUnderstoodError(DunningError):
    """What was typed is no amount."""

    message = "“{typed}” is not an amount: type it as 1234,56."


class AmountInput:
    """A field for an amount in euros; ``amount`` reads it."""

    def __init__(self, label: str, amount: Money | None = None) -> None:
        shown = formatting.number(amount) if amount else ""
        self._field = ui.input(label, value=shown).props(design.INPUT)
        self._field.props["inputmode"] = "decimal"
        self._field.props["suffix"] = "€"

    @property
    def amount(self) -> Money:
        """The amount typed; zero when nothing is.

        Raises:
            AmountNotUnderstoodError: it is no amount.
        """
        return read_amount(self._field.value or "")

    def mark(self, name: str) -> "AmountInput":
        """Name it for the tests."""
        self._field.mark(name)
        return self


def read_amount(typed: str) -> Money:
    """Read an amount such as « 1 234,56 € »."""
    digits = re.sub(r"[\s€]", "", typed)
    if not digits:
        return Money(0)
    if not _AMOUNT.fullmatch(digits):
        raise AmountNotUnderstoodError(typed=typed)
    return Money.of(Decimal(digits.replace(",", ".")))
