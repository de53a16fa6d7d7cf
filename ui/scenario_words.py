"""Words for scenarios: when each step comes, and why later than it says."""

from domain.dunning.example import ExampleStep, Later
from domain.dunning.scenario import (
    DunningStep,
    Reference,
    Scenario,
    StepKind,
    Trigger,
)
from domain.dunning.scenario_checks import Fault, Problem
from ui import formatting, labels
from ui.translation import _, ngettext


def timing(step: DunningStep, scenario: Scenario) -> str:
    """Say when a step comes: « 8 jours après R1 »."""
    days = abs(step.delay_days)
    if step.kind is StepKind.THANK_YOU:
        if not days:
            return _("the day of the payment")
        return ngettext(
            "{count} day after the payment", "{count} days after the payment", days
        )
    before = previous(step, scenario)
    if step.trigger is Trigger.PREVIOUS and before:
        return ngettext(
            "{count} day after {step}", "{count} days after {step}", days, step=before
        )
    if scenario.reference is Reference.INVOICE_DATE:
        return ngettext(
            "{count} day after the invoice date",
            "{count} days after the invoice date",
            days,
        )
    if step.delay_days < 0:
        return ngettext(
            "{count} day before the due date", "{count} days before the due date", days
        )
    return ngettext(
        "{count} day after the due date", "{count} days after the due date", days
    )


def previous(step: DunningStep, scenario: Scenario) -> str:
    """Name the reminder before a step; empty for the first one."""
    before = [s.code for s in scenario.reminders if s.level < step.level]
    return before[-1] if before and step.kind is StepKind.REMINDER else ""


def later(one: ExampleStep) -> str:
    """Say why a step comes after the day of its delay; empty when it does not."""
    if one.later is None:
        return ""
    why = {
        Later.DEADLINE: _("the time to pay given before ends first"),
        Later.DISTANCE: _("the step before came late, and steps keep their distance"),
        Later.CONTACT: _("the customer was contacted too short a time before"),
        Later.QUIET_DAY: _("no e-mail leaves on the days before"),
    }[one.later]
    return _("not on {day}: {why}", day=formatting.day(one.planned_on), why=why)


def fault(one: Fault) -> str:
    """Say what keeps a scenario from being followed, and what to do."""
    step, other = labels.step(one.code), one.other
    return {
        Problem.BEFORE_DUE: _(
            "{step} would come before the invoice is late: give 1 day at least.",
            step=step,
        ),
        Problem.NO_GAP: _(
            "{step} would come on the day it is counted from: give 1 day at least.",
            step=step,
        ),
        Problem.OUT_OF_ORDER: _(
            "{step} would come before {other}, or on the same day: give it more days.",
            step=step,
            other=other,
        ),
        Problem.NOTICE_TOO_LATE: _(
            "An advance notice comes before the due date: give 1 day at least."
        ),
        Problem.THANKS_TOO_EARLY: _("A thank-you comes after the payment."),
        Problem.NO_TEXT: _(
            "{step} has no template for this means: choose another template.",
            step=step,
        ),
        Problem.EMAIL_WITHOUT_ADDRESS: _(
            "{step} is an e-mail, and these customers have no address: choose another"
            " means.",
            step=step,
        ),
        Problem.COPY_UNUSABLE: _(
            "{step}: no e-mail can be sent in copy to “{address}”.",
            step=step,
            address=other,
        ),
        Problem.NO_TIME_TO_PAY: _("{step} leaves no day to pay.", step=step),
        Problem.SKIPPED_FOR_NOTHING: _(
            "{step} cannot be skipped: {other} is counted from it. Count {other} from"
            " the due date or the invoice date.",
            step=step,
            other=other,
        ),
        Problem.NO_STEP: _("No step is in force: add one, or switch this column off."),
    }[one.problem]
