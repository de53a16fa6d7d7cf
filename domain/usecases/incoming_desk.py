"""What came back and waits for a person: replies, addresses that failed, absences."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.basics.errors import DunningError
from domain.basics.identifiers import CustomerId, EntityId
from domain.customers.customer import Contact, Customer
from domain.dunning.incoming import Incoming, IncomingKind
from domain.dunning.outbox import OutboxMessage
from domain.ports import Books
from domain.usecases.agreeing import lift_hold
from domain.usecases.customer_details import CanBeSentTo, save_contact
from domain.usecases.mailbox import MailboxReport, imap_account, last_look

_BOUNCES = (IncomingKind.PERMANENT_BOUNCE, IncomingKind.TEMPORARY_BOUNCE)


class NewAddressUnusableError(DunningError):
    """A correction that no mail server takes corrects nothing."""

    message = "No mail server would take the address “{address}”: correct it."


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingRow:
    """Something that came back, whom from, and what it is about."""

    incoming: Incoming
    customer: Customer
    message: OutboxMessage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingView:
    """What came back and waits for a person."""

    has_account: bool
    last: MailboxReport | None
    replies: tuple[IncomingRow, ...]
    bounces: tuple[IncomingRow, ...]
    absences: tuple[IncomingRow, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (self.replies or self.bounces or self.absences)


def show_incoming(books: Books, entity_id: EntityId, today: date) -> IncomingView:
    """Sort what came back by what it asks of a person."""
    customers = {c.id: c for c in books.customers.all(entity_id)}
    rows = [
        IncomingRow(
            incoming=one,
            customer=customers[one.customer_id],
            message=books.outbox.get(one.outbox_id) if one.outbox_id else None,
        )
        for one in waiting_incoming(books, entity_id, today)
    ]

    def of(*kinds: IncomingKind) -> tuple[IncomingRow, ...]:
        return tuple(row for row in rows if row.incoming.kind in kinds)

    return IncomingView(
        has_account=imap_account(books, entity_id) is not None,
        last=last_look(books, entity_id),
        replies=of(IncomingKind.HUMAN),
        bounces=of(*_BOUNCES),
        absences=of(IncomingKind.AUTO_REPLY),
    )


def waiting_incoming(books: Books, entity_id: EntityId, today: date) -> list[Incoming]:
    """List what a person should look at; who is back, or was corrected, is left out."""
    waiting = books.incoming.open(entity_id)
    if not waiting:
        return []
    failed = {
        (contact.customer_id, contact.email.casefold())
        for contact in books.customers.contacts(entity_id)
        if contact.has_failed
    }
    return [one for one in waiting if _still_waits(one, failed, today)]


def _still_waits(
    one: Incoming, failed: set[tuple[CustomerId, str]], today: date
) -> bool:
    if one.kind is IncomingKind.PERMANENT_BOUNCE:
        is_contact = (one.customer_id, one.failed_address.casefold()) in failed
        return is_contact or not one.failed_address
    if one.kind is IncomingKind.AUTO_REPLY:
        return one.back_on is None or one.back_on > today
    return True


def mark_looked_at(books: Books, incoming_id: str, today: date, now: datetime) -> None:
    """Note that a person looked at it: the stop that it placed is lifted."""
    with books.atomic():
        incoming = books.incoming.get(incoming_id)
        books.incoming.save(replace(incoming, settled_at=now))
        for hold in books.agreements.holds_of(incoming.customer_id):
            if hold.id == incoming.hold_id and hold.holds_on(today):
                lift_hold(books, hold, today, now)


def correct_address(
    books: Books,
    incoming_id: str,
    address: str,
    can_be_sent_to: CanBeSentTo,
    now: datetime,
) -> None:
    """Put the right address in the place of the one that failed.

    Raises:
        NewAddressUnusableError: no mail server would take it.
    """
    typed = address.strip()
    if not can_be_sent_to(typed):
        raise NewAddressUnusableError(address=typed)
    with books.atomic():
        incoming = books.incoming.get(incoming_id)
        for contact in _failed_contacts(books, incoming):
            is_same = contact.email.casefold() == typed.casefold()
            failed = None if is_same else contact.failed_email
            save_contact(books, replace(contact, email=typed, failed_email=failed))
        books.incoming.save(replace(incoming, settled_at=now))


def _failed_contacts(books: Books, incoming: Incoming) -> list[Contact]:
    failed = incoming.failed_address.casefold()
    return [
        contact
        for contact in books.customers.contacts_of(incoming.customer_id)
        if contact.email.casefold() == failed
    ]
