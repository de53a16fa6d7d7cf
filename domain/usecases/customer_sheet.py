"""Everything about one customer on one screen, and what can be decided there."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.basics.errors import DunningError
from domain.basics.identifiers import (
    ActivityId,
    ContactId,
    CustomerId,
    ItemId,
    new_id,
)
from domain.basics.money import Money
from domain.customers.activity import Activity, ActivityItem, ActivityKind
from domain.customers.agreements import Dispute, Hold, Note, Promise
from domain.customers.customer import Contact, Customer, dunning_contact
from domain.dashboard.account import AccountAmounts, account_amounts
from domain.dashboard.key_figures import paid_lately
from domain.dunning.engine import plan_customer
from domain.dunning.planned import LeftOut, Plan, PlannedMessage
from domain.dunning.position import Position
from domain.dunning.scenario import DunningStep
from domain.ledger.allocation import Allocation
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.importing import is_kept_from_lists, refresh_items
from domain.usecases.situations import AddressCheck, gather_one


class EmptyNoteError(DunningError):
    """A note says something."""

    message = "Write the note before saving it."


class HoldEndsInThePastError(DunningError):
    """A stop holds at least today."""

    message = "The stop cannot end before today, {today}."


class PromiseInThePastError(DunningError):
    """A promise names a day still to come."""

    message = "A promise to pay cannot be dated before {today}."


class PromiseAmountError(DunningError):
    """A promise is of something."""

    message = "The promised amount must be more than zero."


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """An item of the account, as a line of « Situation de compte »."""

    item: OpenItem
    position: Position
    left_out: LeftOut | None
    proposed: PlannedMessage | None
    """The message of today that holds it, if any."""
    is_excluded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSheet:
    """A customer on one day."""

    customer: Customer
    contacts: tuple[Contact, ...]
    dunning_contact: Contact | None
    email_problem: str
    profile_name: str
    amounts: AccountAmounts
    paid_lately: Money
    level: int
    """Highest level among the open invoices."""
    next_step: DunningStep | None
    next_on: date | None
    plan: Plan
    rows: tuple[ItemRow, ...]
    """Open ones first by due date, then the settled ones, newest first."""
    activities: tuple[Activity, ...]
    """Newest first."""
    notes: tuple[Note, ...]
    holds: tuple[Hold, ...]
    """Those in force, or to come."""
    disputes: tuple[Dispute, ...]
    promises: tuple[Promise, ...]
    allocations: tuple[Allocation, ...]
    today: date

    @property
    def hold(self) -> Hold | None:
        """What stops dunning of the whole customer today."""
        return next(
            (h for h in self.holds if h.item_id is None and h.holds_on(self.today)),
            None,
        )


def show_customer(
    books: Books, customer_id: CustomerId, check_address: AddressCheck, today: date
) -> CustomerSheet:
    """Gather all that is known of a customer."""
    situation = gather_one(books, customer_id, check_address, today)
    customer = situation.customer
    entity = books.entities.get(customer.entity_id)
    options = books.entities.options(customer.entity_id)
    plan = plan_customer(situation, options, today)
    left_out = {one.item.id: one for one in plan.left_out}
    proposed = {item.id: message for message in plan.messages for item in message.items}
    rows = tuple(
        ItemRow(
            item=item,
            position=situation.position(item),
            left_out=left_out.get(item.id),
            proposed=proposed.get(item.id),
            is_excluded=item.id in situation.excluded,
        )
        for item in _in_order(books.ledger.items_of(customer_id))
    )
    contacts = tuple(books.customers.contacts_of(customer_id))
    next_step, next_on = _next(plan)
    return CustomerSheet(
        customer=customer,
        contacts=contacts,
        dunning_contact=dunning_contact(list(contacts)),
        email_problem=situation.email_problem,
        profile_name=situation.profile.name,
        amounts=account_amounts(situation.open_items, today),
        paid_lately=paid_lately(
            books.ledger.entries_of(customer_id), today, entity.fiscal_year_start_month
        ),
        level=max(
            (situation.position(i).level for i in situation.open_items), default=0
        ),
        next_step=next_step,
        next_on=next_on,
        plan=plan,
        rows=rows,
        activities=tuple(books.activities.of(customer_id)),
        notes=tuple(books.agreements.notes_of(customer_id)),
        holds=tuple(
            h
            for h in situation.holds
            if h.holds_on(today) or (h.starts_on > today and not h.lifted_on)
        ),
        disputes=tuple(d for d in situation.disputes if d.is_open_on(today)),
        promises=tuple(p for p in situation.promises if not p.cancelled_on),
        allocations=tuple(books.ledger.allocations_of(customer_id)),
        today=today,
    )


def _in_order(items: list[OpenItem]) -> list[OpenItem]:
    still_open = [i for i in items if i.left]
    settled = [i for i in items if not i.left]
    still_open.sort(key=lambda i: (i.due_on or date.max, i.reference))
    settled.sort(key=lambda i: (i.invoice_on, i.reference), reverse=True)
    return still_open + settled


def _next(plan: Plan) -> tuple[DunningStep | None, date | None]:
    """Find the step that comes soonest among the customer's items."""
    if plan.messages:
        soonest = min(plan.messages, key=lambda m: m.due_since)
        return soonest.step, soonest.due_since
    coming = [one for one in plan.left_out if one.next_on and one.next_step]
    if not coming:
        return None, None
    first = min(coming, key=lambda one: one.next_on or date.max)
    return first.next_step, first.next_on


