"""Keep what came back from customers, and draw what follows from it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.basics.identifiers import (
    ActivityId,
    CustomerId,
    EntityId,
    digest,
    new_id,
)
from domain.basics.sentences import N_
from domain.customers.activity import Activity, ActivityItem, ActivityKind
from domain.dunning.incoming import (
    Incoming,
    IncomingKind,
    ReceivedMail,
    Understood,
)
from domain.dunning.incoming_kinds import understand
from domain.dunning.journal import What
from domain.dunning.outbox import MessageState, OutboxMessage
from domain.dunning.position import LevelCause
from domain.dunning.scenario import Channel
from domain.ports import Books
from domain.usecases.agreeing import place_hold
from domain.usecases.completing import complete

ADDRESS_FAILED = N_("A mail server refused this address for good")
_BOUNCES_WITHIN = timedelta(days=30)
_REPLIES_WITHIN = timedelta(days=60)
_KINDS = {
    IncomingKind.PERMANENT_BOUNCE: ActivityKind.EMAIL_RETURNED,
    IncomingKind.TEMPORARY_BOUNCE: ActivityKind.EMAIL_DELAYED,
    IncomingKind.RECEIPT: ActivityKind.EMAIL_READ,
    IncomingKind.AUTO_REPLY: ActivityKind.AUTOMATIC_REPLY,
    IncomingKind.HUMAN: ActivityKind.REPLY,
}


def keep_incoming(
    books: Books,
    entity_id: EntityId,
    mail: ReceivedMail,
    to_read: str,
    today: date,
    now: datetime,
) -> IncomingKind | None:
    """Keep a received message if it is about ours; tell what it is, if it was new.

    Inside a transaction. What is about nothing that we sent is not kept at all.
    """
    said = understand(mail, today)
    name = _name(entity_id, mail)
    if said.kind not in _KINDS or books.incoming.has(name):
        return None
    if _is_ours(books, entity_id, mail):
        return None
    received_at = min(mail.received_at or now, now)
    message, customer_id = _match(books, entity_id, mail, said, received_at)
    if customer_id is None:
        return None
    if message and message.state is MessageState.UNCERTAIN:
        # Whatever came back proves that it had left.
        known = replace(message, changed_at=now)
        message = complete(books, known, LevelCause.SENT, today, now, proof=What.FOUND)
    incoming = Incoming(
        id=name,
        entity_id=entity_id,
        customer_id=customer_id,
        outbox_id=message.id if message else None,
        activity_id=ActivityId(new_id()),
        kind=said.kind,
        is_final=said.is_final,
        sender=mail.sender,
        subject=mail.subject,
        body=mail.text,
        failed_address=_failed_address(said, message),
        says=said.says,
        back_on=said.back_on,
        received_at=received_at,
        recorded_at=now,
        settled_at=None if _needs_a_look(said) else now,
    )
    _record(books, incoming, message)
    books.incoming.add(_followed_by(books, incoming, message, to_read, today, now))
    return said.kind


def _is_ours(books: Books, entity_id: EntityId, mail: ReceivedMail) -> bool:
    """Whether it is a copy of our own message."""
    return bool(mail.message_id) and bool(
        books.incoming.sent_as(entity_id, [mail.message_id])
    )


def _name(entity_id: EntityId, mail: ReceivedMail) -> str:
    """Name it by its Message-ID; by all that it says where it has none."""
    if mail.message_id:
        return digest(entity_id, mail.message_id)
    moment = mail.received_at.isoformat() if mail.received_at else ""
    return digest(entity_id, moment, mail.sender, mail.subject, mail.text)


def _match(
    books: Books,
    entity_id: EntityId,
    mail: ReceivedMail,
    said: Understood,
    received_at: datetime,
) -> tuple[OutboxMessage | None, CustomerId | None]:
    """Find the message that it is about: by its Message-ID, else by the address.

    A reply matched by its address alone is about the customer, no message of ours.
    """
    original = [
        fields["original-message-id"].strip(" <>")
        for fields in mail.fields
        if "original-message-id" in fields
    ]
    names = [*mail.answers, *mail.encloses, *original]
    if found := books.incoming.sent_as(entity_id, names):
        return found[0], found[0].customer_id
    if said.kind is IncomingKind.RECEIPT:
        return None, None
    is_bounce = said.kind in {
        IncomingKind.PERMANENT_BOUNCE,
        IncomingKind.TEMPORARY_BOUNCE,
    }
    since = received_at - (_BOUNCES_WITHIN if is_bounce else _REPLIES_WITHIN)
    for address in said.failed if is_bounce else (mail.sender,):
        found = [
            message
            for message in books.incoming.sent_to(entity_id, address, since)
            if message.state is MessageState.SENT
        ]
        if found:
            return (found[0] if is_bounce else None), found[0].customer_id
    return None, None


def _failed_address(said: Understood, message: OutboxMessage | None) -> str:
    """Choose the address that failed: one that the message was for, if named."""
    if message is None or said.kind is IncomingKind.TEMPORARY_BOUNCE:
        return next(iter(said.failed), "")
    if said.kind is not IncomingKind.PERMANENT_BOUNCE:
        return ""
    ours = [*message.recipient.splitlines(), *message.copies.splitlines()]
    named = {address.casefold() for address in said.failed}
    first = next((one for one in ours if one.casefold() in named), "")
    # Forwarded, it fails at an address that we do not know.
    return first or message.recipient.partition("\n")[0]


def _needs_a_look(said: Understood) -> bool:
    if said.kind is IncomingKind.TEMPORARY_BOUNCE:
        return said.is_final
    return said.kind is not IncomingKind.RECEIPT


def _record(books: Books, incoming: Incoming, message: OutboxMessage | None) -> None:
    """Add it to the customer's history, word for word."""
    lines = books.outbox.items_of(message.id) if message else []
    is_about_address = bool(incoming.failed_address)
    books.activities.record(
        Activity(
            id=incoming.activity_id,
            entity_id=incoming.entity_id,
            customer_id=incoming.customer_id,
            kind=_KINDS[incoming.kind],
            happened_on=incoming.received_at.date(),
            recorded_at=incoming.recorded_at,
            channel=Channel.EMAIL,
            subject=incoming.says if is_about_address else incoming.subject,
            body=incoming.body,
            recipients=incoming.failed_address,
            sender=incoming.sender,
        ),
        [
            ActivityItem(
                activity_id=incoming.activity_id, item_id=line.item_id, left=line.left
            )
            for line in lines
        ],
    )


