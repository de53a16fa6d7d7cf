"""What the scenarios would send in the days to come, if nothing else happened.

The engine itself is asked, day after day, on a copy of the situations: nobody pays,
nothing changes, and all that is proposed is done on its day.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from domain.basics.identifiers import CustomerId, ItemId
from domain.basics.money import EUR, Money
from domain.basics.progress import Count, uncounted
from domain.dunning.by_voice import completed_by
from domain.dunning.courtesy import Courtesy, QuietDay
from domain.dunning.days_off import days_off
from domain.dunning.engine import plan_customer
from domain.dunning.planned import Plan, PlannedMessage
from domain.dunning.position import Position
from domain.dunning.profile import Grouping
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.situation import UNTOUCHED, CustomerSituation
from domain.dunning.texts import is_formal
from domain.dunning.thanks import THANKS_STAY_DUE
from domain.ledger.entity import DunningOptions

DAYS = 60
"""How far a rehearsal looks."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsedDay:
    """What one day would bring."""

    day: date
    messages: tuple[PlannedMessage, ...]
    quiet: QuietDay | None = None
    """Why no e-mail leaves that day, if so."""
    is_catching_up: bool = False
    """One message per customer only, after days without any reminder."""

    def count(self, channel: Channel) -> int:
        """Messages by one means."""
        return sum(message.channel is channel for message in self.messages)

    @property
    def formal_notices(self) -> int:
        """How many formal notices are among the messages."""
        return sum(is_formal_notice(message) for message in self.messages)

    @property
    def totals(self) -> tuple[Money, ...]:
        """What the messages ask for: an amount per currency, euros first."""
        return totals_of(self.messages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A message prepared already, supposed to leave on a day."""

    customer_id: CustomerId
    leaves_on: date
    item_ids: frozenset[ItemId]
    reached: tuple[tuple[ItemId, StepKind, int], ...]
    """The items that it moves, and how far."""
    deadline_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a rehearsal begins: the same facts as today's proposals rest on."""

    situations: Mapping[CustomerId, CustomerSituation]
    options: DunningOptions
    courtesy: Courtesy
    contacted_on: frozenset[date]
    """The days on which the firm contacted anybody, lately and the last time before."""
    waiting: Sequence[Waiting] = ()


def is_formal_notice(message: PlannedMessage) -> bool:
    """Whether a message puts the customer on notice (« mise en demeure »)."""
    return is_formal(message.step.text_key)


def totals_of(messages: Iterable[PlannedMessage]) -> tuple[Money, ...]:
    """Add up what messages ask for: an amount per currency, euros first."""
    cents: dict[str, int] = {}
    for message in messages:
        total = message.total
        cents[total.currency] = cents.get(total.currency, 0) + total.cents
    return tuple(
        Money(cents[currency], currency)
        for currency in sorted(cents, key=lambda c: (c != EUR, c))
    )


def rehearse(
    start: Start, first_on: date, days: int = DAYS, each: Count = uncounted
) -> list[RehearsedDay]:
    """Play the days one after the other; ``each`` is told how many are done."""
    play = _Play(start)
    played = []
    for ahead in range(days):
        each(ahead)
        played.append(play.day(first_on + timedelta(days=ahead)))
    return played


@dataclass(slots=True)
class _Play:
    """The situations as they become."""

    start: Start
    situations: dict[CustomerId, CustomerSituation] = field(init=False)
    positions: dict[ItemId, Position] = field(init=False, default_factory=dict)
    """Shared by all situations, and changed as messages leave."""
    contacted_on: set[date] = field(init=False)
    looks: dict[CustomerId, date] = field(init=False, default_factory=dict)
    """The next day on which anything may be proposed to a customer."""
    is_catching_up: bool | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        known = {id(s.positions): s.positions for s in self.start.situations.values()}
        for positions in known.values():
            self.positions.update(positions)
        self.contacted_on = set(self.start.contacted_on)
        self.situations = {
            customer_id: replace(situation, positions=self.positions)
            for customer_id, situation in self.start.situations.items()
        }

    def day(self, day: date) -> RehearsedDay:
        """Do all that is proposed on a day, then what waited to leave that day."""
        courtesy = self.start.courtesy
        catching_up = days_off(self.contacted_on, day, courtesy.catch_up_after)
        if (catching_up is not None) is not self.is_catching_up:
            self._catch_up(catching_up is not None)
        messages: list[PlannedMessage] = []
        for customer_id, situation in self.situations.items():
            if self.looks.get(customer_id, day) <= day:
                plan = plan_customer(situation, self.start.options, day)
                messages += plan.messages
                self._do(situation, plan, day)
        self._let_leave(day)
        if messages:
            self.contacted_on.add(day)
        return RehearsedDay(
            day=day,
            messages=tuple(messages),
            quiet=courtesy.quiet_day(day),
            is_catching_up=catching_up is not None,
        )

    def _catch_up(self, catching_up: bool) -> None:
        self.is_catching_up = catching_up
        self.looks.clear()
        for customer_id, situation in self.situations.items():
            self.situations[customer_id] = replace(situation, catching_up=catching_up)

    def _do(self, situation: CustomerSituation, plan: Plan, day: date) -> None:
        customer_id = plan.customer_id
        if not plan.messages:
            self.looks[customer_id] = next_look(situation, plan, day)
            return
        for message in plan.messages:
            for one in completed_by(message, day):
                self._reach(one.item_id, one.kind, one.level, day, one.deadline_on)
        self._contact(customer_id, day)

    def _let_leave(self, day: date) -> None:
        for one in self.start.waiting:
            if one.leaves_on != day or one.customer_id not in self.situations:
                continue
            for item_id, kind, level in one.reached:
                self._reach(item_id, kind, level, day, one.deadline_on)
            self._contact(one.customer_id, day)
            self.contacted_on.add(day)
            situation = self.situations[one.customer_id]
            pending = {
                item_id: since
                for item_id, since in situation.pending.items()
                if item_id not in one.item_ids
            }
            self.situations[one.customer_id] = replace(situation, pending=pending)

    def _reach(
        self,
        item_id: ItemId,
        kind: StepKind,
        level: int,
        day: date,
        deadline_on: date | None,
    ) -> None:
        position = self.positions.get(item_id, UNTOUCHED)
        self.positions[item_id] = position.after(kind, level, day, deadline_on)

    def _contact(self, customer_id: CustomerId, day: date) -> None:
        situation = self.situations[customer_id]
        self.situations[customer_id] = replace(
            situation, last_contact_on=day, contacts=(*situation.contacts, day)
        )
        self.looks[customer_id] = day + _DAY


def next_look(situation: CustomerSituation, plan: Plan, day: date) -> date:
    """Find the first day on which a plan without message may be another one.

    Nothing happens but time: an item's step becomes due once its reasons ended, its
    advance notice gives way to a reminder, a payment is to be thanked for.
    """
    whole = situation.profile.grouping is Grouping.WHOLE_ACCOUNT
    later = list(_thanks_due(situation, day))
    for one in plan.left_out:
        ends = [e.until for e in one.exclusions if e.until]
        later.append(max([*ends, one.next_on or date.min]))
        if one.gives_way_on:
            later.append(max([*ends, one.gives_way_on]))
        due_on, step = one.item.due_on, one.next_step
        if due_on and whole:  # late, it joins the account's message
            later.append(due_on + _DAY)
        if due_on and step and step.kind is StepKind.ADVANCE_NOTICE:
            later.append(due_on)
    return min((found for found in later if found > day), default=date.max)


def _thanks_due(situation: CustomerSituation, day: date) -> Iterator[date]:
    """List the days on which thanks may become due; what holds them is not told."""
    scenario = situation.scenario
    step = scenario.thank_you if scenario else None
    if step is None:
        return
    for item in situation.settled_items:
        if item.settled_on and situation.position(item).thanked_on is None:
            due_on = item.settled_on + timedelta(days=step.delay_days)
            if day < due_on + THANKS_STAY_DUE:
                yield max(due_on, day + _DAY)
