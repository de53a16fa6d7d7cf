"""A rehearsal on its way to a file: a row per message."""

from domain.basics.tables import TableColumn, TableContent, TableKind
from domain.dunning.rehearsal import is_formal_notice
from domain.usecases.rehearsing import Rehearsal
from ui import labels
from ui.translation import _


def rehearsal_table(found: Rehearsal) -> TableContent:
    """List the messages of a rehearsal, day after day."""
    rows = []
    for day in found.days:
        for message in day.messages:
            customer = found.customers[message.customer_id]
            rows.append(
                (
                    day.day,
                    customer.code,
                    customer.name,
                    labels.channel(message.channel),
                    labels.step(message.step.code),
                    _("Formal notice") if is_formal_notice(message) else "",
                    ", ".join(i.reference or i.label for i in message.items),
                    message.total,
                )
            )
    return TableContent(
        title=_("Rehearsal"),
        columns=[
            TableColumn(name="day", label=_("Day"), kind=TableKind.DATE),
            TableColumn(name="code", label=_("Code")),
            TableColumn(name="customer", label=_("Customer")),
            TableColumn(name="channel", label=_("Means")),
            TableColumn(name="step", label=_("Step")),
            TableColumn(name="notice", label=_("Formal notice")),
            TableColumn(name="items", label=_("Documents")),
            TableColumn(name="total", label=_("Amount"), kind=TableKind.MONEY),
        ],
        rows=rows,
    )
