"""A forecast on its way to a file: every item, and when it is expected."""

from datetime import date

from domain.basics.money import Money
from domain.basics.tables import TableColumn, TableContent, TableKind
from domain.usecases.forecasting import ForecastView
from ui import forecast_words
from ui.translation import _


def forecast_table(view: ForecastView, today: date) -> TableContent:
    """List the items of a forecast, those expected first at the top."""
    currency = view.forecast.columns[0].amount.currency
    columns = view.forecast.columns
    lines = sorted(
        view.forecast.lines,
        key=lambda line: (line.column, line.expected.day or date.max, line.item.id),
    )
    rows = []
    for line in lines:
        customer, expected = view.customers[line.item.customer_id], line.expected
        is_late = forecast_words.went_by(expected, today)
        rows.append(
            (
                forecast_words.heading(columns[line.column]),
                customer.code,
                customer.name,
                line.item.reference or line.item.label,
                line.item.due_on,
                Money(line.cents, currency),
                None if is_late else expected.day,
                None if is_late else expected.early,
                None if is_late else expected.late,
                forecast_words.late(expected)
                if is_late
                else forecast_words.origin(expected),
            )
        )
    day = TableKind.DATE
    return TableContent(
        title=_("Forecast"),
        columns=[
            TableColumn(name="week", label=_("Week")),
            TableColumn(name="code", label=_("Code")),
            TableColumn(name="customer", label=_("Customer")),
            TableColumn(name="reference", label=_("Document")),
            TableColumn(name="due_on", label=_("Due date"), kind=day),
            TableColumn(name="left", label=_("Left to pay"), kind=TableKind.MONEY),
            TableColumn(name="expected_on", label=_("Expected on"), kind=day),
            TableColumn(name="early", label=_("At the earliest"), kind=day),
            TableColumn(name="late", label=_("At the latest"), kind=day),
            TableColumn(name="origin", label=_("Where the day comes from")),
        ],
        rows=rows,
        totals={"left": Money(sum(line.cents for line in lines), currency)},
    )
