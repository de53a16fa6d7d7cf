"""An amount typed as in France: « 1 234,56 »."""

import re
from decimal import Decimal

from nicegui import ui

from domain.basics.errors import DunningError
from domain.basics.money import Money
from ui import design, formatting
from ui.translation import refusal

_AMOUNT = re.compile(r"\d+(?:\.\d{1,2})?")


class AmountNotUnderstoodError(DunningError):
    """What was typed is no amount; guessing would be worse than asking."""

    message = "The amount “{typed}” is not understood: write it as 1234,56."


def amount_from(text: str) -> Money | None:
    """Read an amount as typed, its thousands apart or not; empty is none.

    Raises:
        AmountNotUnderstoodError: it has letters, a sign, or more than two decimals.
    """
    cleaned = "".join(text.replace("€", "").replace(",", ".").split())
    if not cleaned:
        return None
    if not _AMOUNT.fullmatch(cleaned):
        raise AmountNotUnderstoodError(typed=text.strip())
    return Money.of(Decimal(cleaned))


def amount_input(label: str, value: Money | None) -> ui.input:
    """Draw a field for an amount in euros; ``amount_from(field.value)`` reads it."""
    drawn = ui.input(label, value=_written(value), suffix="€", validation=_says)
    return drawn.props(design.AMOUNT_INPUT)


def _written(value: Money | None) -> str:
    if value is None:
        return ""
    return formatting.number(value) if value else "0"


def _says(text: str) -> str | None:
    try:
        amount_from(text)
    except AmountNotUnderstoodError as error:
        return refusal(error)
    return None