def _followed_by(
    books: Books,
    incoming: Incoming,
    message: OutboxMessage | None,
    to_read: str,
    today: date,
    now: datetime,
) -> Incoming:
    """Draw the consequences: a step to do again, an address to correct, a stop."""
    if incoming.kind is IncomingKind.PERMANENT_BOUNCE:
        flag_address(books, incoming, now)
    if incoming.is_final and message:
        _take_back(books, incoming, message)
    if incoming.kind is IncomingKind.HUMAN and not _is_stopped(books, incoming, today):
        (hold,) = place_hold(books, incoming.customer_id, to_read, None, today, now)
        return replace(incoming, hold_id=hold.id)
    return incoming


def _is_stopped(books: Books, incoming: Incoming, today: date) -> bool:
    return any(
        hold.item_id is None and hold.ends_on is None and hold.holds_on(today)
        for hold in books.agreements.holds_of(incoming.customer_id)
    )


def flag_address(books: Books, incoming: Incoming, now: datetime) -> None:
    """Note that an address failed, at every customer's; what waits for it is held."""
    failed = incoming.failed_address.casefold()
    books.customers.save_contacts(
        replace(contact, failed_email=contact.email)
        for contact in books.customers.contacts(incoming.entity_id)
        if failed and contact.email.casefold() == failed
    )
    for waiting in books.outbox.all(incoming.entity_id, [MessageState.QUEUED]):
        addresses = waiting.recipient.casefold().splitlines()
        if waiting.channel is Channel.EMAIL and failed in addresses:
            books.outbox.save(
                replace(
                    waiting,
                    to_review=ADDRESS_FAILED,
                    is_released=False,
                    leave_at=None,
                    changed_at=now,
                )
            )


def _take_back(books: Books, incoming: Incoming, message: OutboxMessage) -> None:
    """Let an e-mail that nobody received count no more: its step is done again."""
    failed = incoming.failed_address.casefold()
    to = message.recipient.casefold().splitlines()
    if failed in to and len(to) > 1:
        return  # the others received it
    if failed not in to and failed in message.copies.casefold().splitlines():
        return
    for activity in books.activities.of(message.customer_id):
        if message.document_id and activity.document_id == message.document_id:
            books.activities.undo(activity.id)
