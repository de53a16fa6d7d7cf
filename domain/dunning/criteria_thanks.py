"""Thanking by criteria: payments that a person chooses, thanked for already or not.

Pure. The scenario's own step says how; what is blocked is refused with a reason.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from domain.basics.identifiers import ItemId
from domain.dunning.criteria import Decision, RunRules, channel
from domain.dunning.exclusions import (
    in_order,
    set_aside,
    standing_exclusions,
    too_many_contacts,
)
from domain.dunning.planned import Exclusion, LeftOut, Plan, PlannedMessage, Reason
from domain.dunning.scenario import Channel, DunningStep
from domain.dunning.situation import CustomerSituation
from domain.ledger.entity import DunningOptions
from domain.ledger.open_item import OpenItem


def decide_thanks(
    item: OpenItem,
    situation: CustomerSituation,
    rules: RunRules,
    options: DunningOptions,
    today: date,
) -> Decision:
    """Tell whether a payment may be thanked for, or every reason why not."""
    found = standing_exclusions(item, situation, options, today)
    position = situation.position(item)
    step = situation.scenario.thank_you if situation.scenario else None
    if situation.scenario and step is None:
        found.append(Exclusion(reason=Reason.NO_THANK_YOU))
    if position.thanked_on and not rules.reissue:
        since = position.thanked_on
        found.append(Exclusion(reason=Reason.ALREADY_THANKED, since=since))
    found += set_aside(situation)
    gap = 1 if position.thanked_on else max(1, options.days_between_contacts)
    found += too_many_contacts(situation, gap, today)
    by_email = step and channel(situation, rules, step) is Channel.EMAIL
    if by_email and situation.email_problem:
        detail = situation.email_problem
        found.append(Exclusion(reason=Reason.EMAIL_TO_CHECK, detail=detail))
    return Decision(
        item=item, level=position.level, step=step, exclusions=tuple(in_order(found))
    )


def plan_thanks(
    situation: CustomerSituation,
    ticked: Collection[ItemId],
    rules: RunRules,
    options: DunningOptions,
    today: date,
) -> Plan:
    """Make a customer's messages of thanks: one per currency."""
    thanked: dict[str, list[OpenItem]] = defaultdict(list)
    left_out = []
    step: DunningStep | None = None
    for item in situation.settled_items:
        if item.id not in ticked:
            continue
        decision = decide_thanks(item, situation, rules, options, today)
        if decision.can_go:
            step = decision.step
            thanked[item.currency].append(item)
        else:
            left_out.append(LeftOut(item=item, exclusions=decision.exclusions))
    messages = (
        [_message(items, step, situation, rules, today) for items in thanked.values()]
        if step
        else []
    )
    return Plan(
        customer_id=situation.customer.id,
        messages=tuple(messages),
        left_out=tuple(left_out),
    )


def _message(
    items: list[OpenItem],
    step: DunningStep,
    situation: CustomerSituation,
    rules: RunRules,
    today: date,
) -> PlannedMessage:
    scenario = situation.scenario
    assert scenario is not None  # the step is one of its own
    by = channel(situation, rules, step)
    return PlannedMessage(
        customer_id=situation.customer.id,
        scenario=scenario,
        step=replace(step, channel=by),
        channel=by,
        items=tuple(sorted(items, key=lambda i: (i.due_on or date.max, i.id))),
        due_since=today,
    )
