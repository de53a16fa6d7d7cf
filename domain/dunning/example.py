"""When each step of a scenario would come, for one invoice that stays unpaid.

Worked out from the steps and from what the firm spares its customers, each step
supposed done on its day; the engine is not asked, and must agree.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from domain.basics.identifiers import CustomerId, EntityId, ItemId
from domain.basics.money import Money
from domain.dunning.courtesy import Courtesy
from domain.dunning.position import Position
from domain.dunning.scenario import (
    Channel,
    DunningStep,
    Reference,
    Scenario,
    StepKind,
    Trigger,
)
from domain.dunning.steps import NextStep, next_step
from domain.dunning.thanks import THANKS_STAY_DUE
from domain.ledger.entity import DunningOptions
from domain.ledger.entry import DueOrigin
from domain.ledger.open_item import OpenItem

_DAY = timedelta(days=1)
_AMOUNT = Money(1_000_00)


class Later(StrEnum):
    """Why a step comes later than its own delay says."""

    DEADLINE = "deadline"
    """The time to pay that the message before gave."""
    DISTANCE = "distance"
    """The one before came late: steps keep their distance."""
    CONTACT = "contact"
    """The time that the firm leaves between two contacts."""
    QUIET_DAY = "quiet_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleInvoice:
    """The invoice that an example is about."""

    invoiced_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleStep:
    """A step on its day."""

    step: DunningStep
    on: date
    planned_on: date
    """What its delay alone says."""
    later: Later | None = None
    """Why it comes after that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """The days of a scenario, for one invoice."""

    invoice: ExampleInvoice
    steps: tuple[ExampleStep, ...]
    """In the order in which they come; those that never would are left out."""
    paid_on: date | None = None
    """When it is supposed paid, for the thank-you."""
    thanked: ExampleStep | None = None

    def of(self, step: DunningStep) -> ExampleStep | None:
        """Find the day of a step; None when it would not come."""
        if step.kind is StepKind.THANK_YOU:
            return self.thanked
        return next((one for one in self.steps if one.step == step), None)


def example(
    scenario: Scenario,
    invoice: ExampleInvoice,
    options: DunningOptions,
    courtesy: Courtesy,
) -> Example:
    """Give each step its day; the invoice is known from the day it is made."""
    walk = _Walk(scenario, invoice, options, courtesy)
    steps = tuple(walk.steps())
    first = next((s for s in steps if s.step.kind is StepKind.REMINDER), None)
    paid_on = first.on + timedelta(days=first.step.payment_days) if first else None
    if paid_on is None and options.thank_everyone:
        paid_on = invoice.due_on
    contacts = [one.on for one in steps if paid_on and one.on <= paid_on]
    return Example(
        invoice=invoice,
        steps=steps,
        paid_on=paid_on,
        thanked=_thanked(scenario, paid_on, contacts, options, courtesy),
    )


@dataclass(slots=True)
class _Walk:
    """One invoice going up a scenario."""

    scenario: Scenario
    invoice: ExampleInvoice
    options: DunningOptions
    courtesy: Courtesy
    contacts: list[date] = field(default_factory=list)

    def steps(self) -> list[ExampleStep]:
        """Do the steps one after the other, each on the first day it may be done."""
        item, done = _item(self.invoice), list[ExampleStep]()
        position, day = Position(), self.invoice.invoiced_on
        while True:
            found, day = self._next(item, position, day)
            if found is None or found.step.level < position.level:
                return done
            step = found.step
            if step.kind is StepKind.REMINDER and step.level == position.level:
                return done  # the last one again
            done.append(self._example(found, day, position))
            deadline = day + timedelta(days=step.payment_days)
            position = position.after(
                step.kind,
                step.level,
                day,
                deadline if step.kind is StepKind.REMINDER else None,
            )
            self.contacts.append(day)
            day += _DAY

    def _next(
        self, item: OpenItem, position: Position, day: date
    ) -> tuple[NextStep | None, date]:
        while True:
            found = next_step(item, self.scenario, position, day)
            if found is None:
                return None, day
            free = max(day, found.due_on)
            free = first_free(
                free, found.step.channel, self.contacts, self.options, self.courtesy
            )
            if free == day:
                return found, day
            day = free

    def _example(self, found: NextStep, day: date, position: Position) -> ExampleStep:
        step, invoice = found.step, self.invoice
        by_invoice = self.scenario.reference is Reference.INVOICE_DATE
        start = invoice.invoiced_on if by_invoice else invoice.due_on
        if step.trigger is Trigger.PREVIOUS and position.reached_on:
            start = position.reached_on
        planned_on = start + timedelta(days=step.delay_days)
        later = None
        if day > max(planned_on, invoice.invoiced_on):
            later = self._why(found, day, position)
        return ExampleStep(step=step, on=day, planned_on=planned_on, later=later)

    def _why(self, found: NextStep, day: date, position: Position) -> Later:
        by_email = found.step.channel is Channel.EMAIL
        if by_email and self.courtesy.quiet_day(day - _DAY):
            return Later.QUIET_DAY
        if position.deadline_on and day == position.deadline_on + _DAY:
            return Later.DEADLINE
        return Later.DISTANCE if day == found.rested_on else Later.CONTACT


def first_free(
    day: date,
    channel: Channel,
    contacts: list[date],
    options: DunningOptions,
    courtesy: Courtesy,
) -> date:
    """Find the first day, from this one on, on which a contact may be made."""
    if contacts:
        day = max(day, contacts[-1] + timedelta(days=options.days_between_contacts))
    while True:
        free = courtesy.rested_on(contacts, day) or day
        if channel is Channel.EMAIL:
            free = courtesy.next_open(free)
        if free == day:
            return day
        day = free


def _thanked(
    scenario: Scenario,
    paid_on: date | None,
    contacts: list[date],
    options: DunningOptions,
    courtesy: Courtesy,
) -> ExampleStep | None:
    step = scenario.thank_you
    if step is None or paid_on is None:
        return None
    planned_on = paid_on + timedelta(days=step.delay_days)
    day = first_free(planned_on, step.channel, contacts, options, courtesy)
    if day > planned_on + THANKS_STAY_DUE:
        return None
    later = None
    if day > planned_on:
        by_email = step.channel is Channel.EMAIL
        is_quiet = by_email and courtesy.quiet_day(day - _DAY)
        later = Later.QUIET_DAY if is_quiet else Later.CONTACT
    return ExampleStep(step=step, on=day, planned_on=planned_on, later=later)


def _item(invoice: ExampleInvoice) -> OpenItem:
    return OpenItem(
        id=ItemId("example"),
        entity_id=EntityId(""),
        customer_id=CustomerId(""),
        reference="",
        invoice_on=invoice.invoiced_on,
        due_on=invoice.due_on,
        due_origin=DueOrigin.FILE,
        invoiced=_AMOUNT,
        settled=Money(0),
    )
