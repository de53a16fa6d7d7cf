"""An amount on its own, outside tables."""

from nicegui import ui

from domain.basics.money import Money
from ui import design, formatting
from ui.design import Tone


def amount(value: Money, tone: Tone | None = None) -> ui.label:
    """Draw an amount with its currency: « 1 234,56 € »."""
    label = ui.label(formatting.money(value)).classes(design.AMOUNT).mark("amount")
    return label.classes(tone.css) if tone else label
