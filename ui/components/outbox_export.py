"""« Exporter » the messages: those that wait, those that left, those withdrawn."""

from domain.basics.tables import TableColumn, TableContent, TableKind, TableValue
from domain.dunning.scenario import Channel
from domain.usecases.outbox import OutboxRow, all_messages
from ui import labels
from ui.components.table_export import export_menu
from ui.session import Session
from ui.translation import _


def outbox_export(session: Session) -> None:
    """Draw the menu of files that the messages can become."""
    title = _("Outbox")

    async def content() -> TableContent:
        found = await session.run(all_messages, session.entity_id)
        rows = [_row(row) for row in found]
        return TableContent(title=title, columns=_columns(), rows=rows)

    export_menu(session, title, content)


def _columns() -> list[TableColumn]:
    return [
        TableColumn(name="customer", label=_("Customer")),
        TableColumn(name="code", label=_("Code")),
        TableColumn(name="channel", label=_("Channel")),
        TableColumn(name="recipient", label=_("Recipient")),
        TableColumn(name="subject", label=_("Subject")),
        TableColumn(name="level", label=_("Level"), kind=TableKind.NUMBER),
        TableColumn(name="total", label=_("Amount"), kind=TableKind.MONEY),
        TableColumn(name="state", label=_("State")),
        TableColumn(name="prepared", label=_("Prepared on"), kind=TableKind.DATE),
        TableColumn(name="changed", label=_("Since"), kind=TableKind.DATE),
        TableColumn(name="answer", label=_("Answer")),
    ]


def _row(row: OutboxRow) -> list[TableValue]:
    message = row.message
    is_letter = message.channel is Channel.LETTER
    return [
        row.customer.name,
        row.customer.code,
        labels.channel(message.channel),
        ", ".join(message.recipient.splitlines()),
        message.subject,
        message.level or None,
        message.total,
        labels.message_state(message.state, is_letter=is_letter),
        message.prepared_on,
        message.changed_at.astimezone().date(),
        _(message.answer) if message.answer else "",
    ]
