"""Take over the dunning history and the recipients that a workbook holds."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from domain.basics.identifiers import (
    ActivityId,
    ContactId,
    EntityId,
    ItemId,
    customer_key,
    digest,
)
from domain.customers.activity import Activity, ActivityItem, ActivityKind
from domain.customers.customer import Contact
from domain.dunning.position import LevelCause, LevelChange
from domain.dunning.scenario import StepKind
from domain.ledger.entry import LedgerEntry
from domain.ledger.import_report import PastReminder, SourceContact, SourceFile
from domain.ledger.open_item import OpenItem
from domain.ports import Books


def settled_before(
    books: Books,
    source: SourceFile,
    given: Iterable[LedgerEntry],
    entity_id: EntityId,
    *,
    accept_swaps: bool,
) -> list[LedgerEntry]:
    """Make entries for invoices that only the history names: paid since.

    ``accept_swaps`` takes due dates whose day and month were swapped as corrected.
    """
    if not source.past_reminders:
        return []
    known = {
        (e.customer_id, e.piece, e.amount.cents < 0)
        for e in (*books.ledger.entries(entity_id), *given)
    }
    found = {}
    for past in sorted(source.past_reminders, key=lambda p: p.reminded_on):
        customer_id = customer_key(entity_id, past.customer_code)
        if (customer_id, past.piece, past.amount.cents < 0) in known:
            continue
        swapped = past.swapped_due_on if accept_swaps else None
        entry_id = ItemId(digest(customer_id, "past item", past.piece))
        found[entry_id] = LedgerEntry(
            id=entry_id,
            entity_id=entity_id,
            customer_id=customer_id,
            entry_on=past.invoice_on or past.reminded_on,
            account=past.customer_code,
            piece=past.piece,
            piece_on=past.invoice_on,
            debit=past.debit,
            credit=past.credit,
            file_due_on=swapped or past.due_on,
            attachment=past.attachment,
            gone_on=past.reminded_on,
        )
    return list(found.values())


def take_over(
    books: Books, source: SourceFile, entity_id: EntityId, now: datetime
) -> None:
    """Add what the books do not hold yet; inside a transaction."""
    _take_over_contacts(books, source.contacts, entity_id)
    if source.past_reminders:
        _take_over_addresses(books, source.past_reminders, entity_id)
        _take_over_history(books, source.past_reminders, entity_id, now)


def _take_over_history(
    books: Books, reminders: list[PastReminder], entity_id: EntityId, now: datetime
) -> None:
    known = {
        change.activity_id
        for history in books.activities.level_history(entity_id).values()
        for change in history
    }
    items = {
        (item.customer_id, item.reference, item.is_credit): item
        for item in books.ledger.items(entity_id)
    }
    changes = []
    # Of rows that say the same, the one that names an address is kept.
    by_email = sorted(reminders, key=lambda p: p.email, reverse=True)
    for past in sorted(by_email, key=lambda p: (p.reminded_on, p.level)):
        activity_id = _activity_id(past, entity_id)
        if activity_id in known:
            continue
        known.add(activity_id)
        customer_id = customer_key(entity_id, past.customer_code)
        item = items[customer_id, past.piece, past.amount.cents < 0]
        _record_activity(books, past, activity_id, item, now)
        changes.append(
            LevelChange(
                entity_id=entity_id,
                customer_id=customer_id,
                item_id=item.id,
                kind=StepKind.REMINDER,
                level=past.level,
                reached_on=past.reminded_on,
                cause=LevelCause.TAKEN_OVER,
                activity_id=activity_id,
                recorded_at=now,
            )
        )
    books.activities.record_levels(changes)


def _record_activity(
    books: Books,
    past: PastReminder,
    activity_id: ActivityId,
    item: OpenItem,
    now: datetime,
) -> None:
    books.activities.record(
        Activity(
            id=activity_id,
            entity_id=item.entity_id,
            customer_id=item.customer_id,
            kind=ActivityKind.PAST_REMINDER,
            happened_on=past.reminded_on,
            recorded_at=now,
            level=past.level,
            channel="email" if past.email else "",
            subject=past.piece,
            body=past.attachment,
            recipients=past.email,
            amount=past.amount,
        ),
        [ActivityItem(activity_id=activity_id, item_id=item.id, left=past.amount)],
    )


def _activity_id(past: PastReminder, entity_id: EntityId) -> ActivityId:
    """Identify a row of history, so that reading it twice adds it once."""
    return ActivityId(
        digest(
            entity_id,
            "past",
            past.reminded_on.isoformat(),
            past.customer_code,
            past.piece,
            str(past.level),
            str(past.amount.cents),
        )
    )


def _take_over_contacts(
    books: Books, contacts: list[SourceContact], entity_id: EntityId
) -> None:
    known = {c.id for c in books.customers.contacts(entity_id)}
    known |= books.customers.removed_contacts(entity_id)
    found = [
        _contact(source, entity_id)
        for source in contacts
        if source.email or source.last_name or source.first_name
    ]
    # What people changed since stays.
    books.customers.save_contacts(c for c in found if c.id not in known)


def _contact(source: SourceContact, entity_id: EntityId) -> Contact:
    customer_id = customer_key(entity_id, source.customer_code)
    return Contact(
        id=ContactId(digest(customer_id, "contact", source.email.casefold())),
        entity_id=entity_id,
        customer_id=customer_id,
        first_name=source.first_name,
        last_name=source.last_name,
        email=source.email,
        phone=source.phone,
        is_dunning=bool(source.is_dunning),
        is_billing=source.is_billing,
        is_manager=source.is_manager,
    )


def _take_over_addresses(
    books: Books, reminders: list[PastReminder], entity_id: EntityId
) -> None:
    """The last address that reminders were sent to is the dunning recipient.

    Which one that is does not depend on the order of the rows.
    """
    latest: dict[str, PastReminder] = {}
    for past in sorted(
        reminders, key=lambda p: (p.reminded_on, p.level, p.piece, p.email)
    ):
        if past.email:
            latest[past.customer_code] = past
    known = {c.id: c for c in books.customers.contacts(entity_id)}
    reached = {c.customer_id for c in known.values() if c.is_dunning}
    found = [
        _contact(
            SourceContact(
                line=past.line, customer_code=code, email=past.email, is_dunning=True
            ),
            entity_id,
        )
        for code, past in latest.items()
        if customer_key(entity_id, code) not in reached
    ]
    removed = books.customers.removed_contacts(entity_id)
    # The name and phone of a contact known already stay.
    books.customers.save_contacts(
        replace(known.get(c.id, c), is_dunning=True)
        for c in found
        if c.id not in removed
    )
