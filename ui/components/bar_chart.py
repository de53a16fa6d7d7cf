"""Amounts as bars."""

from collections.abc import Sequence
from dataclasses import dataclass

from nicegui import ui

from domain.basics.money import Money
from ui import design, formatting
from ui.design import Tone
from ui.translation import _

_AFTER = 0.05
"""Seconds until the chart's code, 4 MB, is asked for: the page is there first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar: a short name under it, what it is in words, its amount."""

    label: str
    says: str
    amount: Money

    @property
    def words(self) -> str:
        """The bar for whoever points at it, or does not see it."""
        return _(
            "{what}: {amount}", what=self.says, amount=formatting.money(self.amount)
        )


def bar_chart(bars: Sequence[Bar], tone: Tone) -> ui.element:
    """Draw bars, once the rest of the page is there."""
    place = ui.element("div").classes(design.CHART)
    place.props["role"] = "img"
    place.props["aria-label"] = " ; ".join(bar.words for bar in bars)

    def draw() -> None:
        trace = {
            "type": "bar",
            "x": list(range(len(bars))),
            "y": [bar.amount.cents / 100 for bar in bars],
            "hovertext": [bar.words for bar in bars],
            "hoverinfo": "text",
            "marker": {"color": design.CHART_COLOURS[tone]},
        }
        names = {"ticktext": [bar.label for bar in bars], "tickvals": trace["x"]}
        with place:
            ui.plotly(design.bar_chart(trace, names))

    ui.timer(_AFTER, draw, once=True)
    return place
