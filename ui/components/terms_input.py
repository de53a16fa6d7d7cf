"""Payment terms, with what they mean for an invoice of today."""

from datetime import date

from nicegui import ui

from domain.ledger.payment_terms import due_on, parse_terms
from ui import design, formatting
from ui.translation import _

USUAL_TERMS = (
    "30 jours",
    "30 jours fin de mois",
    "45 jours",
    "45 jours fin de mois",
    "60 jours",
    "à réception",
)
"""As the books write them: French, whatever the language of the screens."""


def terms_input(
    label: str, value: str, today: date, *, when_empty: str = ""
) -> ui.input:
    """Draw a field for payment terms; an example below says how they are read.

    ``when_empty`` says which terms count where none are typed, if any do.
    """
    drawn = ui.input(
        label, value=value, autocomplete=list(USUAL_TERMS), validation=_says
    ).props(design.INPUT)

    def show_example() -> None:
        drawn.props["hint"] = (
            _example(drawn.value or "", today)
            or when_empty
            or _("Without terms, an invoice whose file gives no due date has none.")
        )

    drawn.on_value_change(show_example)
    show_example()
    return drawn


def _says(text: str | None) -> str | None:
    if not (text or "").strip() or parse_terms(text or ""):
        return None
    return _("Not understood. Write for instance “45 jours fin de mois”.")


def _example(text: str, today: date) -> str:
    terms = parse_terms(text)
    if terms is None:
        return ""
    return _(
        "Invoice of {invoiced} → due on {due}",
        invoiced=formatting.day(today),
        due=formatting.day(due_on(terms, today)),
    )
