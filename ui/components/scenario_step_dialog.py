"""What a step is: by which means, what it says, when, to whom in copy."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from nicegui import ui

from domain.dunning.example import Example
from domain.dunning.scenario import (
    Channel,
    DunningStep,
    Reference,
    Scenario,
    StepKind,
    Trigger,
)
from domain.dunning.scenario_pair import with_step
from domain.dunning.texts import ABOUT_THE_ACCOUNT, WRITTEN_CHANNELS, MessageText
from ui import design, formatting, labels, scenario_words, text_words
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.text import secondary
from ui.translation import _

OnStep = Callable[[Scenario], None]
Shown = Callable[[Scenario], Example]


def step_dialog(
    column: Scenario,
    step: DunningStep,
    texts: Sequence[MessageText],
    example_of: Shown,
    on_step: OnStep,
) -> None:
    """Open the settings of a step; the sentence and its day follow what is typed."""

    async def keep() -> None:
        on_step(with_step(column, fields.read()))

    with form_dialog(labels.step(step.code), _("Keep this step"), keep):
        fields = _StepFields(column, step, texts, example_of)


class _StepFields:
    """The fields of a step."""

    def __init__(
        self,
        column: Scenario,
        step: DunningStep,
        texts: Sequence[MessageText],
        example_of: Shown,
    ) -> None:
        self._column = column
        self._step = step
        self._example_of = example_of
        self._when()
        self._said = ui.label().classes(design.STRONG).mark("step-said")
        self._day = secondary("").mark("step-day")
        self._what(texts)
        self._to_whom()
        self._switches()
        self._told()

    def read(self) -> DunningStep:
        """Read the step as it is filled in."""
        days = abs(int(self._delay.value or 0))
        is_notice = self._step.kind is StepKind.ADVANCE_NOTICE
        by_email = self._channel.value == Channel.EMAIL
        return replace(
            self._step,
            channel=Channel(self._channel.value),
            text_key=str(self._text.value),
            trigger=Trigger(self._trigger.value),
            delay_days=-days if is_notice else days,
            payment_days=abs(int(self._payment.value or 0)),
            copies="\n".join(typed(self._copies).replace(",", " ").split()),
            is_automatic=by_email and self._automatic.value,
            may_be_skipped=self._skipped.value,
            claims_penalties=self._penalties.value,
        )

    def _when(self) -> None:
        with ui.element("div").classes(design.TWO_FIELDS):
            self._delay = ui.number(
                _("Number of days"),
                value=abs(self._step.delay_days),
                min=0,
                precision=0,
                on_change=self._told,
            )
            self._delay.props(design.INPUT).props("autofocus").mark("step-delay")
            self._trigger = ui.select(
                self._triggers(),
                value=self._step.trigger,
                label=_("Counted"),
                on_change=self._told,
            )
            self._trigger.props(design.INPUT).mark("step-trigger")

    def _triggers(self) -> dict[Trigger, str]:
        step = self._step
        if step.kind is StepKind.THANK_YOU:
            return {step.trigger: _("after the payment")}
        if step.kind is StepKind.ADVANCE_NOTICE:
            return {step.trigger: _("before the due date")}
        by_invoice = self._column.reference is Reference.INVOICE_DATE
        found = {
            Trigger.REFERENCE: _("after the invoice date")
            if by_invoice
            else _("after the due date")
        }
        before = scenario_words.previous(step, self._column)
        if before or step.trigger is Trigger.PREVIOUS:
            found[Trigger.PREVIOUS] = _(
                "after {step}", step=before or _("the reminder before")
            )
        return found

    def _what(self, texts: Sequence[MessageText]) -> None:
        means = [c for c in Channel if c is not Channel.EMAIL or self._may_email]
        with ui.element("div").classes(design.TWO_FIELDS):
            self._channel = ui.select(
                {one: labels.channel(one) for one in means},
                value=self._step.channel,
                label=_("Means"),
            )
            self._channel.props(design.INPUT).mark("step-channel")
            keys = dict.fromkeys(t.key for t in texts if t.key not in ABOUT_THE_ACCOUNT)
            keys.setdefault(self._step.text_key)
            self._text = ui.select(
                {key: text_words.kind(key) for key in keys},
                value=self._step.text_key,
                label=_("Template"),
            )
            self._text.props(design.INPUT).mark("step-text")
            self._text.bind_visibility_from(
                self._channel, "value", backward=lambda v: v in WRITTEN_CHANNELS
            )

    def _to_whom(self) -> None:
        self._payment = ui.number(
            _("Days given to pay; the next step waits for them"),
            value=self._step.payment_days,
            min=1,
            precision=0,
        )
        self._payment.props(design.INPUT).mark("step-payment")
        self._payment.visible = self._step.kind is StepKind.REMINDER
        self._copies = text_field(
            _("In copy, one address a line"), self._step.copies, lines=2
        ).mark("step-copies")
        self._only_by_email(self._copies)

    def _switches(self) -> None:
        step, is_reminder = self._step, self._step.kind is StepKind.REMINDER
        with ui.element("div").classes(design.STACK):
            self._automatic = ui.checkbox(
                _("Its e-mails leave by themselves at the right date"),
                value=step.is_automatic,
            ).mark("step-automatic")
            self._only_by_email(self._automatic)
            self._skipped = ui.checkbox(
                _("To be skipped when the day of the next reminder has come too"),
                value=step.may_be_skipped,
            ).mark("step-skipped")
            self._skipped.visible = is_reminder
            self._penalties = ui.checkbox(
                _("Claims late-payment penalties"), value=step.claims_penalties
            ).mark("step-penalties")
            self._penalties.visible = is_reminder

    @property
    def _may_email(self) -> bool:
        return self._column.with_email or self._step.channel is Channel.EMAIL

    def _only_by_email(self, field: Any) -> None:  # noqa: ANN401 - any field
        field.bind_visibility_from(self._channel, "value", value=Channel.EMAIL)

    def _told(self) -> None:
        """Say the step in a sentence, and on which day of the example it comes."""
        step = replace(
            self._step,
            trigger=Trigger(self._trigger.value),
            delay_days=self._typed_delay(),
        )
        column = with_step(self._column, step)
        sentence = scenario_words.timing(step, column)
        self._said.text = labels.capitalised(sentence)
        one = self._example_of(column).of(step)
        if one is None:
            self._day.text = _("In the example, this step does not come.")
            return
        day = formatting.long_day(one.on)
        words = _("In the example: {day}.", day=day)
        later = labels.capitalised(scenario_words.later(one))
        self._day.text = f"{words} {later}".strip()

    def _typed_delay(self) -> int:
        days = abs(int(self._delay.value or 0))
        return -days if self._step.kind is StepKind.ADVANCE_NOTICE else days
