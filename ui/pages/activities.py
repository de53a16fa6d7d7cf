"""« Activités »: what was sent to whom and when, word for word, and what waits."""

from domain.basics.identifiers import ActivityId, MessageId
from domain.basics.listing import ListQuery
from domain.customers.activity import ATTEMPT_KINDS, CONTACT_KINDS, ActivityKind
from domain.customers.activity_line import SendingLine, SendingState
from domain.dunning.scenario import Channel
from domain.usecases import follow_lists
from domain.usecases.outbox import show_message
from ui import addresses, design, formatting, labels
from ui.components.activity_dialog import activity_dialog
from ui.components.badge import Badge
from ui.components.customer_rows import level_field
from ui.components.data_table import Empty, PageOf
from ui.components.list_filters import FilterField, FilterKind
from ui.components.list_look import ListLook
from ui.components.list_page import list_page, page_of
from ui.components.message_dialog import message_dialog
from ui.components.table_cells import Column, ColumnKind, Row
from ui.design import Tone
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext

_LOOKS = {
    SendingState.CREATED: (Tone.NEUTRAL, "schedule"),
    SendingState.TO_CHECK: (Tone.OVERDUE, design.TONE_ICONS[Tone.OVERDUE]),
    SendingState.SENT: (Tone.NOT_DUE, "send"),
    SendingState.READ: (Tone.SETTLED, "mark_email_read"),
    SendingState.RETURNED: (Tone.STOPPED, "unsubscribe"),
}


async def activities_page(session: Session) -> None:
    """List the messages, the latest first; one opens as it was sent."""
    shown: dict[str, SendingLine] = {}

    def row(line: SendingLine) -> Row:
        drawn = _row(line)
        shown[drawn.id] = line
        return drawn

    async def fetch(query: ListQuery) -> PageOf:
        page = await session.run(follow_lists.sendings_page, session.entity_id, query)
        return page_of(page, row)

    async def read(row_id: str) -> None:
        line = shown[row_id]
        sheet = addresses.customer(line.customer_id)
        with refusals_shown():
            if line.message_id:
                message = await session.run(show_message, MessageId(line.message_id))
                await message_dialog(session, message, sheet)
            elif line.activity_id:
                activity = await session.run(
                    follow_lists.read_activity, ActivityId(line.activity_id)
                )
                await activity_dialog(
                    session, activity, line.code, sheet, on_change=again
                )

    async def again() -> None:
        await screen.refresh()

    screen = await list_page(session, _look(), fetch, on_open=read)


def _look() -> ListLook:
    return ListLook(
        name="activities",
        title=_("Activities"),
        columns=_columns(),
        fields=[
            FilterField(
                name="state",
                label=_("State"),
                kind=FilterKind.CHOICE,
                choices={
                    state: labels.capitalised(labels.sending_state(state))
                    for state in SendingState
                },
                in_sight=True,
            ),
            FilterField(
                name="kind",
                label=_("Type"),
                choices={
                    kind: _kind(kind) for kind in (*CONTACT_KINDS, *ATTEMPT_KINDS)
                },
            ),
            FilterField(
                name="channel",
                label=_("Media"),
                choices={value: labels.channel(value) for value in Channel},
            ),
            FilterField(name="day", label=_("Date"), kind=FilterKind.DAYS),
            level_field(),
            FilterField(name="amount", label=_("Amount"), kind=FilterKind.AMOUNT),
        ],
        search_says=_("Name, code or address"),
        counted=lambda n: ngettext("{count} activity", "{count} activities", n),
        empty=Empty(
            heading=_("No activity to show"),
            why=_("Advance notices, reminders and thank-yous come here once prepared."),
            icon="history",
        ),
        sort="sent",
        descending=True,
        hidden=frozenset({"code", "sender"}),
        explains=_(
            "Click a message to read it as it was sent, and to print its letter again."
        ),
    )


def _columns() -> list[Column]:
    return [
        Column(name="customer", label=_("Customer")),
        Column(name="state", label=_("State"), kind=ColumnKind.BADGE),
        Column(name="sent", label=_("Sent")),
        Column(name="code", label=_("Code")),
        Column(name="kind", label=_("Type")),
        Column(name="channel", label=_("Media")),
        Column(name="amount", label=_("Amount"), kind=ColumnKind.MONEY),
        Column(name="recipient", label=_("Recipient")),
        Column(name="created", label=_("Created")),
        Column(name="sender", label=_("Sender")),
    ]


def _row(line: SendingLine) -> Row:
    tone, icon = _LOOKS[line.state]
    is_letter = line.channel == Channel.LETTER
    words = labels.sending_state(line.state, is_letter=is_letter)
    return Row(
        id=line.message_id or line.activity_id or "",
        cells={
            "state": Badge(text=words, tone=tone, icon=icon),
            "sent": _sent(line),
            "customer": line.name,
            "code": line.code,
            "kind": labels.activity_kind(line.kind, line.level),
            "channel": labels.channel(line.channel),
            "amount": line.amount,
            # Of a postal address, the town tells enough.
            "recipient": line.recipient.rpartition("\n")[2]
            if is_letter
            else line.recipient.replace("\n", ", "),
            "created": formatting.moment(line.created_at) if line.created_at else "",
            "sender": line.sender,
        },
    )


def _sent(line: SendingLine) -> str:
    """Tell the moment a message left, or only the day where nothing else is known."""
    if line.sent_at and line.sent_at.astimezone().date() == line.sent_on:
        return formatting.moment(line.sent_at)
    return formatting.day(line.sent_on) if line.sent_on else ""


def _kind(kind: ActivityKind) -> str:
    if kind is ActivityKind.REMINDER:
        return _("Reminder")
    if kind is ActivityKind.PAST_REMINDER:
        return _("Reminder of another tool")
    return labels.activity_kind(kind)
