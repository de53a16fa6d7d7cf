"""The items of a letter for programs: what goes within an archived PDF."""

import csv
from collections.abc import Sequence
from datetime import date
from io import StringIO

from domain.basics.money import Money
from domain.ledger.open_item import OpenItem

_COLUMNS = (
    "message",
    "customer",
    "letter_date",
    "reference",
    "invoice_date",
    "due_date",
    "currency",
    "invoiced",
    "paid",
    "left",
)


def letter_data(
    reference: str, customer_code: str, items: Sequence[OpenItem], today: date
) -> str:
    """Write a letter's items as CSV: dates in ISO, amounts with a point."""
    written = StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for item in items:
        table.writerow(
            [
                reference,
                customer_code,
                today.isoformat(),
                item.reference,
                _day(item.invoice_on),
                _day(item.due_on),
                item.currency,
                *map(_amount, (item.invoiced, item.settled, item.left)),
            ]
        )
    return written.getvalue()


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _amount(money: Money) -> str:
    whole, cents = divmod(abs(money.cents), 100)
    return f"{'-' if money.cents < 0 else ''}{whole}.{cents:02}"
