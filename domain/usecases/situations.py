"""Gather what the engine must know about each customer of a firm."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import TypeVar

from domain.basics.collecting import rarely_collecting
from domain.basics.identifiers import CustomerId, EntityId, ItemId, PairId
from domain.customers.agreements import Dispute, Hold, Promise
from domain.customers.customer import Contact, Customer, dunning_contact
from domain.dunning.courtesy import Courtesy
from domain.dunning.days_off import DaysOff, days_off
from domain.dunning.engine import plan_customer
from domain.dunning.planned import Plan
from domain.dunning.position import LevelChange, position_from
from domain.dunning.scenario import Scenario
from domain.dunning.situation import CustomerSituation
from domain.ledger.entity import DunningOptions
from domain.ledger.open_item import ItemState, OpenItem
from domain.ports import Books
from domain.usecases.courtesy import courtesy_of
from domain.usecases.keeping_promises import kept_promises

AddressCheck = Callable[[str], str]
"""Says what is odd about an e-mail address; empty when nothing is."""

# Thank-yous look no further back: their delay, then 30 days (domain.dunning.thanks).
_SETTLED_LATELY = timedelta(days=90)
# For the weekly cap.
_CONTACTS_BACK = timedelta(days=7)
# For days off being caught up with (domain.dunning.days_off).
_FIRM_CONTACTS_BACK = timedelta(days=45)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situations:
    """Every customer of a firm on one day, and the firm's limits."""

    entity_id: EntityId
    options: DunningOptions
    of: dict[CustomerId, CustomerSituation]
    contacts: dict[CustomerId, Contact]
    """Who receives reminders, where known."""
    kept: frozenset[str]
    """The promises that were kept."""
    today: date
    courtesy: Courtesy
    days_off: DaysOff | None
    """Days without reminders, being caught up with."""
    contacted_on: frozenset[date]
    """The days on which the firm contacted anybody, lately and the last time before."""

    def plans(self) -> list[Plan]:
        """Propose today's messages to every customer."""
        return [
            plan_customer(situation, self.options, self.today)
            for situation in self.of.values()
        ]


_T = TypeVar("_T")


def _by_customer(
    things: Iterable[_T], customer_of: Callable[[_T], CustomerId]
) -> dict[CustomerId, list[_T]]:
    grouped: dict[CustomerId, list[_T]] = defaultdict(list)
    for thing in things:
        grouped[customer_of(thing)].append(thing)
    return grouped


