"""What makes a scenario impossible to follow, step by step."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from domain.dunning.scenario import (
    Channel,
    DunningStep,
    Reference,
    Scenario,
    StepKind,
    Trigger,
)
from domain.dunning.scenario_pair import ScenarioPair
from domain.dunning.steps import days_from_reference
from domain.dunning.texts import WRITTEN_CHANNELS, MessageText


class Problem(StrEnum):
    """Why a step could not be done as it is set."""

    BEFORE_DUE = "before_due"
    NO_GAP = "no_gap"
    OUT_OF_ORDER = "out_of_order"
    NOTICE_TOO_LATE = "notice_too_late"
    THANKS_TOO_EARLY = "thanks_too_early"
    NO_TEXT = "no_text"
    EMAIL_WITHOUT_ADDRESS = "email_without_address"
    COPY_UNUSABLE = "copy_unusable"
    NO_TIME_TO_PAY = "no_time_to_pay"
    SKIPPED_FOR_NOTHING = "skipped_for_nothing"
    """The next reminder counts from the one that would be skipped."""
    NO_STEP = "no_step"
    """The column is on, and none of its steps is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A problem of a column."""

    problem: Problem
    with_email: bool
    code: str = ""
    """Of the step; empty for the whole column."""
    other: str = ""
    """Of the step that it contradicts, or the address."""


def faults_of(
    pair: ScenarioPair,
    texts: Collection[MessageText],
    can_be_sent_to: Callable[[str], bool],
) -> list[Fault]:
    """List what keeps a scenario from being followed; switched off steps apart."""
    known = {(text.key, text.channel) for text in texts}
    return [
        fault
        for column in pair.columns
        for fault in _of_column(column, known, can_be_sent_to)
    ]


def _of_column(
    column: Scenario,
    texts: Collection[tuple[str, Channel]],
    can_be_sent_to: Callable[[str], bool],
) -> Iterator[Fault]:
    on = [step for step in column.steps if step.is_active]
    if column.is_active and not on:
        yield Fault(problem=Problem.NO_STEP, with_email=column.with_email)
    for step in on:
        for problem in _of_timing(step, column):
            yield _fault(problem, column, step)
        is_written = step.channel in WRITTEN_CHANNELS
        if is_written and (step.text_key, step.channel) not in texts:
            yield _fault(Problem.NO_TEXT, column, step)
        if step.channel is Channel.EMAIL:
            yield from _of_email(step, column, can_be_sent_to)
    for before, after in pairwise(column.reminders):
        yield from _of_neighbours(before, after, column)


def _of_email(
    step: DunningStep, column: Scenario, can_be_sent_to: Callable[[str], bool]
) -> Iterator[Fault]:
    if not column.with_email:
        yield _fault(Problem.EMAIL_WITHOUT_ADDRESS, column, step)
    for address in step.copies.split():
        if not can_be_sent_to(address):
            yield _fault(Problem.COPY_UNUSABLE, column, step, address)


def _of_neighbours(
    before: DunningStep, after: DunningStep, column: Scenario
) -> Iterator[Fault]:
    is_counted = after.trigger is Trigger.REFERENCE
    days = days_from_reference(after, column)
    if is_counted and days <= days_from_reference(before, column):
        yield _fault(Problem.OUT_OF_ORDER, column, after, before.code)
    if before.may_be_skipped and not is_counted:
        yield _fault(Problem.SKIPPED_FOR_NOTHING, column, before, after.code)


def _fault(
    problem: Problem, column: Scenario, step: DunningStep, other: str = ""
) -> Fault:
    return Fault(
        problem=problem, with_email=column.with_email, code=step.code, other=other
    )


def _of_timing(step: DunningStep, column: Scenario) -> Iterator[Problem]:
    if step.kind is StepKind.ADVANCE_NOTICE:
        if step.delay_days >= 0:
            yield Problem.NOTICE_TOO_LATE
        return
    if step.kind is StepKind.THANK_YOU:
        if step.delay_days < 0:
            yield Problem.THANKS_TOO_EARLY
        return
    if step.payment_days < 1:
        yield Problem.NO_TIME_TO_PAY
    if step.delay_days < 1:
        is_first = column.reminders[0] == step
        follows = step.trigger is Trigger.PREVIOUS and not is_first
        by_due = column.reference is Reference.DUE_DATE
        yield Problem.BEFORE_DUE if by_due and not follows else Problem.NO_GAP
