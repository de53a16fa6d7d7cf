"""« Activités »: messages on their way, and those that customers received."""

import sqlite3
from datetime import date, datetime

from domain.basics.identifiers import ActivityId, CustomerId, EntityId, MessageId
from domain.basics.listing import ListPage, ListQuery
from domain.basics.money import Money
from domain.customers.activity import CONTACT_KINDS, ActivityKind
from domain.customers.activity_line import SendingLine, SendingState
from domain.dunning.outbox import PENDING_STATES
from storage.database.codec import Row
from storage.database.views.reading import Condition, View, listed, read_page

# An activity and the message it completed share the file and the moment
# (domain.usecases.delivering): this tells when the message was prepared.
_SENDINGS = """(
    SELECT activities.id AS id, NULL AS message_id, activities.entity_id,
        activities.customer_id, activities.kind, activities.level,
        activities.channel, outbox.created_at, happened_on AS sent_on,
        CASE WHEN activities.kind <> 'past_reminder' THEN recorded_at END AS sent_at,
        'sent' AS state, recipients AS recipient, activities.sender,
        activities.amount_cents, activities.currency,
        coalesce(substr(outbox.created_at, 1, 10), happened_on) AS day
    FROM activities LEFT JOIN outbox
        ON outbox.document_id = activities.document_id
        AND outbox.changed_at = activities.recorded_at
        AND outbox.customer_id = activities.customer_id
    WHERE activities.entity_id = :entity
        AND activities.kind IN (SELECT value FROM json_each(:contact_kinds))
    UNION ALL
    SELECT id, id, entity_id, customer_id, kind, level, channel, created_at,
        NULL, NULL,
        CASE WHEN state IN ('failed', 'uncertain') THEN 'to_check' ELSE 'created' END,
        recipient, sender, total_cents, currency, substr(created_at, 1, 10)
    FROM outbox WHERE entity_id = :entity
        AND state IN (SELECT value FROM json_each(:pending))
) AS sendings"""

_VIEW = View(
    source=f"{_SENDINGS} JOIN customers ON customers.id = sendings.customer_id",
    pieces={},
    where="TRUE",
    key="sendings.id",
    currency="sendings.currency",
    columns=(
        "message_id",
        "customers.id",
        "code",
        "name",
        "sendings.state",
        "sendings.kind",
        "sendings.level",
        "sendings.channel",
        "created_at",
        "sent_on",
        "sent_at",
        "recipient",
        "sender",
        "amount_cents",
    ),
    totals={"amount": "amount_cents"},
    sorts={
        "state": ("sendings.state",),
        "created": ("created_at",),
        "sent": ("coalesce(sent_on, day)", "coalesce(sent_at, created_at, '')"),
        "customer": ("search_name",),
        "code": ("sort_key",),
        "recipient": ("recipient",),
        "kind": ("sendings.kind", "sendings.level"),
        "channel": ("sendings.channel",),
        "sender": ("sender",),
        "amount": ("amount_cents",),
    },
    filters={
        "state": "sendings.state",
        "kind": "sendings.kind",
        "channel": "sendings.channel",
        "day": "coalesce(sent_on, day)",
        "level": "CAST(sendings.level AS TEXT)",
        "amount": "amount_cents",
    },
    tie="sort_key, sendings.id",
    of_customers="TRUE",
    of_items="TRUE",
    is_worked_out=True,
)


def sending_lines(
    connection: sqlite3.Connection,
    entity_id: EntityId,
    query: ListQuery,
    searched: Condition,
) -> ListPage[SendingLine]:
    """Read one page of the messages, those on their way included."""
    values = {
        "entity": entity_id,
        "contact_kinds": listed(CONTACT_KINDS),
        "pending": listed(PENDING_STATES),
    }
    page = read_page(connection, _VIEW, query, searched, values)
    return ListPage(
        lines=[_sending(row) for row in page.rows],
        count=page.count,
        totals=page.totals,
    )


def _sending(row: Row) -> SendingLine:
    key, currency, message, customer, code, name, state, kind, *rest = row
    level, channel, created, sent_on, sent_at, recipient, sender, cents = rest
    return SendingLine(
        activity_id=None if message else ActivityId(key),
        message_id=MessageId(message) if message else None,
        customer_id=CustomerId(customer),
        code=code,
        name=name,
        state=SendingState(state),
        kind=ActivityKind(kind),
        level=level,
        channel=channel,
        created_at=datetime.fromisoformat(created) if created else None,
        sent_on=date.fromisoformat(sent_on) if sent_on else None,
        sent_at=datetime.fromisoformat(sent_at) if sent_at else None,
        recipient=recipient,
        sender=sender,
        amount=Money(cents, currency),
    )
