"""Who must be reminded today, of what, and why not the others.

Pure: computed from the situation at each look, never from a stored timetable.
A step is due from a day on, so a laptop that slept ten days loses nothing.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.basics.identifiers import ItemId
from domain.customers.agreements import Promise
from domain.dunning.days_off import first_in_order
from domain.dunning.exclusions import (
    Standing,
    customer_exclusions,
    in_order,
    message_exclusions,
    notice_barred,
)
from domain.dunning.planned import (
    Exclusion,
    LeftOut,
    Plan,
    PlannedMessage,
    Reason,
)
from domain.dunning.position import Position
from domain.dunning.profile import Grouping
from domain.dunning.scenario import DunningStep, Scenario, StepKind
from domain.dunning.situation import CustomerSituation
from domain.dunning.steps import NextStep, next_step
from domain.dunning.thanks import thanks
from domain.ledger.entity import DunningOptions
from domain.ledger.open_item import OpenItem


@dataclass(slots=True, kw_only=True)
class _Look:
    """One item as seen today; not frozen, as one is made for every open item."""

    item: OpenItem
    position: Position
    exclusions: list[Exclusion]
    next: NextStep | None
    today: date
    is_step_due: bool
    is_due: bool
    """Its step is, and nothing stands against it."""
    is_grouped: bool = False
    """It was put in a message, whether the message leaves or not."""

    @property
    def step(self) -> DunningStep:
        """Its next step, for an item that has one."""
        assert self.next is not None
        return self.next.step

    @property
    def sort_key(self) -> tuple[date, str]:
        return self.item.due_on or date.max, self.item.id

    def left_out(self, more: list[Exclusion]) -> LeftOut:
        return LeftOut(
            item=self.item,
            exclusions=tuple(in_order([*self.exclusions, *more])),
            next_step=self.next.step if self.next else None,
            next_on=self.next.due_on if self.next else None,
            gives_way_on=self.next.gives_way_on if self.next else None,
        )


def plan_customer(
    situation: CustomerSituation, options: DunningOptions, today: date
) -> Plan:
    """Propose today's messages to one customer, and explain every other item."""
    scenario = situation.scenario
    standing = Standing(situation, options, today)
    looks = [
        _look(item, situation, standing.against(item), today)
        for item in situation.open_items
    ]
    messages: list[PlannedMessage] = []
    left_out: list[LeftOut] = []
    if scenario:
        for group in _with_credits(_groups(looks, situation), looks):
            message = _message(group, scenario, situation, today)
            problems = message_exclusions(
                message.step, message.total, situation, options, today
            )
            for look in group:
                look.is_grouped = True
            if problems:
                left_out += [look.left_out(problems) for look in group]
            else:
                messages.append(message)
        messages += thanks(scenario, situation, options, today)
        if situation.catching_up:
            messages, waiting = _one_at_a_time(messages, options, today)
            for look in looks:
                if look.item.id in waiting:
                    left_out.append(look.left_out([waiting[look.item.id]]))
    others = [look for look in looks if not look.is_grouped]
    left_out += _explained(others, situation, options, today)
    return Plan(
        customer_id=situation.customer.id,
        messages=tuple(messages),
        left_out=tuple(left_out),
    )


def _one_at_a_time(
    messages: list[PlannedMessage], options: DunningOptions, today: date
) -> tuple[list[PlannedMessage], dict[ItemId, Exclusion]]:
    """Keep the message that goes first; tell what the others' items wait for."""
    first = first_in_order(messages)
    wait = timedelta(days=max(1, options.days_between_contacts))
    later = Exclusion(reason=Reason.CATCHING_UP, until=today + wait)
    waiting = {i.id: later for m in messages if m is not first for i in m.items}
    return [first] if first else [], waiting


def _look(
    item: OpenItem,
    situation: CustomerSituation,
    exclusions: list[Exclusion],
    today: date,
) -> _Look:
    scenario, position = situation.scenario, situation.position(item)
    step = next_step(item, scenario, position, today) if scenario else None
    if step:
        exclusions += notice_barred(step.step, situation.customer)
    is_step_due = step is not None and step.due_on <= today
    return _Look(
        item=item,
        position=position,
        exclusions=exclusions,
        next=step,
        today=today,
        is_step_due=is_step_due,
        is_due=is_step_due and not exclusions,
    )


