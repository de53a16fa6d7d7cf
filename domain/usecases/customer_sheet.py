"""Everything about one customer on one screen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.basics.identifiers import ActivityId, CustomerId, ItemId
from domain.basics.money import EUR, Money
from domain.customers.activity import (
    CONTACT_KINDS,
    Activity,
    ActivityItem,
    ActivityKind,
)
from domain.customers.agreements import Dispute, Hold, Note, Promise
from domain.customers.call import wrong_numbers
from domain.customers.customer import Contact, Customer, dunning_contact
from domain.customers.free_fields import FieldNames
from domain.customers.keeping import Fate
from domain.dashboard.account import AccountAmounts, account_amounts
from domain.dashboard.key_figures import paid_lately
from domain.dunning.engine import plan_customer
from domain.dunning.outbox import OutboxMessage
from domain.dunning.penalties import Penalties
from domain.dunning.planned import Exclusion, Plan
from domain.dunning.profile import Profile
from domain.dunning.scenario import DunningStep, Scenario
from domain.dunning.situation import CustomerSituation
from domain.ledger.allocation import Allocation
from domain.ledger.entry import LedgerEntry
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.account_rows import ItemRow, account_rows
from domain.usecases.free_fields import field_names
from domain.usecases.keeping_promises import fates_of
from domain.usecases.paying import Payer, know_payer
from domain.usecases.penalties import unpaid_penalties
from domain.usecases.registered import registered_letter, returned_letters
from domain.usecases.situations import AddressCheck, gather_one

_ENDED_SHOWN = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a customer owes and paid in one currency."""

    amounts: AccountAmounts
    paid_lately: Money

    @property
    def currency(self) -> str:
        """The currency of all its amounts."""
        return self.amounts.balance.currency


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSheet:
    """A customer on one day."""

    customer: Customer
    contacts: tuple[Contact, ...]
    wrong_numbers: Mapping[str, date]
    """Found wrong in a call, by what is dialled; those still known are struck out."""
    dunning_contact: Contact | None
    email_problem: str
    """What is odd about its address, unless a person accepted it."""
    profile: Profile
    profiles: tuple[Profile, ...]
    """All those of the firm, to choose from."""
    scenario: Scenario | None
    """The one that applies, with or without e-mail."""
    field_names: FieldNames
    accounts: tuple[Account, ...]
    """One per currency, euros first; never added together."""
    level: int
    """Highest level among the open invoices."""
    next_step: DunningStep | None
    next_on: date | None
    plan: Plan
    rows: tuple[ItemRow, ...]
    """Open ones first by due date, then the settled ones, newest first."""
    activities: tuple[Activity, ...]
    """Newest first."""
    named: Mapping[ActivityId, tuple[ItemId, ...]]
    """The items that each activity names."""
    undone: frozenset[ActivityId]
    """Those that a person took back: they count no more."""
    notes: tuple[Note, ...]
    holds: tuple[Hold, ...]
    """Those in force, or to come."""
    disputes: tuple[Dispute, ...]
    promises: tuple[Promise, ...]
    """Those to come, and those not kept."""
    ended: tuple[Hold | Dispute | Promise, ...]
    """Lifted, closed or cancelled within the last days: still to put back."""
    returned: tuple[OutboxMessage, ...]
    """Registered letters that came back, about items still unpaid."""
    fates: Mapping[str, Fate]
    """What became of each promise, and what was paid of it since."""
    allocations: tuple[Allocation, ...]
    payer: Payer
    penalties: Penalties
    """What the lateness of its unpaid invoices costs."""
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
    def amounts(self) -> AccountAmounts:
        """What the account adds up to, in its first currency."""
        return self.accounts[0].amounts

    @property
    def owes(self) -> bool:
        """Whether something is owed, in any currency."""
        return any(account.amounts.is_debit for account in self.accounts)

    @property
    def profile_name(self) -> str:
        """What its profile is called."""
        return self.profile.name

    def count_on_unpaid(self, *kinds: ActivityKind) -> int:
        """Count what was done of some kinds about items that are still unpaid."""
        unpaid = {row.item.id for row in self.rows if row.item.left.cents > 0}
        return sum(
            1
            for one in self.activities
            if one.kind in kinds and not unpaid.isdisjoint(self.named.get(one.id, ()))
        )

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
    registered: OutboxMessage | None
    """The registered letter that it was; None for anything else."""


