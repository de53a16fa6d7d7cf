"""Which reminder follows which, when, and by which means."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from domain.basics.identifiers import EntityId, PairId, ScenarioId, StepId

HIGHEST_LEVEL = 9
"""Of reminders; as high as the files of past reminders go (row N11)."""


class StepKind(StrEnum):
    """What a step of a scenario says."""

    ADVANCE_NOTICE = "advance_notice"
    REMINDER = "reminder"
    THANK_YOU = "thank_you"


class Channel(StrEnum):
    """By which means a customer is reached."""

    EMAIL = "email"
    LETTER = "letter"
    PHONE = "phone"
    OTHER = "other"


class Trigger(StrEnum):
    """What a step's delay is counted from."""

    REFERENCE = "reference"
    """The scenario's reference date: due date, or invoice date."""
    PREVIOUS = "previous"
    """The previous reminder."""


class Reference(StrEnum):
    """The date that drives a whole scenario."""

    DUE_DATE = "due_date"
    INVOICE_DATE = "invoice_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class DunningStep:
    """One element of a scenario."""

    id: StepId
    scenario_id: ScenarioId
    kind: StepKind
    level: int
    """1 to 9 for reminders, 0 for the others."""
    channel: Channel
    trigger: Trigger = Trigger.REFERENCE
    delay_days: int
    """Negative before the reference date."""
    text_key: str
    """Which text of the firm it sends, see dunning.texts."""
    payment_days: int = 7
    """Days given to pay, printed as a deadline; the next step waits for it."""
    is_active: bool = True
    is_automatic: bool = False
    """Its e-mails leave by themselves at the right date."""
    claims_penalties: bool = False
    """Its messages claim late-payment penalties, beside the invoices."""
    copies: str = ""
    """Addresses that receive its e-mails in copy, one a line."""
    may_be_skipped: bool = False
    """It gives way when the day of the next reminder, counted from the reference
    date, has come too."""

    @property
    def code(self) -> str:
        """Short name: P, R1 to R9, M."""
        if self.kind is StepKind.REMINDER:
            return f"R{self.level}"
        return "P" if self.kind is StepKind.ADVANCE_NOTICE else "M"


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A column of a scenario: the steps for customers with, or without, e-mail.

    Without slots, so that what is asked for every item is worked out once.
    """

    id: ScenarioId
    entity_id: EntityId
    pair_id: PairId
    """What both columns share, with the name."""
    name: str = ""
    with_email: bool
    reference: Reference = Reference.DUE_DATE
    is_active: bool = True
    repeat_last_days: int | None = None
    steps: tuple[DunningStep, ...] = ()

    @cached_property
    def advance_notice(self) -> DunningStep | None:
        """The step before the due date; the invoice date disables it."""
        if self.reference is Reference.INVOICE_DATE:
            return None
        return self._only(StepKind.ADVANCE_NOTICE)

    @cached_property
    def thank_you(self) -> DunningStep | None:
        """The step after payment."""
        return self._only(StepKind.THANK_YOU)

    @cached_property
    def reminders(self) -> list[DunningStep]:
        """The active reminders, first level first."""
        return sorted(
            (s for s in self.steps if s.kind is StepKind.REMINDER and s.is_active),
            key=lambda s: s.level,
        )

    def reminder_after(self, level: int) -> DunningStep | None:
        """Find the first active reminder above a level, or the last one again.

        An item that went further than the last one is at the end: repeating a
        lower reminder would lower its level, which only a person does.
        """
        above = self.reminder_above(level)
        if above:
            return above
        reminders = self.reminders
        if self.repeat_last_days and reminders and reminders[-1].level == level:
            return reminders[-1]
        return None

    def reminder_above(self, level: int) -> DunningStep | None:
        """Find the first active reminder above a level."""
        return next((step for step in self.reminders if step.level > level), None)

    def _only(self, kind: StepKind) -> DunningStep | None:
        return next((s for s in self.steps if s.kind is kind and s.is_active), None)
