"""The DSO month after month, as lines."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from nicegui import ui

from domain.usecases.delays import MonthDelay
from ui import addresses, design, design_charts, formatting
from ui.components.text import secondary
from ui.design import Tone
from ui.translation import _

_AFTER = 0.05
"""Seconds until the chart is drawn: the page is there first."""
_NAMED_EVERY = 3
"""Twelve months side by side have no room for twelve names."""


def delay_chart(months: Sequence[MonthDelay]) -> None:
    """Draw the DSO of each month; a point opens the key figures of its day."""
    _lines(months, {_("DSO"): ([m.dso for m in months], Tone.NOT_DUE)})


def both_delays_chart(months: Sequence[MonthDelay]) -> None:
    """Draw the DSO and the countback DSO of each month."""
    _lines(
        months,
        {
            _("DSO"): ([m.dso for m in months], Tone.NOT_DUE),
            _("Countback DSO"): ([m.countback for m in months], Tone.SETTLED),
        },
    )


def _lines(
    months: Sequence[MonthDelay],
    lines: dict[str, tuple[list[Fraction | None], Tone]],
) -> None:
    if not any(days is not None for found, _tone in lines.values() for days in found):
        secondary(
            _(
                "There must be at least three months of accounting entries, invoices "
                "and payments, to draw this curve."
            )
        )
        return
    place = ui.element("div").classes(design.CHART)
    place.props["role"] = "img"
    place.props["aria-label"] = " ; ".join(
        words
        for name, (found, _tone) in lines.items()
        for words in _said(name, months, found)
        if words
    )
    ends = [month.ends_on for month in months]
    names = {
        "tickvals": list(range(len(ends))),
        "ticktext": [
            _month(end, len(ends) - 1 - rank) for rank, end in enumerate(ends)
        ],
    }
    traces = [
        _trace(name, months, found, tone) for name, (found, tone) in lines.items()
    ]

    def draw() -> None:
        with place:
            plot = ui.plotly(design_charts.line_chart(traces, names))
            plot.on(
                "plotly_click",
                lambda event: ui.navigate.to(
                    addresses.key_figures(ends[int(event.args)])
                ),
                js_handler="(event) => emit(event.points[0].pointIndex)",
            )

    ui.timer(_AFTER, draw, once=True)
    if len(lines) > 1:
        with ui.element("div").classes(design.LEGEND):
            for name, (_found, tone) in lines.items():
                with ui.element("div").classes(design.ROW).classes(tone.css):
                    ui.element("span").classes(design.LEGEND_MARK)
                    ui.label(name)


def _trace(
    name: str,
    months: Sequence[MonthDelay],
    found: Sequence[Fraction | None],
    tone: Tone,
) -> dict[str, Any]:
    last = max(n for n, days in enumerate(found) if days is not None)
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": list(range(len(found))),
        "y": [None if days is None else round(float(days), 1) for days in found],
        "text": [
            formatting.tenths(days) if n == last and days is not None else ""
            for n, days in enumerate(found)
        ],
        "textposition": "top center",
        "cliponaxis": False,
        "hovertext": _said(name, months, found),
        "hoverinfo": "text",
        "line": {"color": design_charts.CHART_COLOURS[tone], "width": 2},
        "marker": {"size": 6},
    }


def _said(
    name: str, months: Sequence[MonthDelay], found: Sequence[Fraction | None]
) -> list[str]:
    return [
        _(
            "{name} on {day}: {days} days",
            name=name,
            day=formatting.day(month.ends_on),
            days=formatting.tenths(days),
        )
        if days is not None
        else ""
        for month, days in zip(months, found, strict=True)
    ]


def _month(end: date, months_left: int) -> str:
    """Name one month out of three, the last one among them."""
    return f"{end:%m/%Y}" if months_left % _NAMED_EVERY == 0 else ""