def show_customer(
    books: Books, customer_id: CustomerId, check_address: AddressCheck, today: date
) -> CustomerSheet:
    """Gather all that is known of a customer."""
    situation = gather_one(books, customer_id, check_address, today)
    customer = situation.customer
    plan = plan_customer(situation, books.entities.options(customer.entity_id), today)
    entries = books.ledger.entries_of(customer_id)
    contacts = tuple(books.customers.contacts_of(customer_id))
    contact = dunning_contact(list(contacts))
    next_step, next_on = _next(plan)
    allocations = tuple(books.ledger.allocations_of(customer_id))
    return CustomerSheet(
        customer=customer,
        contacts=contacts,
        wrong_numbers=wrong_numbers(books.calls.of(customer_id)),
        dunning_contact=contact,
        email_problem=situation.email_problem,
        mode_terms=next(
            (
                mode.terms
                for mode in books.entities.payment_modes(customer.entity_id)
                if mode.code == customer.payment_mode
            ),
            "",
        ),
        profile=situation.profile,
        profiles=tuple(books.scenarios.profiles(customer.entity_id)),
        scenario=situation.scenario,
        field_names=field_names(books, customer.entity_id),
        accounts=_accounts(books, situation, entries, today),
        level=max(
            (situation.position(i).level for i in situation.open_items), default=0
        ),
        next_step=next_step,
        next_on=next_on,
        plan=plan,
        rows=account_rows(books, situation, plan, entries, today),
        activities=tuple(books.activities.of(customer_id)),
        named=_named(books.activities.items_about(customer_id)),
        undone=books.activities.undone(customer_id),
        notes=tuple(books.agreements.notes_of(customer_id)),
        holds=tuple(
            h
            for h in situation.holds
            if h.holds_on(today) or (h.starts_on > today and not h.lifted_on)
        ),
        disputes=tuple(d for d in situation.disputes if d.is_open_on(today)),
        promises=_standing_promises(situation, today),
        ended=_ended(situation, today - _ENDED_SHOWN),
        returned=tuple(returned_letters(books, customer.entity_id, customer_id)),
        fates=fates_of(books, situation.promises, today),
        allocations=allocations,
        payer=know_payer(books, situation, allocations, entries, today),
        penalties=unpaid_penalties(
            books, customer, situation.open_items, entries, allocations, today
        ),
        today=today,
    )


def _accounts(
    books: Books,
    situation: CustomerSituation,
    entries: Sequence[LedgerEntry],
    today: date,
) -> tuple[Account, ...]:
    """Add up a customer's items currency by currency; euros where it has none."""
    items = situation.open_items
    entity = books.entities.get(situation.customer.entity_id)
    currencies = {item.currency for item in items} or {EUR}
    return tuple(
        Account(
            amounts=account_amounts(items, today, currency=currency),
            paid_lately=paid_lately(
                entries, today, entity.fiscal_year_start_month, currency
            ),
        )
        for currency in sorted(currencies, key=lambda name: (name != EUR, name))
    )


def _named(lines: Iterable[ActivityItem]) -> Mapping[ActivityId, tuple[ItemId, ...]]:
    named: dict[ActivityId, list[ItemId]] = defaultdict(list)
    for line in lines:
        named[line.activity_id].append(line.item_id)
    return {activity_id: tuple(items) for activity_id, items in named.items()}


def _standing_promises(
    situation: CustomerSituation, today: date
) -> tuple[Promise, ...]:
    return tuple(
        promise
        for promise in situation.promises
        if promise.is_to_come(today)
        or (promise.is_past(today) and promise.id not in situation.kept)
    )


def _ended(
    situation: CustomerSituation, since: date
) -> tuple[Hold | Dispute | Promise, ...]:
    """List what a person ended since a day, the latest first."""
    ended: list[tuple[date | None, Hold | Dispute | Promise]] = [
        *((hold.lifted_on, hold) for hold in situation.holds),
        *((dispute.closed_on, dispute) for dispute in situation.disputes),
        *((promise.cancelled_on, promise) for promise in situation.promises),
    ]
    lately = [(day, fact) for day, fact in ended if day and day >= since]
    lately.sort(key=lambda one: one[0], reverse=True)
    return tuple(fact for _day, fact in lately)


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
        registered=registered_letter(books, activity.entity_id, activity.document_id),
    )