@rarely_collecting()
def gather(
    books: Books,
    entity_id: EntityId,
    check_address: AddressCheck,
    today: date,
    *,
    even_today: bool = False,
) -> Situations:
    """Read the situation of every customer of a firm that has open items.

    ``even_today``: a person wants to write although today is a quiet day.
    """
    items = books.ledger.live_items(entity_id, today - _SETTLED_LATELY)
    by_customer = _by_customer(items, attrgetter("customer_id"))
    contacts = {
        customer_id: chosen
        for customer_id, found in _by_customer(
            books.customers.contacts(entity_id), lambda c: c.customer_id
        ).items()
        if (chosen := dunning_contact(found))
    }
    courtesy = courtesy_of(books, entity_id)
    contacted_on = _contacted_on(books, entity_id, today)
    contacted = _Contacted(
        last_on=books.activities.last_contacts(entity_id),
        days=books.activities.contact_days(entity_id, today - _CONTACTS_BACK),
        courtesy=courtesy.except_on(today) if even_today else courtesy,
        days_off=days_off(contacted_on, today, courtesy.catch_up_after),
    )
    promises = books.agreements.promises(entity_id)
    agreed = _Agreed(
        holds=books.agreements.holds(entity_id),
        disputes=books.agreements.disputes(entity_id),
        promises=promises,
        kept=kept_promises(books, promises, today),
    )
    history = books.activities.level_history(entity_id)
    make = _maker(books, entity_id, history, check_address, contacted, agreed)
    return Situations(
        entity_id=entity_id,
        options=books.entities.options(entity_id),
        of={
            customer.id: make(
                customer, by_customer[customer.id], contacts.get(customer.id)
            )
            for customer in books.customers.all(entity_id)
            if customer.id in by_customer
        },
        contacts=contacts,
        kept=agreed.kept,
        today=today,
        courtesy=contacted.courtesy,
        days_off=contacted.days_off,
        contacted_on=contacted_on,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contacted:
    """When customers were contacted, and when they may be again."""

    last_on: Mapping[CustomerId, date]
    days: Mapping[CustomerId, tuple[date, ...]]
    courtesy: Courtesy
    days_off: DaysOff | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Agreed:
    """What was agreed with customers, of a firm or of one of them."""

    holds: Iterable[Hold]
    disputes: Iterable[Dispute]
    promises: Iterable[Promise]
    kept: frozenset[str]


def _contacted_on(books: Books, entity_id: EntityId, today: date) -> frozenset[date]:
    since = today - _FIRM_CONTACTS_BACK
    return frozenset(books.activities.days_of_contact(entity_id, since))


def _settled_lately(item: OpenItem, today: date) -> bool:
    return bool(item.settled_on and item.settled_on >= today - _SETTLED_LATELY)


def _maker(
    books: Books,
    entity_id: EntityId,
    history: Mapping[ItemId, list[LevelChange]],
    check_address: AddressCheck,
    contacted: _Contacted,
    agreed: _Agreed,
) -> Callable[[Customer, list[OpenItem], Contact | None], CustomerSituation]:
    """Read once what all customers share, and make situations from it."""
    profiles = {p.id: p for p in books.scenarios.profiles(entity_id)}
    default = next(p for p in profiles.values() if p.is_default)
    scenarios: dict[tuple[PairId | None, bool], Scenario] = {
        (s.pair_id, s.with_email): s for s in books.scenarios.scenarios(entity_id)
    }
    positions = {
        item_id: position_from(changes) for item_id, changes in history.items()
    }
    holds = _by_customer(agreed.holds, lambda h: h.customer_id)
    disputes = _by_customer(agreed.disputes, lambda d: d.customer_id)
    promises = _by_customer(agreed.promises, lambda p: p.customer_id)
    set_aside = {
        one.customer_id: one.since for one in books.agreements.set_aside(entity_id)
    }
    excluded = books.ledger.excluded(entity_id)
    pending = books.outbox.pending_items(entity_id)
    automatic = books.entities.automatic_payment_modes(entity_id)
    calls = books.calls.latest(entity_id)

    def make(
        customer: Customer, items: list[OpenItem], contact: Contact | None
    ) -> CustomerSituation:
        profile = profiles.get(customer.profile_id or default.id, default)
        call = calls.get(customer.id)
        odd = contact and not contact.email_accepted and check_address(contact.email)
        return CustomerSituation(
            customer=customer,
            profile=profile,
            with_email=scenarios.get((profile.pair_id, True)),
            without_email=scenarios.get((profile.pair_id, False)),
            email=contact.email if contact else "",
            email_problem=odd or "",
            open_items=tuple([i for i in items if i.state is ItemState.OPEN]),
            settled_items=tuple([i for i in items if i.state is ItemState.SETTLED]),
            positions=positions,
            holds=tuple(holds.get(customer.id, ())),
            disputes=tuple(disputes.get(customer.id, ())),
            promises=tuple(promises.get(customer.id, ())),
            kept=agreed.kept,
            set_aside_on=set_aside.get(customer.id),
            excluded=excluded,
            pending=pending,
            automatic_modes=automatic,
            last_contact_on=contacted.last_on.get(customer.id),
            contacts=contacted.days.get(customer.id, ()),
            called_on=call.called_on if call else None,
            call_again_on=call.again_on if call else None,
            courtesy=contacted.courtesy,
            catching_up=contacted.days_off is not None,
        )

    return make


def gather_for(
    books: Books,
    entity_id: EntityId,
    customers: Collection[CustomerId],
    check_address: AddressCheck,
    today: date,
    *,
    even_today: bool = False,
) -> Situations:
    """Read the situation of some customers: of one, without reading the others."""
    if len(customers) > 1:
        return gather(books, entity_id, check_address, today, even_today=even_today)
    of = {
        customer_id: gather_one(
            books, customer_id, check_address, today, even_today=even_today
        )
        for customer_id in customers
    }
    courtesy = courtesy_of(books, entity_id)
    contacted_on = _contacted_on(books, entity_id, today)
    return Situations(
        entity_id=entity_id,
        options=books.entities.options(entity_id),
        of=of,
        contacts={
            customer_id: chosen
            for customer_id in of
            if (chosen := dunning_contact(books.customers.contacts_of(customer_id)))
        },
        kept=frozenset().union(*(one.kept for one in of.values())),
        today=today,
        courtesy=courtesy.except_on(today) if even_today else courtesy,
        days_off=days_off(contacted_on, today, courtesy.catch_up_after),
        contacted_on=contacted_on,
    )


def gather_one(
    books: Books,
    customer_id: CustomerId,
    check_address: AddressCheck,
    today: date,
    *,
    even_today: bool = False,
) -> CustomerSituation:
    """Read the situation of one customer."""
    customer = books.customers.get(customer_id)
    items = [
        item
        for item in books.ledger.items_of(customer_id)
        if item.state is ItemState.OPEN or _settled_lately(item, today)
    ]
    contact = dunning_contact(books.customers.contacts_of(customer_id))
    days = books.activities.contact_days_of(customer_id)
    courtesy = courtesy_of(books, customer.entity_id)
    contacted_on = _contacted_on(books, customer.entity_id, today)
    contacted = _Contacted(
        last_on={customer_id: days[-1]} if days else {},
        days={customer_id: tuple(d for d in days if d >= today - _CONTACTS_BACK)},
        courtesy=courtesy.except_on(today) if even_today else courtesy,
        days_off=days_off(contacted_on, today, courtesy.catch_up_after),
    )
    promises = books.agreements.promises_of(customer_id)
    agreed = _Agreed(
        holds=books.agreements.holds_of(customer_id),
        disputes=books.agreements.disputes_of(customer_id),
        promises=promises,
        kept=kept_promises(books, promises, today),
    )
    history = books.activities.level_history_of(customer_id)
    make = _maker(books, customer.entity_id, history, check_address, contacted, agreed)
    return make(customer, items, contact)
