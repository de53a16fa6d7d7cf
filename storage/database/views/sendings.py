"""« Activités »: messages on their way, and those that customers received."""

import sqlite3
from datetime import date, datetime

from domain.basics.identifiers import ActivityId, CustomerId, EntityId, MessageId
from domain.basics.listing import ListPage, ListQuery
from domain.basics.money import Money
from domain.customers.activity import ATTEMPT_KINDS, CONTACT_KINDS, ActivityKind
from domain.customers.activity_line import SendingLine, SendingState
from domain.dunning.outbox import PENDING_STATES
from storage.database.codec import Row
from storage.database.views.reading import Condition, Piece, View, listed, read_page

_CAME_BACK = (
    "SELECT outbox.document_id FROM incoming"
    " JOIN outbox ON outbox.id = incoming.outbox_id"
    " WHERE incoming.entity_id = :entity AND outbox.document_id IS NOT NULL"
)
_POSTED = (
    "SELECT document_id FROM outbox"
    " WHERE entity_id = :entity AND is_registered AND document_id IS NOT NULL"
)
_SENDINGS = """
    SELECT id, NULL AS message_id, entity_id, customer_id, kind, level, channel,
        NULL AS created_at, happened_on AS sent_on, recorded_at,
        CASE WHEN kind <> 'past_reminder' THEN recorded_at END AS sent_at,
        CASE WHEN document_id IN ({came_back} AND is_final) THEN 'returned'
            WHEN document_id IN ({came_back} AND incoming.kind IN ('receipt', 'human'))
            THEN 'read'
            WHEN document_id IN ({posted} AND returned_on IS NOT NULL) THEN 'returned'
            WHEN document_id IN ({posted} AND received_on IS NOT NULL) THEN 'read'
            ELSE 'sent' END AS state,
        recipients AS recipient, sender, amount_cents, currency,
        happened_on AS day, document_id
    FROM activities WHERE entity_id = :entity
        AND kind IN (SELECT value FROM json_each(:contact_kinds)){of_customers}
    UNION ALL
    SELECT id, id, entity_id, customer_id, kind, level, channel, created_at,
        NULL, NULL, NULL,
        CASE WHEN state IN ('failed', 'uncertain') THEN 'to_check' ELSE 'created' END,
        recipient, sender, total_cents, currency, substr(created_at, 1, 10), NULL
    FROM outbox WHERE entity_id = :entity
        AND state IN (SELECT value FROM json_each(:pending)){of_customers}""".replace(
    "{came_back}", _CAME_BACK
).replace("{posted}", _POSTED)

# An activity and the message that it completed share the file and the moment
# (domain.usecases.delivering): this tells when the message was prepared.
_MADE = Piece(
    join="LEFT JOIN outbox AS made ON made.document_id = sendings.document_id"
    " AND made.changed_at = sendings.recorded_at"
    " AND made.customer_id = sendings.customer_id"
)
_CREATED = "coalesce(sendings.created_at, made.created_at)"

_VIEW = View(
    source="customers",
    pieces={
        "sendings": Piece(
            worked_out=_SENDINGS,
            join="JOIN sendings ON sendings.customer_id = customers.id",
        ),
        "made": _MADE,
    },
    where="customers.entity_id = :entity",
    key="sendings.id",
    currency="sendings.currency",
    columns=(
        "sendings.message_id",
        "customers.id",
        "code",
        "name",
        "sendings.state",
        "sendings.kind",
        "sendings.level",
        "sendings.channel",
        _CREATED,
        "sent_on",
        "sent_at",
        "sendings.recipient",
        "sendings.sender",
        "amount_cents",
    ),
    totals={"amount": "amount_cents"},
    sorts={
        "state": ("sendings.state",),
        "created": (_CREATED,),
        "sent": ("day", "coalesce(sent_at, sendings.created_at, '')"),
        "customer": ("search_name",),
        "code": ("sort_key",),
        "recipient": ("sendings.recipient",),
        "kind": ("sendings.kind", "sendings.level"),
        "channel": ("sendings.channel",),
        "sender": ("sendings.sender",),
        "amount": ("amount_cents",),
    },
    filters={
        "state": "sendings.state",
        "kind": "sendings.kind",
        "channel": "sendings.channel",
        "day": "day",
        "level": "CAST(sendings.level AS TEXT)",
        "amount": "amount_cents",
    },
    tie=(
        "sort_key",
        "sendings.id",
    ),
    of_customers="SELECT customer_id FROM activities"
    " WHERE id IN (SELECT value FROM json_each(:keys))"
    " UNION SELECT customer_id FROM outbox"
    " WHERE id IN (SELECT value FROM json_each(:keys))",
    of_items="SELECT NULL",
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
        "contact_kinds": listed((*CONTACT_KINDS, *ATTEMPT_KINDS)),
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
