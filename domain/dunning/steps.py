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


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """The step that comes next, and the first day it may be done."""

    step: DunningStep
    due_on: date


def next_step(
    item: OpenItem, scenario: Scenario, position: Position, today: date
) -> NextStep | None:
    """Find an item's next step; None at the end of the scenario.

    Steps are climbed one at a time, however late the item: nobody receives a
    third reminder before a first one. Credits have no step of their own.
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
    return NextStep(step=step, due_on=_reminder_due_on(step, item, scenario, position))


def _reminder_due_on(
    step: DunningStep, item: OpenItem, scenario: Scenario, position: Position
) -> date:
    """Tell from which day a reminder may be done.

    Steps keep their distance: one sent late pushes the next one back, and a
    deadline given to the customer is left to pass.
    """
    previous_on = position.reached_on or position.noticed_on
    if position.level and step.level <= position.level:  # the last one, repeated
        gap = timedelta(days=scenario.repeat_last_days or 1)
        return (position.reached_on or _reference(item, scenario)) + gap
    if step.trigger is Trigger.PREVIOUS and position.reached_on:
        earliest = position.reached_on + timedelta(days=step.delay_days)
    else:
        earliest = _reference(item, scenario) + timedelta(days=step.delay_days)
        if previous_on:
            gap_days = _days_from_reference(step, scenario) - _done_days_from_reference(
                position, scenario
            )
            earliest = max(earliest, previous_on + timedelta(days=max(1, gap_days)))
    if position.deadline_on:
        earliest = max(earliest, position.deadline_on + timedelta(days=1))
    return earliest


def _reference(item: OpenItem, scenario: Scenario) -> date:
    if scenario.reference is Reference.INVOICE_DATE or item.due_on is None:
        return item.invoice_on
    return item.due_on


def _done_days_from_reference(position: Position, scenario: Scenario) -> int:
    """Where on the scenario's calendar the last completed step stands."""
    if position.level == 0:
        notice = next(
            (s for s in scenario.steps if s.kind is StepKind.ADVANCE_NOTICE), None
        )
        return notice.delay_days if notice else 0
    done = next(
        (
            s
            for s in scenario.steps
            if s.kind is StepKind.REMINDER and s.level == position.level
        ),
        None,
    )
    return _days_from_reference(done, scenario) if done else 0


def _days_from_reference(step: DunningStep, scenario: Scenario) -> int:
    """Place a step on the scenario's calendar, as if every step were on time."""
    if step.trigger is Trigger.REFERENCE:
        return step.delay_days
    before = [s for s in scenario.reminders if s.level < step.level]
    start = _days_from_reference(before[-1], scenario) if before else 0
    return start + step.delay_days
