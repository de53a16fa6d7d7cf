"""The look of charts: colours that read in light and dark, sizes, and no toolbar."""

from typing import Any

from ui.design import FONT, Tone

BAR_CHART_HEIGHT = 150
LYING_BAR_HEIGHT = 28
LINE_CHART_HEIGHT = 160
CHART_COLOURS = {
    Tone.NEUTRAL: "#8793A0",
    Tone.NOT_DUE: "#4C8CCB",
    Tone.OVERDUE: "#D0742A",
    Tone.SETTLED: "#4C9E70",
    Tone.STOPPED: "#CF5148",
    Tone.DISPUTE: "#8B72BE",
    Tone.WARNING: "#F2B134",
}
"""Fills of charts: seen on light and dark grounds alike."""
CHART_LAYOUT: dict[str, Any] = {
    "font": {"family": FONT, "size": 12},
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "margin": {"l": 56, "r": 8, "t": 8, "b": 32},
    "separators": ",\u202f",
    "yaxis": {"tickformat": ",.0f", "ticksuffix": "\u00a0€", "automargin": True},
    "xaxis": {"automargin": True, "fixedrange": True},
    "hoverlabel": {"font": {"family": FONT}},
    "showlegend": False,
    "dragmode": False,
}
CHART_CONFIG = {"locale": "fr", "displaylogo": False, "displayModeBar": False}


def chart(data: list[dict[str, Any]], **layout: Any) -> dict[str, Any]:  # noqa: ANN401
    """Make a plotly figure that looks like the app; ``layout`` adds to the rest.

    Texts and lines take their colours from style.css, which knows light and dark.
    """
    return {"data": data, "layout": CHART_LAYOUT | layout, "config": CHART_CONFIG}


def bar_chart(trace: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    """Make a small figure of upright bars; ``names`` stand under them."""
    return chart(
        [trace],
        height=BAR_CHART_HEIGHT,
        margin={"l": 4, "r": 4, "t": 20, "b": 20},
        bargap=0.28,
        xaxis={**CHART_LAYOUT["xaxis"], **names, "tickangle": 0},
        yaxis={"visible": False, "fixedrange": True, "rangemode": "tozero"},
    )


def lying_chart(trace: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    """Make a small figure of lying bars; ``names`` stand before them."""
    return chart(
        [trace],
        height=12 + LYING_BAR_HEIGHT * len(names["tickvals"]),
        margin={"l": 4, "r": 52, "t": 4, "b": 4},
        bargap=0.35,
        xaxis={"visible": False, "fixedrange": True, "rangemode": "tozero"},
        yaxis={
            **names,
            "autorange": "reversed",
            "automargin": True,
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
        },
    )


def line_chart(traces: list[dict[str, Any]], names: dict[str, Any]) -> dict[str, Any]:
    """Make a figure of lines over months; ``names`` stand under them."""
    return chart(
        traces,
        height=LINE_CHART_HEIGHT,
        margin={"l": 8, "r": 12, "t": 18, "b": 24},
        xaxis={
            **CHART_LAYOUT["xaxis"],
            **names,
            "showgrid": False,
            "zeroline": False,
            "tickangle": 0,
        },
        yaxis={
            "automargin": True,
            "fixedrange": True,
            "rangemode": "tozero",
            "ticksuffix": "\u00a0j",
            "nticks": 4,
            "zeroline": False,
        },
    )