def activity_items(books: Books, activity_id: ActivityId) -> list[ActivityItem]:
    """List the items an activity named, with what was left then."""
    return books.activities.items_of(activity_id)


def place_hold(
    books: Books,
    customer_id: CustomerId,
    reason: str,
    ends_on: date | None,
    today: date,
    now: datetime,
    item_id: ItemId | None = None,
) -> None:
    """Stop dunning (« STOP ») of a customer or an item."""
    if ends_on and ends_on < today:
        raise HoldEndsInThePastError(today=today)
    customer = books.customers.get(customer_id)
    with books.atomic():
        books.agreements.save_hold(
            Hold(
                id=new_id(),
                entity_id=customer.entity_id,
                customer_id=customer_id,
                item_id=item_id,
                reason=reason.strip(),
                starts_on=today,
                ends_on=ends_on,
            )
        )
        _trace(books, customer, ActivityKind.HOLD_PLACED, reason, today, now)


def lift_hold(books: Books, hold: Hold, today: date, now: datetime) -> None:
    """Let dunning go on."""
    customer = books.customers.get(hold.customer_id)
    with books.atomic():
        books.agreements.save_hold(replace(hold, lifted_on=today))
        _trace(books, customer, ActivityKind.HOLD_LIFTED, hold.reason, today, now)


def open_dispute(
    books: Books,
    customer_id: CustomerId,
    reason: str,
    today: date,
    now: datetime,
    item_id: ItemId | None = None,
) -> None:
    """Note that a customer contests an item or the account."""
    customer = books.customers.get(customer_id)
    with books.atomic():
        books.agreements.save_dispute(
            Dispute(
                id=new_id(),
                entity_id=customer.entity_id,
                customer_id=customer_id,
                item_id=item_id,
                reason=reason.strip(),
                opened_on=today,
            )
        )
        _trace(books, customer, ActivityKind.DISPUTE_OPENED, reason, today, now)


def record_promise(
    books: Books,
    customer_id: CustomerId,
    amount: Money,
    promised_for: date,
    today: date,
    now: datetime,
    item_id: ItemId | None = None,
) -> None:
    """Keep a promise and its trace in the history, together."""
    if promised_for < today:
        raise PromiseInThePastError(today=today)
    if amount.cents <= 0:
        raise PromiseAmountError
    customer = books.customers.get(customer_id)
    with books.atomic():
        books.agreements.save_promise(
            Promise(
                id=new_id(),
                entity_id=customer.entity_id,
                customer_id=customer_id,
                item_id=item_id,
                amount=amount,
                promised_for=promised_for,
                made_on=today,
            )
        )
        _trace(
            books,
            customer,
            ActivityKind.PROMISE_MADE,
            promised_for.isoformat(),
            today,
            now,
            amount,
        )


def write_note(
    books: Books, customer_id: CustomerId, text: str, today: date, now: datetime
) -> None:
    """Keep a note about a customer."""
    if not text.strip():
        raise EmptyNoteError
    customer = books.customers.get(customer_id)
    with books.atomic():
        books.agreements.save_note(
            Note(
                id=new_id(),
                entity_id=customer.entity_id,
                customer_id=customer_id,
                text=text.strip(),
                written_at=now,
            )
        )
        _trace(books, customer, ActivityKind.NOTE, text, today, now)


def _trace(
    books: Books,
    customer: Customer,
    kind: ActivityKind,
    words: str,
    today: date,
    now: datetime,
    amount: Money = Money(0),
) -> None:
    books.activities.record(
        Activity(
            id=ActivityId(new_id()),
            entity_id=customer.entity_id,
            customer_id=customer.id,
            kind=kind,
            happened_on=today,
            recorded_at=now,
            subject=words.strip(),
            amount=amount,
        )
    )


def save_customer(books: Books, customer: Customer) -> None:
    """Keep what was typed about a customer; its terms move its due dates."""
    before = books.customers.get(customer.id)
    with books.atomic():
        books.customers.save_many([customer])
        if before.payment_terms != customer.payment_terms:
            only_open = is_kept_from_lists(books, customer.entity_id)
            refresh_items(books, customer.entity_id, only_open=only_open)


def save_contact(books: Books, contact: Contact) -> None:
    """Keep a contact; a new address must be looked at again."""
    known = {c.id: c for c in books.customers.contacts_of(contact.customer_id)}
    before = known.get(contact.id)
    if before and before.email != contact.email:
        contact = replace(contact, email_accepted=False)
    with books.atomic():
        books.customers.save_contacts([contact])


def accept_address(books: Books, contact: Contact) -> None:
    """Trust an odd address from now on, against the checker's advice."""
    with books.atomic():
        books.customers.save_contacts([replace(contact, email_accepted=True)])


def new_contact(customer: Customer) -> Contact:
    """Make an empty contact who receives reminders."""
    return Contact(
        id=ContactId(new_id()),
        entity_id=customer.entity_id,
        customer_id=customer.id,
        is_dunning=True,
    )