def _groups(looks: list[_Look], situation: CustomerSituation) -> list[list[_Look]]:
    """Part the due items into messages: by level, or the whole account."""
    whole = situation.profile.grouping is Grouping.WHOLE_ACCOUNT
    groups: dict[tuple[str, str], list[_Look]] = defaultdict(list)
    for look in looks:
        if look.is_due:
            joins_account = whole and look.step.kind is StepKind.REMINDER
            name = "account" if joins_account else look.step.code
            groups[name, look.item.currency].append(look)
    for (name, currency), group in groups.items():
        if name == "account":
            level = max(look.step.level for look in group)
            group += [look for look in looks if _rides_along(look, level, currency)]
    return [sorted(group, key=lambda look: look.sort_key) for group in groups.values()]


def _rides_along(look: _Look, level: int, currency: str) -> bool:
    """Whether an overdue item joins the account's message before its own day.

    Not one that is further up already, nor one reminded too short a time ago: a
    message lowers no level, and never gives an item two within the gap.
    """
    return (
        look.next is not None
        and look.next.step.level <= level
        and not look.is_due
        and not look.exclusions
        and look.item.currency == currency
        and look.item.days_overdue(look.today) > 0
        and (look.position.level == 0 or look.next.rested_on <= look.today)
    )


def _with_credits(groups: list[list[_Look]], looks: list[_Look]) -> list[list[_Look]]:
    """Deduct unused credits from the reminder that holds the oldest debit.

    Never from an advance notice (source 004: credit notes count from R1 on).
    """
    if not groups:
        return groups
    unused = [look for look in looks if look.item.is_credit and not look.exclusions]
    for currency in {look.item.currency for look in unused}:
        reminders = [
            group
            for group in groups
            if group[0].item.currency == currency
            and group[0].step.kind is StepKind.REMINDER
        ]
        if reminders:
            oldest = min(reminders, key=lambda group: group[0].sort_key)
            deducted = [look for look in unused if look.item.currency == currency]
            oldest += sorted(deducted, key=lambda look: look.sort_key)
    return groups


def _message(
    group: list[_Look],
    scenario: Scenario,
    situation: CustomerSituation,
    today: date,
) -> PlannedMessage:
    due = [look for look in group if look.is_due]
    step = max((look.step for look in due), key=lambda s: s.level)
    return PlannedMessage(
        customer_id=situation.customer.id,
        scenario=scenario,
        step=step,
        channel=step.channel,
        items=tuple(look.item for look in group),
        due_since=min(look.next.due_on for look in due if look.next),
        promise_broken=bool(situation.promises)
        and any(
            is_broken(promise, look.item, today)
            for promise in situation.promises
            if promise.id not in situation.kept
            for look in group
        ),
    )


def is_broken(promise: Promise, item: OpenItem, today: date) -> bool:
    """Whether an invoice is still there after the day it was promised for.

    A promise for the whole account says nothing of invoices made since.
    """
    if item.is_credit or not promise.is_past(today):
        return False
    if promise.item_id is None:
        return item.invoice_on <= promise.made_on
    return promise.item_id == item.id


def _explained(
    looks: list[_Look],
    situation: CustomerSituation,
    options: DunningOptions,
    today: date,
) -> Iterator[LeftOut]:
    """Say every reason why these items stand in no message of today."""
    of_customer: dict[tuple[DunningStep, str], list[Exclusion]] = {}
    for look in looks:
        if not look.exclusions:
            yield look.left_out([_timing(look)])
        elif look.is_step_due and look.item.id not in situation.pending:
            key = (look.step, look.item.currency)
            if key not in of_customer:
                of_customer[key] = customer_exclusions(*key, situation, options, today)
            yield look.left_out(of_customer[key])
        else:
            yield look.left_out([])


def _timing(look: _Look) -> Exclusion:
    """Say why an item that nothing blocks is not proposed today."""
    if look.item.is_credit:
        return Exclusion(reason=Reason.CREDIT_UNUSED, since=look.item.invoice_on)
    position = look.position
    done_on = position.reached_on if position.level else position.noticed_on
    if look.next is None:
        return Exclusion(reason=Reason.END_OF_SCENARIO, since=done_on)
    is_late = look.item.days_overdue(look.today) > 0
    reason = Reason.STEP_NOT_DUE if is_late else Reason.NOT_DUE_YET
    return Exclusion(reason=reason, until=look.next.due_on, since=done_on)
