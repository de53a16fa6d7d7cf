"""Everything about one customer on one screen."""

from dataclasses import dataclass
from datetime import date

from domain.basics.identifiers import CustomerId, ItemId
from domain.basics.money import Money
from domain.basics.wording import known_language
from domain.customers.activity import CONTACT_KINDS, Activity, ActivityKind
from domain.customers.agreements import Dispute, Hold, Note, Promise
from domain.customers.customer import Contact, Customer, dunning_contact
from domain.customers.customer_line import CustomerState
from domain.dashboard.account import AccountAmounts, account_amounts
from domain.dashboard.key_figures import paid_lately
from domain.dunning.compose import recipient_lines
from domain.dunning.engine import is_broken, plan_customer
from domain.dunning.planned import Exclusion, LeftOut, Plan, PlannedMessage, Reason
from domain.dunning.position import Position
from domain.dunning.scenario import DunningStep
from domain.dunning.situation import CustomerSituation
from domain.ledger.allocation import Allocation
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.situations import AddressCheck, gather_one


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """An item of the account, as a line of « Situation de compte »."""

    item: OpenItem
    position: Position
    left_out: LeftOut | None
    proposed: PlannedMessage | None
    """The message of today that holds it, if any."""
    is_excluded: bool
    days_overdue: int

    @property
    def exclusions(self) -> tuple[Exclusion, ...]:
        """Why it is not proposed, the main reason first."""
        return self.left_out.exclusions if self.left_out else ()

    @property
    def state(self) -> CustomerState:
        """The one word that tells most about it."""
        if not self.item.left:
            return CustomerState.SETTLED
        reasons = {exclusion.reason for exclusion in self.exclusions}
        for reason, state in _STATES.items():
            if reason in reasons:
                return state
        if self.item.is_credit:
            return CustomerState.CREDIT
        return CustomerState.LATE if self.days_overdue else CustomerState.TO_COME


_STATES = {
    Reason.CUSTOMER_HOLD: CustomerState.STOPPED,
    Reason.ITEM_HOLD: CustomerState.STOPPED,
    Reason.DISPUTE: CustomerState.DISPUTE,
    Reason.PROMISE_TO_COME: CustomerState.PROMISE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSheet:
    """A customer on one day."""

    customer: Customer
    contacts: tuple[Contact, ...]
    dunning_contact: Contact | None
    email_problem: str
    """What is odd about its address, unless a person accepted it."""
    postal_lines: tuple[str, ...]
    """Its address as letters print it."""
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
    """Those to come, and those not kept."""
    allocations: tuple[Allocation, ...]
    today: date
    mode_terms: str = ""
    """Payment terms of the mode it pays by, if that has any."""

    @property
    def hold(self) -> Hold | None:
        """What stops dunning of the whole customer today."""
        return next(
            (h for h in self.holds if h.item_id is None and h.holds_on(self.today)),
            None,
        )

    @property
    def main_reason(self) -> Exclusion | None:
        """Why nothing is proposed today: what keeps the oldest invoice back."""
        kept_back = [one for one in self.plan.left_out if not one.item.is_credit]
        if self.plan.messages or not kept_back:
            return None
        oldest = min(kept_back, key=lambda one: one.item.due_on or date.max)
        return oldest.exclusions[0]

    @property
    def contact_count(self) -> int:
        """How many times the customer was reached."""
        return sum(1 for one in self.activities if one.kind in CONTACT_KINDS)

    def last(self, *kinds: ActivityKind) -> Activity | None:
        """Find what was last done of some kinds."""
        return next((one for one in self.activities if one.kind in kinds), None)

    def reference(self, item_id: ItemId) -> str:
        """Name an item by its number; empty when the books no longer hold it."""
        found = (row.item for row in self.rows if row.item.id == item_id)
        return next((item.reference for item in found), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityLine:
    """An item that an activity named."""

    item: OpenItem | None
    """None when the books no longer hold it."""
    left: Money
    """What was left to pay then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityView:
    """What a customer received, word for word."""

    activity: Activity
    lines: tuple[ActivityLine, ...]
    document: bytes | None


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
            days_overdue=item.days_overdue(today) if item.left else 0,
        )
        for item in _in_order(books.ledger.items_of(customer_id))
    )
    contacts = tuple(books.customers.contacts_of(customer_id))
    contact = dunning_contact(list(contacts))
    next_step, next_on = _next(plan)
    return CustomerSheet(
        customer=customer,
        contacts=contacts,
        dunning_contact=contact,
        email_problem=situation.email_problem,
        postal_lines=recipient_lines(
            customer, contact, known_language(customer.language)
        ),
        profile_name=situation.profile.name,
        mode_terms=next(
            (
                mode.terms
                for mode in books.entities.payment_modes(customer.entity_id)
                if mode.code == customer.payment_mode
            ),
            "",
        ),
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
        promises=_standing_promises(situation, today),
        allocations=tuple(books.ledger.allocations_of(customer_id)),
        today=today,
    )


def _standing_promises(
    situation: CustomerSituation, today: date
) -> tuple[Promise, ...]:
    return tuple(
        promise
        for promise in situation.promises
        if promise.is_to_come(today)
        or any(is_broken(promise, item, today) for item in situation.open_items)
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


def show_activity(books: Books, activity: Activity) -> ActivityView:
    """Show what was sent, with its items and its file."""
    named = books.activities.items_of(activity.id)
    items = {i.id: i for i in books.ledger.get_items(line.item_id for line in named)}
    return ActivityView(
        activity=activity,
        lines=tuple(
            ActivityLine(item=items.get(line.item_id), left=line.left) for line in named
        ),
        document=books.outbox.document(activity.document_id)
        if activity.document_id
        else None,
    )
