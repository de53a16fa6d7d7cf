"""Words of late-payment penalties."""

from domain.customers.customer import CustomerKind, PenaltyChoice
from domain.dunning.rates import HalfYear, MissingRate, RateKind
from domain.dunning.scenario import DunningStep
from ui import formatting, labels
from ui.translation import _


def half_year(value: HalfYear) -> str:
    """Name a half-year: « 1er semestre 2026 »."""
    if value.half == 1:
        return _("First half of {year}", year=value.year)
    return _("Second half of {year}", year=value.year)


def rate_name(kind: RateKind) -> str:
    """Name a published rate."""
    if kind is RateKind.ECB:
        return _("ECB rate")
    return _("Legal rate (professionals)")


def missing_rate(missing: MissingRate) -> str:
    """Say that a rate is not known, and where it is published."""
    day = formatting.day(missing.half_year.starts_on)
    if missing.kind is RateKind.ECB:
        return _(
            "The rate of the ECB (main refinancing operations) on {day} is not known:"
            " the Banque de France publishes it.",
            day=day,
        )
    return _(
        "The legal interest rate from {day} on is not known: a decree in the Journal"
        " officiel sets it.",
        day=day,
    )


def customer_kind(kind: CustomerKind) -> str:
    """Name the law a customer falls under."""
    return {
        CustomerKind.PROFESSIONAL: _("Professional"),
        CustomerKind.PUBLIC: _("Public buyer"),
        CustomerKind.CONSUMER: _("Consumer"),
        CustomerKind.INSOLVENT: _("Insolvency proceedings"),
    }[kind]


def choice(value: PenaltyChoice) -> str:
    """Say whether a customer is asked for penalties."""
    return {
        PenaltyChoice.AS_STEP: _("As each step says"),
        PenaltyChoice.CLAIMED: _("Claimed in every reminder"),
        PenaltyChoice.WAIVED: _("Waived"),
    }[value]


def why_none(kind: CustomerKind) -> str:
    """Say why a customer owes no penalties; empty where it does."""
    return {
        CustomerKind.CONSUMER: _(
            "A consumer owes neither penalties nor indemnity: only the legal interest,"
            " from a formal notice on."
        ),
        CustomerKind.INSOLVENT: _(
            "Insolvency proceedings stop penalties, and rule out the indemnity."
        ),
    }.get(kind, "")


def step(value: DunningStep, *, with_email: bool) -> str:
    """Name a step and its means: « Relance 4 (Courrier) »."""
    words = _("{step} ({channel})") if with_email else _("{step}, without e-mail")
    return words.format(
        step=labels.step(value.code), channel=labels.channel(value.channel)
    )
