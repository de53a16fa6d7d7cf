"""What an action made by hand does to the items it is about (row S33)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.basics.identifiers import ItemId
from domain.dunning.scenario import DunningStep, Scenario, StepKind
from domain.dunning.situation import CustomerSituation
from domain.dunning.steps import next_step
from domain.ledger.open_item import OpenItem


class WhyUncounted(StrEnum):
    """Why an action cannot complete a step of the scenario."""

    NOTHING_TICKED = "nothing_ticked"
    NO_SCENARIO = "no_scenario"
    NO_SUCH_STEP = "no_such_step"
    """The scenario has no step of this kind for these items."""
    END_OF_SCENARIO = "end_of_scenario"
    ALREADY_DONE = "already_done"
    """Reminded that day or later, or in a message that waits to leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The level that each item reaches, or why none does."""

    levels: Mapping[ItemId, int]
    why_not: WhyUncounted | None = None


def effect_of(
    situation: CustomerSituation,
    items: Sequence[OpenItem],
    kind: StepKind,
    day: date,
) -> Effect:
    """Tell what an action that counts would do: each item goes to its next step."""
    scenario = situation.scenario
    if not items:
        return Effect(levels={}, why_not=WhyUncounted.NOTHING_TICKED)
    if scenario is None:
        return Effect(levels={}, why_not=WhyUncounted.NO_SCENARIO)
    if kind is StepKind.THANK_YOU:
        paid = {item.id: 0 for item in items if not item.is_credit and not item.left}
        has_step = scenario.thank_you is not None and bool(paid)
        why_not = None if has_step else WhyUncounted.NO_SUCH_STEP
        return Effect(levels=paid if has_step else {}, why_not=why_not)
    return _climbed(situation, scenario, items, kind, day)


def _climbed(
    situation: CustomerSituation,
    scenario: Scenario,
    items: Sequence[OpenItem],
    kind: StepKind,
    day: date,
) -> Effect:
    levels: dict[ItemId, int] = {}
    reasons = set()
    for item in items:
        if item.is_credit or not item.left:
            continue
        following = next_step(item, scenario, situation.position(item), day)
        if following is None:
            reasons.add(
                WhyUncounted.END_OF_SCENARIO
                if item.due_on
                else WhyUncounted.NO_SUCH_STEP
            )
        elif following.step.kind is not kind:
            reasons.add(WhyUncounted.NO_SUCH_STEP)
        elif _is_done(situation, item, day):
            reasons.add(WhyUncounted.ALREADY_DONE)
        else:
            levels[item.id] = following.step.level
    if levels:
        return Effect(levels=levels)
    return Effect(levels={}, why_not=min(reasons, default=WhyUncounted.NO_SUCH_STEP))


def _is_done(situation: CustomerSituation, item: OpenItem, day: date) -> bool:
    """Never two reminders of one item on one day, nor one that a message will give."""
    reached_on = situation.position(item).reached_on
    return item.id in situation.pending or (
        reached_on is not None and reached_on >= day
    )


def next_choices(scenario: Scenario | None) -> dict[int, DunningStep | None]:
    """List the steps that may come next, by the level that they are reached from.

    The last one is the end of the scenario: no step comes after.
    """
    choices: dict[int, DunningStep | None] = {}
    level = 0
    for step in scenario.reminders if scenario else ():
        choices[level] = step
        level = step.level
    if choices:
        choices[level] = None
    return choices
