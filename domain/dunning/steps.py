"""Which step comes next for an item, and from which day."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.dunning.position import Position
from domain.dunning.scenario import (
    DunningStep,
    Reference,
    Scenario,
    StepKind,
    Trigger,
)
from domain.ledger.open_item import OpenItem


@dataclass(slots=True, kw_only=True)
class NextStep:
    """The step that comes next, and the first day it may be done.

    Not frozen, as one is made for every open item.
    """

    step: DunningStep
    due_on: date
    rested_on: date = date.min
    """The first day that keeps the distance to the step done before."""
    gives_way_on: date | None = None
    """The day on which the reminder after it takes its place, if one does."""


def next_step(
    item: OpenItem, scenario: Scenario, position: Position, today: date
) -> NextStep | None:
    """Find an item's next step; None at the end of the scenario.

    Steps are climbed one at a time, however late the item: nobody receives a
    third reminder before a first one, unless the firm lets the first be skipped
    once the day of the other has come. Credits have no step of their own.
    """
    if item.is_credit or item.due_on is None:
        return None
    notice = scenario.advance_notice
    untouched = position.level == 0 and position.noticed_on is None
    if notice and untouched and today < item.due_on:
        return NextStep(
            step=notice, due_on=item.due_on + timedelta(days=notice.delay_days)
        )
    step = scenario.reminder_after(position.level)
    if step is None:
        return None
    by_invoice = scenario.reference is Reference.INVOICE_DATE
    reference = item.invoice_on if by_invoice else item.due_on
    found = _reminder(step, reference, scenario, position)
    while found.step.may_be_skipped:
        after = scenario.reminder_above(found.step.level)
        # One counted from the reminder that would be skipped has no day.
        if after is None or after.trigger is Trigger.PREVIOUS:
            break
        later = _reminder(after, reference, scenario, position)
        if later.due_on > today:
            found.gives_way_on = later.due_on
            break
        found = later
    return found


def _reminder(
    step: DunningStep, reference: date, scenario: Scenario, position: Position
) -> NextStep:
    """Tell from which day a reminder may be done.

    Steps keep their distance: one done late pushes the next one back, and a
    deadline given to the customer is left to pass.
    """
    rested_on = _rested_on(step, scenario, position)
    due_on = rested_on
    if not (step.trigger is Trigger.PREVIOUS and position.level):
        due_on = max(due_on, reference + timedelta(days=step.delay_days))
    return NextStep(step=step, due_on=due_on, rested_on=rested_on)


def _rested_on(step: DunningStep, scenario: Scenario, position: Position) -> date:
    done_on = position.reached_on if position.level else position.noticed_on
    if done_on is None:
        return date.min
    # Never two on one day, whatever the delays say.
    rested_on = done_on + timedelta(days=max(1, _gap_days(step, scenario, position)))
    if position.deadline_on:
        rested_on = max(rested_on, position.deadline_on + timedelta(days=1))
    return rested_on


def _gap_days(step: DunningStep, scenario: Scenario, position: Position) -> int:
    """Count the days between a step and the one done before it."""
    if step.level <= position.level:
        return scenario.repeat_last_days or 0
    if step.trigger is Trigger.PREVIOUS and position.level:
        return step.delay_days
    done = _last_done(scenario, position)
    done_days = days_from_reference(done, scenario) if done else 0
    return days_from_reference(step, scenario) - done_days


def _last_done(scenario: Scenario, position: Position) -> DunningStep | None:
    """Find the step last done; it may have been switched off since."""
    kind = StepKind.REMINDER if position.level else StepKind.ADVANCE_NOTICE
    done = [s for s in scenario.steps if s.kind is kind and s.level <= position.level]
    return max(done, key=lambda s: s.level, default=None)


def days_from_reference(step: DunningStep, scenario: Scenario) -> int:
    """Place a step on the scenario's calendar, as if every step were on time."""
    if step.trigger is Trigger.REFERENCE:
        return step.delay_days
    before = [s for s in scenario.reminders if s.level < step.level]
    start = days_from_reference(before[-1], scenario) if before else 0
    return start + step.delay_days
