"""Fields of the settings: texts and whole numbers, checked while they are typed."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from domain.basics.company_numbers import (
    IbanProblem,
    bic_valid,
    iban_problem,
    siren_valid,
    siret_valid,
)
from domain.basics.errors import DunningError
from domain.usecases.configuring import RateNotUnderstoodError, penalty_rate_from
from ui import design
from ui.translation import _, refusal

Check = Callable[[str], str | None] | Callable[[str], Awaitable[str | None]]


class NumberMissingError(DunningError):
    """An empty limit would be read as « no limit »."""

    message = "A number is needed here: {field}"


def text_field(
    label: str, value: str, *, name: str, says: Check | None = None, hint: str = ""
) -> ui.input:
    """Draw a line of text; ``says`` tells what is wrong with what is typed."""
    drawn = ui.input(label, value=value, validation=says)
    drawn.props(design.INPUT).mark(name)
    if hint:
        drawn.props["hint"] = hint
    if value:
        drawn.validate(return_result=False)
    return drawn


def days_field(label: str, value: int, *, name: str) -> ui.number:
    """Draw a number of days."""
    drawn = ui.number(label, value=value, min=0, precision=0, suffix=_("days"))
    drawn.props(design.INPUT).mark(name)
    return drawn


def days_in(field: ui.number) -> int:
    """Read a number of days.

    Raises:
        NumberMissingError: the field is empty.
    """
    if field.value is None:
        raise NumberMissingError(field=field.props["label"])
    return int(field.value)


def name_says(text: str) -> str | None:
    """Tell that a firm needs a name."""
    return None if text.strip() else _("A name is needed.")


def siret_says(text: str) -> str | None:
    """Tell what is wrong with a SIRET."""
    number = "".join(text.split())
    if not number or siret_valid(number):
        return None
    if siren_valid(number):
        return _("This is a SIREN, of 9 digits: a SIRET has 14.")
    return _("This SIRET is not right: a digit is mistyped, or missing.")


def iban_says(text: str) -> str | None:
    """Tell what is wrong with an IBAN."""
    problem = iban_problem(text) if text.strip() else None
    if problem is None:
        return None
    return {
        IbanProblem.COUNTRY: _("An IBAN begins with its country: FR for France."),
        IbanProblem.SHAPE: _("Its length is not right: a French IBAN has 27 signs."),
        IbanProblem.KEY: _(
            "A character is mistyped or missing: the check digits do not match."
        ),
    }[problem]


def bic_says(text: str) -> str | None:
    """Tell what is wrong with a BIC."""
    if not text.strip() or bic_valid(text):
        return None
    return _("A BIC has 8 or 11 letters and digits.")


def rate_says(text: str) -> str | None:
    """Tell what is wrong with a percentage."""
    try:
        penalty_rate_from(text)
    except RateNotUnderstoodError as error:
        return refusal(error)
    return None
