"""« Agir par critère »: find instalments, give them levels, compose the run."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.basics.errors import DunningError
from domain.basics.identifiers import CustomerId, EntityId, ItemId
from domain.basics.money import Money, per_currency
from domain.basics.text import folded
from domain.customers.customer import Customer
from domain.dashboard.account import AccountAmounts, account_amounts
from domain.dunning.criteria import (
    Decision,
    LevelRule,
    RunRules,
    channel,
    decide,
    plan_run,
)
from domain.dunning.criteria_thanks import decide_thanks, plan_thanks
from domain.dunning.planned import LeftOut, PlannedMessage
from domain.dunning.scenario import Channel
from domain.dunning.situation import CustomerSituation
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.composing import Composed, compose_messages
from domain.usecases.importing import data_is_old
from domain.usecases.situations import AddressCheck, Situations, gather


class RunChangedError(DunningError):
    """What was confirmed is not what would leave."""

    message = (
        "What is due has changed since the list was worked out. Nothing was prepared:"
        " press “Search now” and look again."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """Which instalments are looked for (rows E2, F3, S38); all criteria hold."""

    words: str = ""
    """A part of the customer's name or code."""
    codes: frozenset[str] = frozenset()
    """Of customers; as for what follows that is a set, none for all."""
    reference: str = ""
    """A part of the invoice's number, or of its label: a warranty's is there."""
    due_first: date | None = None
    due_last: date | None = None
    sought_on: date | None = None
    """Instalments due until then; today when none is said."""
    days_overdue: int = 0
    outstanding: Money | None = None
    """The least that the customer owes in all."""
    overdue: Money | None = None
    """The least that the customer owes late."""
    levels: frozenset[str] = frozenset()
    """As text, as filters hold them."""
    payment_modes: frozenset[str] = frozenset()
    profiles: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    salespersons: frozenset[str] = frozenset()
    with_email: bool | None = None
    days_since_reminder: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaLine:
    """An instalment found, and what the run would do with it."""

    customer: Customer
    decision: Decision
    reached_on: date | None
    """Of a run of thanks: when it was thanked for."""
    channel: Channel | None
    """By which means it would be reminded."""
    days_overdue: int

    @property
    def item(self) -> OpenItem:
        """The instalment."""
        return self.decision.item


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The instalments that meet the criteria, read from the books."""

    situations: Situations
    item_ids: frozenset[ItemId]
    paid_ids: frozenset[ItemId]
    """Paid lately: what a run of thanks is about."""
    data_is_old: bool
    """A run asks before it uses data older than the firm's limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPlan:
    """What leaves if the ticked instalments are reminded, and what does not."""

    messages: tuple[PlannedMessage, ...]
    left_out: tuple[LeftOut, ...]
    lowered: int
    """Instalments whose level a stated level lowers."""
    unaddressed: int
    """Letters without a postal address to print."""
    above_ceiling: int
    """Messages that the firm wants checked by hand."""

    def count(self, by: Channel) -> int:
        """Messages by one means."""
        return sum(message.channel is by for message in self.messages)

    @property
    def totals(self) -> tuple[Money, ...]:
        """What the messages ask for, an amount per currency."""
        return per_currency(message.total for message in self.messages)

    @property
    def customers(self) -> frozenset[CustomerId]:
        """Who is written to."""
        return frozenset(message.customer_id for message in self.messages)


def find_instalments(
    books: Books,
    entity_id: EntityId,
    criteria: Criteria,
    check_address: AddressCheck,
    today: date,
) -> Found:
    """Look for the instalments that meet the criteria (« Calcul »)."""
    situations = gather(books, entity_id, check_address, today)
    return Found(
        situations=situations,
        item_ids=frozenset(
            item.id
            for situation in situations.of.values()
            for item in instalments(situation, criteria, today)
        ),
        paid_ids=frozenset(
            item.id
            for situation in situations.of.values()
            for item in _paid(situation, criteria)
        ),
        data_is_old=data_is_old(books, entity_id, today),
    )


def instalments(
    situation: CustomerSituation, criteria: Criteria, today: date
) -> list[OpenItem]:
    """List a customer's instalments that meet the criteria, oldest due first."""
    if not _is_sought(situation, criteria):
        return []
    accounts: dict[str, AccountAmounts] = {}
    found = []
    for item in situation.open_items:
        if item.left.cents <= 0 or not _item_is_sought(
            item, situation, criteria, today
        ):
            continue
        if item.currency not in accounts:
            accounts[item.currency] = account_amounts(
                situation.open_items, today, currency=item.currency
            )
        account = accounts[item.currency]
        if _reaches(account.balance, criteria.outstanding) and _reaches(
            account.overdue, criteria.overdue
        ):
            found.append(item)
    return sorted(found, key=lambda item: (item.due_on or date.max, item.id))


def _paid(situation: CustomerSituation, criteria: Criteria) -> list[OpenItem]:
    """List what a customer paid lately, by all criteria but those of what is owed."""
    if not _is_sought(situation, criteria):
        return []
    first, last = criteria.due_first or date.min, criteria.due_last or date.max
    return [
        item
        for item in situation.settled_items
        if not item.is_credit
        and first <= (item.due_on or first) <= last
        and _is_like(item, situation, criteria)
    ]


def _reaches(amount: Money, least: Money | None) -> bool:
    return least is None or amount.cents >= least.cents


