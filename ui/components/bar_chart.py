"""Amounts as bars; a click on one opens the list behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from nicegui import events, ui

from domain.basics.money import Money
from ui import design, design_charts, formatting
from ui.design import Tone
from ui.translation import _

_AFTER = 0.05
"""Seconds until the chart's code, 4 MB, is asked for: the page is there first."""
_CLICKED = "(event) => emit(event.points[0].pointIndex)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar: a short name, what it is in words, its amount, the list behind it."""

    label: str
    says: str
    amount: Money
    address: str = ""
    tone: Tone | None = None
    """Its own, where it is not that of the others."""

    @property
    def words(self) -> str:
        """The bar for whoever points at it, or does not see it."""
        return _(
            "{what}: {amount}", what=self.says, amount=formatting.money(self.amount)
        )


def bar_chart(bars: Sequence[Bar], tone: Tone) -> ui.element:
    """Draw upright bars, once the rest of the page is there."""
    trace = {
        "x": list(range(len(bars))),
        "y": _amounts(bars),
        "text": [_short(bar) for bar in bars],
    }
    names = {"ticktext": [bar.label for bar in bars], "tickvals": trace["x"]}
    return _drawn(
        bars, lambda: design_charts.bar_chart(trace | _look(bars, tone), names)
    )


def lying_bars(bars: Sequence[Bar], tone: Tone) -> ui.element:
    """Draw bars side on, the first on top, for names that take room."""
    ranks = list(range(len(bars)))
    trace = {
        "orientation": "h",
        "y": ranks,
        "x": _amounts(bars),
        "text": [_short(bar) for bar in bars],
    }
    # Plotly leaves no room between a name and its bar.
    labels = [f"{bar.label}\u00a0\u00a0" for bar in bars]
    names = {"ticktext": labels, "tickvals": ranks}
    return _drawn(
        bars, lambda: design_charts.lying_chart(trace | _look(bars, tone), names)
    )


def _amounts(bars: Sequence[Bar]) -> list[float]:
    return [bar.amount.cents / 100 for bar in bars]


def _short(bar: Bar) -> str:
    return formatting.short_money(bar.amount) if bar.amount else ""


def _look(bars: Sequence[Bar], tone: Tone) -> dict[str, Any]:
    return {
        "type": "bar",
        "hovertext": [bar.words for bar in bars],
        "hoverinfo": "text",
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {
            "color": [design_charts.CHART_COLOURS[bar.tone or tone] for bar in bars],
            "cornerradius": 3,
        },
    }


def _drawn(bars: Sequence[Bar], chart: Callable[[], dict[str, Any]]) -> ui.element:
    """Draw a chart, and its bars as links for the keyboard."""
    place = ui.element("div").classes(design.CHART)
    with place:
        drawing = ui.element("div")
        drawing.props["role"] = "img"
        drawing.props["aria-label"] = " ; ".join(bar.words for bar in bars)
        with ui.element("div").classes(design.CHART_LINKS):
            for bar in bars:
                if bar.address and bar.amount:
                    ui.link(bar.words, bar.address)

    def clicked(event: events.GenericEventArguments) -> None:
        address = bars[int(event.args)].address
        if address:
            ui.navigate.to(address)

    def draw() -> None:
        with drawing:
            plot = ui.plotly(chart())
            plot.on("plotly_click", clicked, js_handler=_CLICKED)

    ui.timer(_AFTER, draw, once=True)
    return place
