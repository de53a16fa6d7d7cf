"""The home page's charts: what is late, what is expected."""

from nicegui import ui

from domain.dashboard.account import AGE_LIMITS
from domain.dashboard.forecast import ColumnKind, Forecast, ForecastColumn
from domain.dashboard.key_figures import KeyFigures
from ui import addresses, design, formatting
from ui.components.bar_chart import Bar, bar_chart
from ui.components.text import secondary, section_title
from ui.design import Tone
from ui.translation import _


def ages_card(figures: KeyFigures) -> None:
    """Draw what is late by age; a bar opens its customers."""
    first, second = AGE_LIMITS
    names = [
        (
            0,
            f"1–{formatting.days(first)}",
            _("up to {last} days late", last=first),
        ),
        (
            first,
            f"{first + 1}–{formatting.days(second)}",
            _("{first} to {last} days late", first=first + 1, last=second),
        ),
        (
            second,
            f"> {formatting.days(second)}",
            _("more than {last} days late", last=second),
        ),
    ]
    with ui.element("section").classes(design.CARD).mark("ages"):
        section_title(_("Late, by age"))
        if not figures.overdue:
            secondary(_("Nothing is late."))
            return
        bar_chart(
            [
                Bar(
                    label=label,
                    says=says,
                    amount=amount,
                    address=addresses.late_debtors(age),
                )
                for (age, label, says), amount in zip(
                    names, figures.by_age, strict=True
                )
            ],
            Tone.OVERDUE,
        )


def weeks_card(expected: Forecast) -> None:
    """Draw what is expected week by week; a bar opens the forecast."""
    with ui.element("section").classes(design.CARD).mark("weeks"):
        section_title(_("Expected receipts, 8 weeks"))
        if not any(week.amount for week in expected.weeks):
            secondary(_("Nothing is expected in the next eight weeks."))
        else:
            bar_chart([_bar(week) for week in expected.weeks], Tone.NOT_DUE)
        late = expected.amount(ColumnKind.LATE)
        if late:
            secondary(
                _(
                    "Later than any usual delay, not counted: {amount}",
                    amount=formatting.money(late),
                )
            )


def _bar(week: ForecastColumn) -> Bar:
    assert week.starts_on
    return Bar(
        label=f"{week.starts_on:%d/%m}",
        says=_("week of {day}", day=formatting.day(week.starts_on)),
        amount=week.amount,
        address=addresses.FORECAST,
    )
