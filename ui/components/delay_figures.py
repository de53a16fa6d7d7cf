"""The key figures, each with its formula worked out on the firm's own numbers."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from nicegui import ui

from domain.basics.money import Money
from domain.usecases.delays import MONTHS, Delays, Missing
from ui import design, formatting
from ui.components.text import paragraph, secondary
from ui.translation import _

_DAY = timedelta(days=1)


def delay_figures(delays: Delays) -> None:
    """Draw a card per figure; its formula opens with one click."""
    back = delays.countback
    with ui.element("div").classes(design.DELAYS).mark("delays"):
        _card(
            _("DSO"),
            _("what is owed, in days of sales"),
            _days(delays.dso),
            _dso(delays),
        )
        _card(
            _("Countback DSO"),
            _("the same, using up the latest sales first"),
            _at_least(delays) if back and back.is_at_least else _days(_back(delays)),
            _countback(delays),
        )
        _card(
            _("BPDSO"),
            _("the delay that would be left if nobody paid late"),
            _days(delays.best),
            _best(delays),
        )
        _card(
            _("ADD"),
            _("the delay that lateness adds"),
            _days(delays.average),
            _average(delays),
        )
        _card(
            _("CEI"),
            _("of what could be collected, the share that was"),
            _percent(delays.effectiveness),
            _effectiveness(delays),
        )


def what_is_missing(delays: Delays) -> str:
    """Say what must be there for the figures to be worked out; empty if nothing."""
    first = formatting.day(delays.starts_after + _DAY)
    if delays.missing is Missing.LISTS_ONLY:
        return _(
            "There must be an export of accounting entries, such as the FEC: a list "
            "of unpaid invoices does not say what was sold."
        )
    if delays.missing is Missing.HISTORY:
        return _("There must be accounting entries since {day}.", day=first)
    if delays.missing is Missing.SALES:
        return _(
            "There must be sales between {first} and {last}: none is in the entries.",
            first=first,
            last=formatting.day(delays.day),
        )
    return ""


def _card(name: str, says: str, value: str, formula: Sequence[str]) -> None:
    with ui.element("section").classes(design.FIGURE):
        ui.label(name).classes(design.FIGURE_LABEL)
        ui.label(value or formatting.NOTHING).classes(design.FIGURE_VALUE)
        secondary(says)
        if value:
            with ui.element("details").classes(design.FORMULA):
                with ui.element("summary"):
                    ui.label(_("How it is worked out"))
                for line in formula:
                    paragraph(line)


def _dso(delays: Delays) -> list[str]:
    return [
        _(
            "{owed} owed on {day} / {sales} of sales including tax from {first} "
            "to {last} × {days} days = {result} days",
            owed=formatting.money(delays.owed),
            result=_tenths(delays.dso),
            **_period(delays),
        ),
        _(
            "Sales: invoices of the journals {journals}, credit notes deducted. Owed: "
            "accounts in debit only, doubtful customers (416) left out.",
            journals=", ".join(delays.journals),
        ),
    ]


def _countback(delays: Delays) -> list[str]:
    steps = delays.countback.steps if delays.countback else ()
    return [
        _(
            "The {owed} owed on {day} use up the sales of each month, going back:",
            owed=formatting.money(delays.owed),
            day=formatting.day(delays.day),
        ),
        *(
            _(
                "{month}: {used} of {sales}, {days} days out of {length}",
                month=f"{step.month.ends_on:%m/%Y}",
                used=_money(step.used, delays),
                sales=_money(step.month.cents, delays),
                days=formatting.tenths(step.days),
                length=step.month.days,
            )
            for step in steps
        ),
        _("Total: {days} days", days=_tenths(_back(delays))),
    ]


def _best(delays: Delays) -> list[str]:
    return [
        _(
            "{not_due} not due yet on {day} / {sales} of sales including tax from "
            "{first} to {last} × {days} days = {result} days",
            not_due=formatting.money(delays.not_due),
            result=_tenths(delays.best),
            **_period(delays),
        )
    ]


def _average(delays: Delays) -> list[str]:
    return [
        _(
            "DSO {dso} − BPDSO {best} = {result} days",
            dso=_tenths(delays.dso),
            best=_tenths(delays.best),
            result=_tenths(delays.average),
        )
    ]


def _effectiveness(delays: Delays) -> list[str]:
    monthly = Money(round(Fraction(delays.sales.cents, MONTHS)), delays.sales.currency)
    amounts = {
        "opening": formatting.money(delays.opening),
        "monthly": formatting.money(monthly),
        "closing": formatting.money(delays.owed),
        "not_due": formatting.money(delays.not_due),
    }
    return [
        _(
            "Collected: {opening} owed on {start} + {monthly} of sales a month − "
            "{closing} owed on {day}",
            start=formatting.day(delays.starts_after),
            day=formatting.day(delays.day),
            **amounts,
        ),
        _(
            "Could be collected: {opening} + {monthly} − {not_due} not due yet",
            **amounts,
        ),
        _(
            "The first over the second: {result}. As the Credit Research Foundation "
            "counts it, with the average of the sales of {months} months.",
            result=_percent(delays.effectiveness),
            months=MONTHS,
        ),
    ]


def _period(delays: Delays) -> dict[str, object]:
    return {
        "day": formatting.day(delays.day),
        "sales": formatting.money(delays.sales),
        "first": formatting.day(delays.starts_after + _DAY),
        "last": formatting.day(delays.day),
        "days": delays.days,
    }


def _back(delays: Delays) -> Fraction | None:
    return delays.countback.days if delays.countback else None


def _at_least(delays: Delays) -> str:
    return _("≥ {days} days", days=_tenths(_back(delays)))


def _days(value: Fraction | None) -> str:
    if value is None:
        return ""
    return _("{days} days", days=formatting.tenths(value))


def _tenths(value: Fraction | None) -> str:
    return formatting.NOTHING if value is None else formatting.tenths(value)


def _percent(value: Fraction | None) -> str:
    return "" if value is None else f"{formatting.tenths(value)}\u00a0%"


def _money(cents: int, delays: Delays) -> str:
    return formatting.money(Money(cents, delays.owed.currency))
