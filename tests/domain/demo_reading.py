"""The demonstration firm read as the app will read it, for its tests."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache

from email_validator import EmailNotValidError, validate_email

from domain.basics.identifiers import CustomerId, ItemId
from domain.customers.customer import Customer, dunning_contact
from domain.demo.firm import DemoEntity, DemoFirm, demo_firm
from domain.demo.scenarios import demo_scenario
from domain.dunning.defaults import standard_profile
from domain.dunning.engine import plan_customer
from domain.dunning.planned import Plan
from domain.dunning.position import LevelCause, LevelChange, position_from
from domain.dunning.situation import CustomerSituation
from domain.ledger.entity import DunningOptions
from domain.ledger.entry import LedgerEntry, SourceLine, identified
from domain.ledger.items import DerivedItems, derive_items
from domain.ledger.open_item import ItemState, OpenItem

TODAY = date(2026, 11, 21)
A_WEEK = [TODAY + timedelta(days=count) for count in range(7)]


@cache
def firm(today: date = TODAY) -> DemoFirm:
    return demo_firm(today)


def entities(today: date = TODAY) -> tuple[DemoEntity, ...]:
    return firm(today).entities


def customers() -> list[Customer]:
    return [customer for entity in entities() for customer in entity.customers]


def emails() -> list[str]:
    contacts = [contact for entity in entities() for contact in entity.contacts]
    return [contact.email for contact in contacts if contact.email]


def lines() -> list[SourceLine]:
    return [line for entity in entities() for line in entity.source.lines]


def entries(entity: DemoEntity) -> list[LedgerEntry]:
    return [entry for entry, _ in identified(entity.source.lines, entity.entity.id)]


@cache
def derived(today: date, rank: int) -> DerivedItems:
    entity = entities(today)[rank]
    return derive_items(
        entries(entity),
        {customer.id: customer.payment_terms for customer in entity.customers},
        entity.entity.default_terms,
        match_payments=False,
    )


def items(today: date = TODAY) -> list[OpenItem]:
    return [item for rank in range(2) for item in derived(today, rank).items]


def open_items(today: date = TODAY) -> list[OpenItem]:
    return [item for item in items(today) if item.state is ItemState.OPEN]


def late_items() -> list[OpenItem]:
    return [i for i in open_items() if i.days_overdue(TODAY) and not i.is_credit]


def balances() -> Counter[CustomerId]:
    owed: Counter[CustomerId] = Counter()
    for item in open_items():
        owed[item.customer_id] += item.left.cents
    return owed


def levels_of(entity: DemoEntity) -> dict[ItemId, list[LevelChange]]:
    history: dict[ItemId, list[LevelChange]] = defaultdict(list)
    for reminder in entity.past_reminders:
        for item in reminder.items:
            if not item.is_credit:
                history[item.id].append(
                    LevelChange(
                        entity_id=entity.entity.id,
                        customer_id=reminder.customer_id,
                        item_id=item.id,
                        kind=reminder.kind,
                        level=reminder.level,
                        reached_on=reminder.sent_on,
                        deadline_on=reminder.deadline_on,
                        cause=LevelCause.SENT,
                        recorded_at=datetime.combine(
                            reminder.sent_on, datetime.min.time(), UTC
                        ),
                    )
                )
    return history


@cache
def plans(today: date = TODAY) -> tuple[Plan, ...]:
    """What the engine proposes for the whole firm, as the app will ask it."""
    return tuple(
        plan
        for rank, entity in enumerate(entities(today))
        for plan in _plans_of(entity, derived(today, rank).items, today)
    )


def _plans_of(
    entity: DemoEntity, every_item: list[OpenItem], today: date
) -> Iterator[Plan]:
    profile = standard_profile(entity.entity.id)
    history = levels_of(entity)
    positions = {item_id: position_from(past) for item_id, past in history.items()}
    contacted = {r.customer_id: r.sent_on for r in entity.past_reminders}
    for customer in entity.customers:
        mine = customer.id
        contact = dunning_contact([c for c in entity.contacts if c.customer_id == mine])
        email = contact.email if contact else ""
        situation = CustomerSituation(
            customer=customer,
            profile=profile,
            with_email=demo_scenario(profile, with_email=True),
            without_email=demo_scenario(profile, with_email=False),
            email=email,
            email_problem="" if not email or is_right(email) else "odd",
            open_items=tuple(
                item
                for item in every_item
                if item.customer_id == mine and item.state is ItemState.OPEN
            ),
            positions=positions,
            holds=tuple(h for h in entity.holds if h.customer_id == mine),
            disputes=tuple(d for d in entity.disputes if d.customer_id == mine),
            promises=tuple(p for p in entity.promises if p.customer_id == mine),
            automatic_modes=frozenset(entity.automatic_modes),
            last_contact_on=contacted.get(mine),
        )
        yield plan_customer(situation, DunningOptions(), today)


def is_right(email: str) -> bool:
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
