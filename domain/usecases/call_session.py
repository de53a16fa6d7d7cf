"""« Séance d'appels »: who is to be called today, in which order, and what to say."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.basics import wording
from domain.basics.identifiers import (
    CustomerId,
    EntityId,
    ItemId,
    PairId,
    ScenarioId,
    StepId,
)
from domain.basics.money import Money
from domain.customers.call import SPOKEN, Call, digits, wrong_numbers
from domain.customers.customer import Contact, Customer
from domain.dunning.by_voice import BY_VOICE, asked_by_voice
from domain.dunning.calls import turn
from domain.dunning.engine import plan_customer
from domain.dunning.exclusions import standing_exclusions
from domain.dunning.planned import Plan, PlannedMessage
from domain.dunning.scenario import Channel, DunningStep, Scenario, StepKind
from domain.dunning.situation import CustomerSituation
from domain.dunning.tag_values import MessageFacts, tag_values
from domain.dunning.tags import fill
from domain.dunning.texts import base_of
from domain.ledger.entity import DunningOptions
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.by_criteria import amounts
from domain.usecases.customer_sheet import CustomerSheet, show_customer
from domain.usecases.situations import AddressCheck, gather, gather_one

Scripts = Mapping[tuple[str, str], str]
"""What to say that ships, by kind of message and language."""
_FIRST, _LAST = 1, 3
"""Levels that have a script of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEntry:
    """A customer of today's session."""

    customer: Customer
    items: tuple[OpenItem, ...]
    """What the call is about: debits, and credits deducted."""
    by_scenario: bool
    """A step of its scenario is a call, due today."""
    last: Call | None
    """How the last call ended."""

    @property
    def totals(self) -> tuple[Money, ...]:
        """What is asked for, an amount per currency."""
        return amounts(item.left for item in self.items)

    @property
    def cents(self) -> int:
        """The greatest of its amounts, to sort by."""
        return max((total.cents for total in self.totals), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDone:
    """A customer of today's session that needs no further call today."""

    customer: Customer
    call: Call
    items: tuple[OpenItem, ...]
    """What the call was about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTally:
    """What the calls of a day came to."""

    calls: int
    reached: int
    """Customers who were spoken to."""
    promises: int
    promised: tuple[Money, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSession:
    """Today's calls: those made first, then those to make in their order."""

    done: tuple[CallDone, ...]
    to_call: tuple[CallEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneNumber:
    """A number of a customer, and who answers."""

    number: str
    contact: Contact | None
    """None for the customer's own number."""
    is_wrong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """All that helps one call."""

    sheet: CustomerSheet
    numbers: tuple[PhoneNumber, ...]
    """Of the person who receives the reminders first; wrong ones last."""
    script: tuple[str, ...]
    calls: tuple[Call, ...]
    """Those made to the customer, oldest first."""


def show_session(
    books: Books,
    entity_id: EntityId,
    check_address: AddressCheck,
    today: date,
    hour: str,
) -> CallSession:
    """List today's calls; ``hour``, as « 14:30 », tells whose turn has come."""
    situations = gather(books, entity_id, check_address, today)
    latest = books.calls.latest(entity_id)
    chosen = chosen_items(books, entity_id, today)
    entries = []
    for plan in situations.plans():
        situation = situations.of[plan.customer_id]
        last = latest.get(plan.customer_id)
        items, by_scenario = _about(
            situation,
            plan,
            situations.options,
            chosen.get(plan.customer_id, frozenset()),
            last,
            today,
        )
        if items:
            entries.append(
                CallEntry(
                    customer=situation.customer,
                    items=items,
                    by_scenario=by_scenario,
                    last=last,
                )
            )
    entries.sort(key=lambda e: (*turn(e.last, today, hour, e.cents), e.customer.name))
    waiting = {entry.customer.id for entry in entries}
    ended = {call.customer_id: call for call in books.calls.on(entity_id, today)}
    return CallSession(
        done=tuple(
            _done(books, call)
            for customer_id, call in ended.items()
            if customer_id not in waiting
        ),
        to_call=tuple(entries),
    )


def _done(books: Books, call: Call) -> CallDone:
    named = books.activities.items_of(call.activity_id)
    return CallDone(
        customer=books.customers.get(call.customer_id),
        call=call,
        items=tuple(books.ledger.get_items(line.item_id for line in named)),
    )


def _about(
    situation: CustomerSituation,
    plan: Plan,
    options: DunningOptions,
    chosen: frozenset[ItemId],
    last: Call | None,
    today: date,
) -> tuple[tuple[OpenItem, ...], bool]:
    """Tell what to call a customer about today, and whether its scenario asks so."""
    planned = asked_by_voice(plan, Channel.PHONE)
    if planned:
        return planned, True
    repeats = last is not None and last.is_to_repeat(today)
    if chosen and (repeats or last is None or last.called_on < today):
        ticked = [i for i in situation.open_items if i.id in chosen]
        return _sorted(ticked), False
    if not repeats:
        return (), False
    late = [
        item
        for item in situation.open_items
        if item.days_overdue(today) > 0
        and not item.is_credit
        and not standing_exclusions(item, situation, options, today)
    ]
    return _sorted(late), False


def _sorted(items: Iterable[OpenItem]) -> tuple[OpenItem, ...]:
    return tuple(sorted(items, key=lambda i: (i.is_credit, i.due_on or date.max, i.id)))


def choose_calls(
    books: Books,
    entity_id: EntityId,
    items: Mapping[CustomerId, Sequence[ItemId]],
    today: date,
) -> None:
    """Add customers to today's session, with what they are called about."""
    known = {
        key: list(ids) for key, ids in chosen_items(books, entity_id, today).items()
    }
    known.update({key: list(ids) for key, ids in items.items()})
    with books.atomic():
        books.settings.set(
            _chosen_name(entity_id),
            json.dumps({"day": today.isoformat(), "items": known}),
        )


def chosen_items(
    books: Books, entity_id: EntityId, today: date
) -> dict[CustomerId, frozenset[ItemId]]:
    """Read who was added to today's session; the choice of another day is gone."""
    kept = json.loads(books.settings.get(_chosen_name(entity_id), "{}"))
    if kept.get("day") != today.isoformat():
        return {}
    return {
        CustomerId(key): frozenset(map(ItemId, ids))
        for key, ids in kept["items"].items()
    }


def _chosen_name(entity_id: EntityId) -> str:
    return f"calls/{entity_id}"


def tally(books: Books, entity_id: EntityId, day: date) -> CallTally:
    """Add up the calls of a day."""
    calls = books.calls.on(entity_id, day)
    made = {name for call in calls for name in call.made.split()}
    promises = [p for p in books.agreements.promises(entity_id) if p.id in made]
    return CallTally(
        calls=len(calls),
        reached=len({call.customer_id for call in calls if call.result in SPOKEN}),
        promises=sum(
            1
            for call in calls
            if not {p.id for p in promises}.isdisjoint(call.made.split())
        ),
        promised=amounts(promise.amount for promise in promises),
    )


def show_call(
    books: Books,
    customer_id: CustomerId,
    items: Sequence[OpenItem],
    scripts: Scripts,
    check_address: AddressCheck,
    today: date,
) -> CallView:
    """Gather what is needed to call one customer about some items."""
    sheet = show_customer(books, customer_id, check_address, today)
    calls = tuple(books.calls.of(customer_id))
    return CallView(
        sheet=sheet,
        numbers=numbers_of(sheet.customer, sheet.contacts, calls),
        script=script(books, customer_id, items, scripts, check_address, today),
        calls=calls,
    )


def numbers_of(
    customer: Customer, contacts: Iterable[Contact], calls: Iterable[Call]
) -> tuple[PhoneNumber, ...]:
    """List whom to ring, each number once; those found wrong come last."""
    wrong = wrong_numbers(calls)
    people = sorted(
        contacts, key=lambda c: (not c.is_dunning, not c.is_billing, not c.is_main)
    )
    known: dict[str, PhoneNumber] = {}
    for contact, number in (
        *((c, number) for c in people for number in (c.phone, c.mobile)),
        (None, customer.phone),
        (None, customer.mobile),
    ):
        dialled = digits(number)
        if dialled and dialled not in known:
            known[dialled] = PhoneNumber(
                number=number, contact=contact, is_wrong=dialled in wrong
            )
    return tuple(sorted(known.values(), key=lambda one: one.is_wrong))


def script(
    books: Books,
    customer_id: CustomerId,
    items: Sequence[OpenItem],
    scripts: Scripts,
    check_address: AddressCheck,
    today: date,
) -> tuple[str, ...]:
    """Write what to say, in the firm's words or those that ship, tags filled."""
    situation = gather_one(books, customer_id, check_address, today)
    customer = situation.customer
    options = books.entities.options(customer.entity_id)
    plan = plan_customer(situation, options, today)
    message = _spoken_message(situation, plan, items, today)
    if message is None:
        return ()
    key = base_of(message.step.text_key)
    own = {
        (text.key, text.language): text.body
        for text in books.scenarios.texts(customer.entity_id)
        if text.channel is Channel.PHONE
    }
    words = {**scripts, **own}
    language = wording.known_language(customer.language)
    found = words.get((key, language)) or words.get(
        (f"reminder_{_FIRST}", language), ""
    )
    reached = (situation.position(item).reached_on for item in message.items)
    facts = MessageFacts(
        message=message,
        entity=books.entities.get(customer.entity_id),
        customer=customer,
        contact=next(iter(books.customers.contacts_of(customer_id)), None),
        account_items=situation.open_items,
        last_reminder_on=max((day for day in reached if day), default=None),
        today=today,
        language=language,
    )
    filled = fill(found, tag_values(facts))
    return tuple(part.strip() for part in filled.split("\n\n") if part.strip())


def _spoken_message(
    situation: CustomerSituation,
    plan: Plan,
    items: Sequence[OpenItem],
    today: date,
) -> PlannedMessage | None:
    """Make one message of all that the call is about, at its highest step."""
    by_voice = [m for m in plan.messages if m.channel in BY_VOICE]
    same = [item for item in items if item.currency == items[0].currency]
    if not same:
        return None
    if by_voice:
        highest = max(by_voice, key=lambda m: m.step.level)
        return replace(highest, items=tuple(same))
    level = max(situation.position(item).level for item in same)
    is_late = any(item.days_overdue(today) > 0 for item in same)
    scenario = situation.scenario or Scenario(
        id=ScenarioId(""),
        entity_id=situation.customer.entity_id,
        pair_id=PairId(""),
        with_email=bool(situation.email),
    )
    return PlannedMessage(
        customer_id=situation.customer.id,
        scenario=scenario,
        step=DunningStep(
            id=StepId(""),
            scenario_id=scenario.id,
            kind=StepKind.REMINDER if is_late else StepKind.ADVANCE_NOTICE,
            level=level,
            channel=Channel.PHONE,
            delay_days=0,
            text_key=f"reminder_{min(max(level, _FIRST), _LAST)}"
            if is_late
            else "advance_notice",
        ),
        channel=Channel.PHONE,
        items=tuple(same),
        due_since=today,
    )
