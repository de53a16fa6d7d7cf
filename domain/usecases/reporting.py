"""What leaves the app as a file: the per-entity workbook."""

from collections import defaultdict

from domain.basics.identifiers import CustomerId, EntityId, ItemId
from domain.basics.money import EUR
from domain.basics.text import natural_key
from domain.customers.activity import ActivityKind
from domain.customers.customer import Contact, Customer, dunning_contact
from domain.ledger.open_item import OpenItem
from domain.ledger.workbook import WorkbookContent
from domain.ports import Books

Row = tuple[object, ...]


def workbook_content(books: Books, entity_id: EntityId) -> WorkbookContent:
    """Gather the three tabs of row N10; totals are those of the screens.

    In euros only: their columns have no place for another currency.
    """
    customers = {c.id: c for c in books.customers.all(entity_id)}
    items = {i.id: i for i in books.ledger.items(entity_id)}
    contacts: dict[CustomerId, list[Contact]] = defaultdict(list)
    for contact in books.customers.contacts(entity_id):
        contacts[contact.customer_id].append(contact)
    return WorkbookContent(
        reminders=_reminders(books, entity_id, customers, items),
        due_invoices=_due_invoices(books, entity_id, customers),
        without_recipient=_without_recipient(customers, contacts),
    )


def _reminders(
    books: Books,
    entity_id: EntityId,
    customers: dict[CustomerId, Customer],
    items: dict[ItemId, OpenItem],
) -> list[Row]:
    """One row per item of each reminder that left, oldest first."""
    activities = {
        a.id: a
        for a in books.activities.all(entity_id)
        if a.kind in {ActivityKind.REMINDER, ActivityKind.PAST_REMINDER}
    }
    rows = []
    for line in books.activities.all_items(entity_id):
        activity = activities.get(line.activity_id)
        item = items.get(line.item_id)
        if activity is None or item is None or item.currency != EUR:
            continue
        customer = customers[activity.customer_id]
        taken_over = activity.kind is ActivityKind.PAST_REMINDER
        rows.append(
            (
                activity.happened_on,
                item.invoice_on,
                item.due_on,
                customer.code,
                item.reference,
                activity.level,
                activity.body if taken_over else item.attachment,
                customer.name,
                activity.recipients if activity.channel == "email" else "",
                max(line.left.amount, 0 * line.left.amount),
                max(-line.left.amount, 0 * line.left.amount),
            )
        )
    return sorted(
        rows,
        key=lambda r: (r[0], natural_key(str(r[3])), natural_key(str(r[4])), r[5]),
    )


def _due_invoices(
    books: Books, entity_id: EntityId, customers: dict[CustomerId, Customer]
) -> list[Row]:
    """One row per open item, with what is left of it: the screen's total.

    Lines that only their rank tells apart keep the order the books have them in.
    """
    items = {item.id: item for item in books.ledger.open_items(entity_id)}
    rows = []
    for entry in books.ledger.entries(entity_id):
        item = items.get(entry.id)
        if item is None or item.currency != EUR:
            continue
        left = item.left.amount
        rows.append(
            (
                entry.entry_on,
                item.due_on,
                customers[item.customer_id].code,
                max(left, 0 * left),
                max(-left, 0 * left),
                item.attachment,
                item.reference,
                entry.journal,
            )
        )
    return sorted(
        rows, key=lambda r: (natural_key(str(r[2])), r[0], natural_key(str(r[6])))
    )


def _without_recipient(
    customers: dict[CustomerId, Customer], contacts: dict[CustomerId, list[Contact]]
) -> list[Row]:
    """One row per customer nobody is set to receive reminders for."""
    rows: list[Row] = []
    for customer in customers.values():
        known = contacts.get(customer.id, [])
        if any(c.is_dunning and c.email for c in known):
            continue
        contact = dunning_contact(known)
        rows.append(
            (
                customer.code,
                customer.name,
                contact.email if contact else "",
                contact.last_name if contact else "",
                contact.first_name if contact else "",
                contact.is_dunning if contact else None,
            )
        )
    return sorted(rows, key=lambda r: natural_key(str(r[0])))
