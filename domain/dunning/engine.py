"""Who must be reminded today, of what, and why not the others.

Pure: computed from the situation at each look, never from a stored timetable.
A step is due from a day on, so a laptop that slept ten days loses nothing.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from domain.dunning.exclusions import (
    in_order,
    message_exclusions,
    standing_exclusions,
)
from domain.dunning.planned import (
    Exclusion,
    LeftOut,
    Plan,
    PlannedMessage,
    Reason,
)
from domain.dunning.profile import Grouping
from domain.dunning.scenario import DunningStep, Scenario, StepKind
from domain.dunning.situation import CustomerSituation
from domain.dunning.steps import NextStep, next_step
from domain.ledger.entity import DunningOptions
from domain.ledger.open_item import OpenItem

# Thanking for a payment older than this would only surprise.
_THANKS_STAY_DUE = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """One item as seen today."""

    item: OpenItem
    exclusions: list[Exclusion]
    next: NextStep | None
    today: date

    @property
    def is_due(self) -> bool:
        return (
            not self.exclusions
            and self.next is not None
            and self.next.due_on <= self.today
        )

    def left_out(self, more: list[Exclusion] | None = None) -> LeftOut:
        return LeftOut(
            item=self.item,
            exclusions=tuple(in_order([*self.exclusions, *(more or [])])),
            next_step=self.next.step if self.next else None,
            next_on=self.next.due_on if self.next else None,
        )


def plan_customer(
    situation: CustomerSituation, options: DunningOptions, today: date
) -> Plan:
    """Propose today's messages to one customer, and explain every other item."""
    looks = [_look(item, situation, options, today) for item in situation.open_items]
    scenario = situation.scenario
    messages: list[PlannedMessage] = []
    left_out: list[LeftOut] = []
    done: set[str] = set()
    if scenario:
        for group in _with_credits(_groups(looks, situation), looks):
            message = _message(group, scenario, situation, today)
            problems = message_exclusions(
                message.step, message.total, situation, options, today
            )
            done.update(look.item.id for look in group)
            if problems:
                left_out += [look.left_out(problems) for look in group]
            else:
                messages.append(message)
        thanks = _thanks(scenario, situation, options, today)
        messages += [thanks] if thanks else []
    left_out += [
        look.left_out(_timing(look, situation))
        for look in looks
        if look.item.id not in done
    ]
    return Plan(
        customer_id=situation.customer.id,
        messages=tuple(messages),
        left_out=tuple(left_out),
    )


def _look(
    item: OpenItem,
    situation: CustomerSituation,
    options: DunningOptions,
    today: date,
) -> _Look:
    scenario = situation.scenario
    return _Look(
        item=item,
        exclusions=standing_exclusions(item, situation, options, today),
        next=next_step(item, scenario, situation.position(item), today)
        if scenario
        else None,
        today=today,
    )


def _groups(looks: list[_Look], situation: CustomerSituation) -> list[list[_Look]]:
    """Part the due items into messages: by level, or the whole account."""
    due = [look for look in looks if look.is_due]
    whole = situation.profile.grouping is Grouping.WHOLE_ACCOUNT
    groups: dict[tuple[str, str], list[_Look]] = defaultdict(list)
    for look in due:
        step = _step(look)
        is_reminder = step.kind is StepKind.REMINDER
        name = "account" if whole and is_reminder else step.code
        groups[name, look.item.left.currency].append(look)
    if whole:
        for (name, currency), group in groups.items():
            if name == "account":
                group += [
                    look
                    for look in looks
                    if look not in group and _rides_along(look, currency)
                ]
    return [
        sorted(group, key=lambda look: (look.item.due_on or date.max, look.item.id))
        for group in groups.values()
    ]


def _rides_along(look: _Look, currency: str) -> bool:
    """Whether an overdue item joins a message for the whole account."""
    return (
        not look.exclusions
        and not look.item.is_credit
        and look.item.left.currency == currency
        and look.item.days_overdue(look.today) > 0
        and look.next is not None
    )


def _with_credits(groups: list[list[_Look]], looks: list[_Look]) -> list[list[_Look]]:
    """Deduct unused credits from the reminder that holds the oldest debit.

    Never from an advance notice (source 004: credit notes count from R1 on).
    """
    for currency in {look.item.left.currency for look in looks}:
        unused = [
            look
            for look in looks
            if look.item.is_credit
            and not look.exclusions
            and look.item.left.currency == currency
        ]
        reminders = [
            group
            for group in groups
            if group[0].item.left.currency == currency
            and _step(group[0]).kind is StepKind.REMINDER
        ]
        if unused and reminders:
            oldest = min(reminders, key=lambda g: (g[0].item.due_on, g[0].item.id))
            oldest += unused
    return groups


def _message(
    group: list[_Look],
    scenario: Scenario,
    situation: CustomerSituation,
    today: date,
) -> PlannedMessage:
    due = [look for look in group if look.is_due]
    step = max((_step(look) for look in due), key=lambda s: s.level)
    since = min(look.next.due_on for look in due if look.next)
    return PlannedMessage(
        customer_id=situation.customer.id,
        scenario=scenario,
        step=step,
        channel=step.channel,
        items=tuple(look.item for look in group),
        due_since=since,
        promise_broken=any(
            not p.is_to_come(today)
            and p.cancelled_on is None
            and any(p.item_id in (None, look.item.id) for look in due)
            for p in situation.promises
        ),
    )


def _step(look: _Look) -> DunningStep:
    if look.next is None:
        msg = "only items with a next step are grouped"
        raise ValueError(msg)
    return look.next.step


def _timing(look: _Look, situation: CustomerSituation) -> list[Exclusion]:
    """Say why an item that nothing blocks is not in today's messages."""
    if look.exclusions or situation.scenario is None:
        return []
    if look.item.is_credit:
        return [Exclusion(reason=Reason.CREDIT_UNUSED)]
    if look.next is None:
        return [Exclusion(reason=Reason.END_OF_SCENARIO)]
    late = look.item.days_overdue(look.today) > 0
    reason = Reason.STEP_NOT_DUE if late else Reason.NOT_DUE_YET
    return [Exclusion(reason=reason, until=look.next.due_on)]


def _thanks(
    scenario: Scenario,
    situation: CustomerSituation,
    options: DunningOptions,
    today: date,
) -> PlannedMessage | None:
    """Thank for payments that closed items, some days after them."""
    step = scenario.thank_you
    if step is None:
        return None
    delay = timedelta(days=step.delay_days)
    items = [
        item
        for item in situation.settled_items
        if item.settled_on
        and item.settled_on + delay <= today <= item.settled_on + _THANKS_STAY_DUE
        and (situation.position(item).level or options.thank_everyone)
        and situation.position(item).thanked_on is None
        and not item.is_credit
        and not standing_exclusions(item, situation, options, today)
    ]
    if not items or (situation.email_problem and situation.email):
        return None
    return PlannedMessage(
        customer_id=situation.customer.id,
        scenario=scenario,
        step=step,
        channel=step.channel,
        items=tuple(items),
        due_since=min(item.settled_on + delay for item in items if item.settled_on),
    )
