"""« Comment êtes-vous payé ? »: what is owed by payment mode and by profile."""

from collections.abc import Sequence

from nicegui import ui

from domain.basics.money import Money
from domain.dashboard.breakdown import Breakdown, Share
from ui import design
from ui.components.bar_chart import Bar, bar_chart
from ui.components.text import secondary, section_title
from ui.design import Tone
from ui.translation import _

_BARS = 6
"""More would be too thin to be named; the smallest are put together."""


def payment_charts(breakdown: Breakdown) -> None:
    """Draw the two charts; one whose bar would stand alone says nothing."""
    charts = {
        _("By payment mode"): breakdown.by_mode,
        _("By profile"): breakdown.by_profile,
    }
    told = {title: shares for title, shares in charts.items() if len(shares) > 1}
    if not told:
        return
    with ui.element("section").classes(design.CARD).mark("payment-charts"):
        section_title(_("How are you paid?"))
        with ui.element("div").classes(design.GRID):
            for title, shares in told.items():
                with ui.element("div").classes(design.STACK):
                    secondary(title)
                    bar_chart(_bars(shares), Tone.NEUTRAL)


def _bars(shares: Sequence[Share]) -> list[Bar]:
    bars = [_bar(share.name or _("not specified"), share.amount) for share in shares]
    if len(bars) <= _BARS:
        return bars
    rest = Money.total(bar.amount for bar in bars[_BARS - 1 :])
    return [*bars[: _BARS - 1], _bar(_("others"), rest)]


def _bar(name: str, amount: Money) -> Bar:
    return Bar(label=name, says=name, amount=amount)
