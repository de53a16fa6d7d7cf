"""« Agir par critère »: the level a one-off run gives, and what it refuses.

Pure. The user ticks; a rule gives each item its level; what is blocked is refused
with a reason, whatever the rule (engine.md, « Level rules of a one-off run »).
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from domain.basics.errors import DunningError
from domain.basics.identifiers import ItemId
from domain.basics.money import Money
from domain.dunning.engine import is_broken
from domain.dunning.exclusions import (
    in_order,
    notice_barred,
    set_aside,
    standing_exclusions,
    too_many_contacts,
)
from domain.dunning.planned import Exclusion, LeftOut, Plan, PlannedMessage, Reason
from domain.dunning.profile import Grouping
from domain.dunning.scenario import Channel, DunningStep, Scenario
from domain.dunning.situation import CustomerSituation
from domain.ledger.entity import DunningOptions
from domain.ledger.open_item import OpenItem


class LevelRule(StrEnum):
    """How a run chooses the level of each reminder (row E6)."""

    INCREMENT = "increment"
    CUSTOMER = "customer"
    """The highest level that the customer reached on its open items."""
    STATED = "stated"
    BY_DAYS = "by_days"
    THANKS = "thanks"
    """No reminder: what was paid is thanked for, again where asked (row E7)."""


class Output(StrEnum):
    """What a run comes out on (row F5)."""

    EMAIL = "email"
    """By e-mail; by letter without an address, or where the step is a letter: a
    formal notice keeps its weight."""
    LETTER = "letter"


class ThresholdsOrderError(DunningError):
    """A level further up asks for more days of lateness."""

    message = "Each level needs more days overdue than the one before."


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRules:
    """What the user asks of a run."""

    rule: LevelRule = LevelRule.INCREMENT
    stated_level: int = 1
    thresholds: tuple[int, ...] = (8, 16, 24, 32)
    """Days overdue from which each level is given, first level first."""
    reissue: bool = False
    """Allow a level that an item reached already to be sent again (row E7)."""
    minimum: Money = Money(0)
    """Below it no message is made (row F3)."""
    output: Output = Output.EMAIL

    def __post_init__(self) -> None:
        """Refuse thresholds of which one could never count."""
        days = self.thresholds
        if any(later <= sooner for sooner, later in pairwise(days)):
            raise ThresholdsOrderError


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a run would do with an item, were it ticked."""

    item: OpenItem
    level: int
    """Reached already."""
    step: DunningStep | None
    exclusions: tuple[Exclusion, ...]
    """Why it cannot go; the main one first."""

    @property
    def can_go(self) -> bool:
        """Whether it may be ticked."""
        return self.step is not None and not self.exclusions


def decide(
    item: OpenItem,
    situation: CustomerSituation,
    rules: RunRules,
    options: DunningOptions,
    today: date,
) -> Decision:
    """Give an item its level, or every reason why it cannot be reminded."""
    found = standing_exclusions(item, situation, options, today)
    wanted: DunningStep | Exclusion | None = None
    if situation.scenario:
        wanted = _wanted(item, situation, situation.scenario, rules, today)
    if isinstance(wanted, DunningStep):
        found += notice_barred(wanted, situation.customer)
    if isinstance(wanted, Exclusion):
        found.append(wanted)
    level = situation.position(item).level
    step = wanted if isinstance(wanted, DunningStep) else None
    pending = situation.pending
    waits = [pending[one.id] for one in situation.open_items if one.id in pending]
    if waits and item.id not in pending:
        found.append(Exclusion(reason=Reason.PENDING_MESSAGE, since=min(waits)))
    found += _of_customer(
        item, situation, options, today, is_again=bool(step and step.level == level)
    )
    if step and situation.email_problem:
        by = channel(situation, rules, step)
        if by is Channel.EMAIL:
            detail = situation.email_problem
            found.append(Exclusion(reason=Reason.EMAIL_TO_CHECK, detail=detail))
    return Decision(
        item=item, level=level, step=step, exclusions=tuple(in_order(found))
    )


def plan_run(
    situation: CustomerSituation,
    ticked: Collection[ItemId],
    rules: RunRules,
    options: DunningOptions,
    today: date,
) -> Plan:
    """Make the messages of a run to one customer.

    Each ticked item stands in one message, or is left out with its reasons.
    """
    decisions = {
        item.id: decide(item, situation, rules, options, today)
        for item in situation.open_items
        if item.id in ticked
    }
    groups = _groups([d for d in decisions.values() if d.can_go], situation)
    _add_credits(groups, situation, options, today)
    messages, refused = [], {}
    for group in groups:
        message = _message(group, situation, rules, today)
        if message.total.cents <= 0 or message.total.cents < rules.minimum.cents:
            refused.update(dict.fromkeys((i.id for i in group.items), True))
        else:
            messages.append(message)
    told = {item.id for message in messages for item in message.items}
    small = Exclusion(reason=Reason.BELOW_MESSAGE_MINIMUM)
    return Plan(
        customer_id=situation.customer.id,
        messages=tuple(messages),
        left_out=tuple(
            LeftOut(
                item=decision.item,
                exclusions=(*decision.exclusions, small)
                if item_id in refused
                else decision.exclusions,
                next_step=decision.step,
            )
            for item_id, decision in decisions.items()
            if item_id not in told
        ),
    )