def _is_sought(situation: CustomerSituation, criteria: Criteria) -> bool:
    customer = situation.customer
    return (
        _is_named(customer, criteria.words)
        and _among(customer.code, criteria.codes)
        and _among(situation.profile.id, criteria.profiles)
        and _among(customer.category, criteria.categories)
        and _among(customer.salesperson, criteria.salespersons)
        and criteria.with_email in (None, bool(situation.email))
    )


def _is_named(customer: Customer, words: str) -> bool:
    wanted = folded(words).strip()
    return wanted in folded(customer.name) or wanted in folded(customer.code)


def _among(value: str, wanted: Collection[str]) -> bool:
    return not wanted or value in wanted


def _item_is_sought(
    item: OpenItem, situation: CustomerSituation, criteria: Criteria, today: date
) -> bool:
    last = situation.position(item).reached_on
    rest = timedelta(days=criteria.days_since_reminder)
    return (
        _is_due_within(item.due_on, criteria, today)
        and item.days_overdue(today) >= criteria.days_overdue
        and _is_like(item, situation, criteria)
        and (last is None or not rest or today - last >= rest)
    )


def _is_like(item: OpenItem, situation: CustomerSituation, criteria: Criteria) -> bool:
    mode = item.payment_mode or situation.customer.payment_mode
    wanted = folded(criteria.reference).strip()
    return (
        (wanted in folded(item.reference) or wanted in folded(item.label))
        and _among(str(situation.position(item).level), criteria.levels)
        and _among(mode, criteria.payment_modes)
    )


def _is_due_within(due_on: date | None, criteria: Criteria, today: date) -> bool:
    if due_on is None:  # shown, with the reason why it cannot be reminded
        return criteria.due_first is None and criteria.due_last is None
    first, last = criteria.due_first, criteria.due_last
    return (
        due_on <= (criteria.sought_on or today)
        and (first is None or due_on >= first)
        and (last is None or due_on <= last)
    )


def lines_of_run(found: Found, rules: RunRules) -> list[CriteriaLine]:
    """Tell what a run would do with each instalment found, by customer."""
    situations = found.situations
    thanks = rules.rule is LevelRule.THANKS
    wanted = found.paid_ids if thanks else found.item_ids
    lines = [
        _line(situation, item, situations, rules)
        for situation in situations.of.values()
        for item in (situation.settled_items if thanks else situation.open_items)
        if item.id in wanted
    ]
    return sorted(
        lines,
        key=lambda line: (
            folded(line.customer.name),
            line.customer.code,  # two customers of one name stay apart
            line.item.due_on or date.max,
            line.item.id,
        ),
    )


def _line(
    situation: CustomerSituation,
    item: OpenItem,
    situations: Situations,
    rules: RunRules,
) -> CriteriaLine:
    options, today = situations.options, situations.today
    thanks = rules.rule is LevelRule.THANKS
    judge = decide_thanks if thanks else decide
    decision = judge(item, situation, rules, options, today)
    step, position = decision.step, situation.position(item)
    return CriteriaLine(
        customer=situation.customer,
        decision=decision,
        reached_on=position.thanked_on if thanks else position.reached_on,
        channel=channel(situation, rules, step) if step else None,
        days_overdue=0 if thanks else item.days_overdue(today),
    )


def plan_ticked(
    situations: Situations, ticked: Collection[ItemId], rules: RunRules
) -> RunPlan:
    """Make the messages of a run, without writing anything."""
    wanted, ceiling = frozenset(ticked), situations.options.message_ceiling
    thanks = rules.rule is LevelRule.THANKS
    make = plan_thanks if thanks else plan_run
    plans = [
        make(situation, wanted, rules, situations.options, situations.today)
        for situation in situations.of.values()
        if any(
            item.id in wanted
            for item in (situation.settled_items if thanks else situation.open_items)
        )
    ]
    messages = tuple(message for plan in plans for message in plan.messages)
    return RunPlan(
        messages=messages,
        left_out=tuple(one for plan in plans for one in plan.left_out),
        lowered=sum(
            situations.of[message.customer_id].position(item).level > message.step.level
            for message in messages
            for item in message.items
            if not (item.is_credit or thanks)
        ),
        unaddressed=sum(
            message.channel is Channel.LETTER
            and not situations.of[message.customer_id].customer.has_postal_address
            for message in messages
        ),
        above_ceiling=sum(
            ceiling is not None and message.total.cents > ceiling.cents
            for message in messages
        ),
    )


def compose_run(
    books: Books,
    entity_id: EntityId,
    ticked: Collection[ItemId],
    rules: RunRules,
    confirmed: RunPlan,
    check_address: AddressCheck,
    today: date,
) -> list[Composed]:
    """Fix the words of a run, provided that it is still what was confirmed.

    Raises:
        RunChangedError: something was paid, agreed or imported meanwhile.
    """
    situations = gather(books, entity_id, check_address, today)
    now = plan_ticked(situations, ticked, rules)
    if _content(now) != _content(confirmed):
        raise RunChangedError
    return compose_messages(books, situations, now.messages)


def _content(plan: RunPlan) -> Mapping[tuple[str, str, str], tuple[str, Money]]:
    """Write down what leaves: to whom, which items, how much of each."""
    return {
        (message.customer_id, message.step.code, item.id): (
            message.channel,
            item.left,
        )
        for message in plan.messages
        for item in message.items
    }