def _wanted(
    item: OpenItem,
    situation: CustomerSituation,
    scenario: Scenario,
    rules: RunRules,
    today: date,
) -> DunningStep | Exclusion:
    """Find the reminder that the rule gives an item, or why it gives none."""
    if item.is_credit:
        return Exclusion(reason=Reason.CREDIT_UNUSED, since=item.invoice_on)
    days = item.days_overdue(today)
    if not days:
        until = item.due_on + timedelta(days=1) if item.due_on else None
        return Exclusion(reason=Reason.NOT_DUE_YET, until=until)
    steps = {step.level: step for step in scenario.reminders}
    now = situation.position(item)
    now_at = now.level
    level = _level(now_at, days, situation, steps, rules)
    if isinstance(level, Reason):
        return Exclusion(reason=level, since=now.reached_on)
    refused = _refused(level, now_at, steps, rules)
    return Exclusion(reason=refused) if refused else steps[level]


def _refused(
    level: int, now_at: int, steps: Collection[int], rules: RunRules
) -> Reason | None:
    """Tell why an item cannot receive the level that the rule gives it."""
    if level not in steps:
        return Reason.LEVEL_NOT_IN_SCENARIO
    if level == now_at and not rules.reissue:
        return Reason.ALREADY_AT_LEVEL
    # Only a level that the user states goes down (engine.md).
    if level < now_at and rules.rule is not LevelRule.STATED:
        return Reason.LEVEL_PASSED
    return None


def _level(
    now_at: int,
    days: int,
    situation: CustomerSituation,
    steps: Collection[int],
    rules: RunRules,
) -> int | Reason:
    """Apply the rule alone."""
    if rules.rule is LevelRule.STATED:
        return rules.stated_level
    if rules.rule is LevelRule.CUSTOMER:
        return customer_level(situation) or Reason.CUSTOMER_WITHOUT_LEVEL
    if rules.rule is LevelRule.BY_DAYS:
        reached = [
            level
            for level, threshold in enumerate(rules.thresholds, start=1)
            if level in steps and days >= threshold
        ]
        return max(reached) if reached else Reason.NOT_LATE_ENOUGH
    above = [level for level in steps if level > now_at]
    if above:
        return min(above)
    return now_at if now_at in steps and rules.reissue else Reason.END_OF_SCENARIO


def customer_level(situation: CustomerSituation) -> int:
    """Tell the level a customer reached: the highest of its open items."""
    return max(
        (situation.position(i).level for i in situation.open_items if not i.is_credit),
        default=0,
    )


def _of_customer(
    item: OpenItem,
    situation: CustomerSituation,
    options: DunningOptions,
    today: date,
    *,
    is_again: bool,
) -> list[Exclusion]:
    """List what keeps a customer from being written to by this run.

    The same level may be sent again within the days between two contacts, and more
    than so often a week, since the user asks for it; never on the very day of one.
    """
    found = set_aside(situation)
    account = (i.left for i in situation.open_items if i.currency == item.currency)
    if Money.total(account, item.currency).cents <= 0:
        found.append(Exclusion(reason=Reason.CUSTOMER_NOT_IN_DEBIT))
    gap = 1 if is_again else max(1, options.days_between_contacts)
    return [
        *found,
        *(
            one
            for one in too_many_contacts(situation, gap, today)
            if not (is_again and one.reason is Reason.CONTACTED_OFTEN)
        ),
    ]


def channel(
    situation: CustomerSituation, rules: RunRules, step: DunningStep
) -> Channel:
    """Tell by which means a run gives a customer a reminder."""
    wants_email = rules.output is Output.EMAIL and step.channel is not Channel.LETTER
    return Channel.EMAIL if wants_email and situation.email else Channel.LETTER


@dataclass(slots=True)
class _Group:
    """The items of one message."""

    step: DunningStep
    items: list[OpenItem]


def _groups(decisions: list[Decision], situation: CustomerSituation) -> list[_Group]:
    """Part items into messages: by level, or the whole account at the highest."""
    whole = situation.profile.grouping is Grouping.WHOLE_ACCOUNT
    parts: dict[tuple[int, str], list[Decision]] = defaultdict(list)
    for one in decisions:
        level = one.step.level if one.step and not whole else 0
        parts[level, one.item.currency].append(one)
    groups = []
    for part in parts.values():
        steps = [one.step for one in part if one.step]
        items = sorted((one.item for one in part), key=_oldest_first)
        groups.append(_Group(max(steps, key=lambda step: step.level), items))
    return groups


def _add_credits(
    groups: list[_Group],
    situation: CustomerSituation,
    options: DunningOptions,
    today: date,
) -> None:
    """Deduct unused credits from the message that holds the oldest debit."""
    for currency in {group.items[0].currency for group in groups}:
        oldest = min(
            (group for group in groups if group.items[0].currency == currency),
            key=lambda group: _oldest_first(group.items[0]),
        )
        oldest.items += sorted(
            (
                item
                for item in situation.open_items
                if item.is_credit
                and item.left
                and item.currency == currency
                and not standing_exclusions(item, situation, options, today)
            ),
            key=_oldest_first,
        )


def _oldest_first(item: OpenItem) -> tuple[date, str]:
    return item.due_on or date.max, item.id


def _message(
    group: _Group, situation: CustomerSituation, rules: RunRules, today: date
) -> PlannedMessage:
    scenario = situation.scenario
    assert scenario is not None  # nothing is grouped without one
    by = channel(situation, rules, group.step)
    return PlannedMessage(
        customer_id=situation.customer.id,
        scenario=scenario,
        step=replace(group.step, channel=by),
        channel=by,
        items=tuple(group.items),
        due_since=today,
        promise_broken=any(
            is_broken(promise, item, today)
            for promise in situation.promises
            if promise.id not in situation.kept
            for item in group.items
        ),
    )
