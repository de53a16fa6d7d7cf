"""The two switches of an action by hand, and the sentence that says what they do."""

from collections import Counter
from collections.abc import Mapping

from nicegui import ui

from domain.dunning.by_hand import Effect, WhyUncounted, next_choices
from domain.dunning.scenario import Channel, DunningStep, StepKind
from domain.dunning.situation import CustomerSituation
from domain.usecases.by_customer import Switches
from ui import design, labels
from ui.components.text import secondary
from ui.drafts import Draft
from ui.translation import _, ngettext


class HandSwitches:
    """« Prendre en compte » and « Modifier la prochaine étape », kept in a draft."""

    def __init__(
        self, situation: CustomerSituation, draft: Draft, remembered: Switches
    ) -> None:
        self._situation = situation
        self._draft = draft
        self._choices = next_choices(situation.scenario)
        chosen = draft.switches or remembered
        with ui.element("div").classes(design.STACK):
            self._counts = ui.switch(
                _("Count this action in the scenarios"),
                value=chosen.counts,
                on_change=self._keep,
            ).mark("counts")
            self._modifies = ui.switch(
                _("Change the next step of the scenario"),
                value=chosen.modifies,
                on_change=self._keep,
            ).mark("modifies")
            self._next = ui.select(
                {level: _name(step) for level, step in self._choices.items()},
                label=_("Next step"),
                value=self._first_choice(),
                on_change=self._keep,
            )
            self._next.props(design.INPUT).mark("next-step")
            self._says = secondary("").mark("switches-say")

    def _first_choice(self) -> int | None:
        if self._draft.level_after in self._choices:
            return self._draft.level_after
        return next(iter(self._choices), None)

    @property
    def counts(self) -> bool:
        """Whether the action completes a step, where one can be completed."""
        return bool(self._counts.value) and self._why_not is None

    @property
    def _why_not(self) -> WhyUncounted | None:
        return next(iter(self._effects.values())).why_not

    @property
    def level_after(self) -> int | None:
        """The level from which the scenario goes on, where a person chose it."""
        if not (self._choices and self._modifies.value):
            return None
        level = self._next.value
        return int(level) if level is not None else None

    @property
    def chosen(self) -> Switches:
        """The switches as they stand, for the next action."""
        return Switches(
            counts=bool(self._counts.value), modifies=bool(self._modifies.value)
        )

    def show(self, effects: Mapping[StepKind, Effect], channel: Channel) -> None:
        """Say what the action would do to the items ticked now, by kind of step."""
        self._effects, self._channel = effects, channel
        self._counts.set_enabled(self._why_not is None)
        self._modifies.set_enabled(bool(self._choices))
        self._tell()

    def _keep(self) -> None:
        self._draft.switches = self.chosen
        self._draft.level_after = self.level_after
        self._tell()

    def _tell(self) -> None:
        self._next.visible = self.level_after is not None
        self._says.text = " ".join(self._sentences())

    def _sentences(self) -> list[str]:
        why_not = self._why_not
        if why_not in {WhyUncounted.NOTHING_TICKED, WhyUncounted.NO_SCENARIO}:
            return [_why(why_not, self._situation)]
        said = []
        if self.level_after is not None:
            step = self._choices[self.level_after]
            said.append(
                _(
                    "The next step of what is ticked will be: {step}.",
                    step=_name(step),
                )
            )
        elif self.counts:
            for kind, effect in self._effects.items():
                said += _reached(effect, kind)
        if why_not:
            said.append(_why(why_not, self._situation))
        elif not self.counts and self.level_after is None:
            said.append(
                _(
                    "It is kept in the history, without moving any level; the days"
                    " between two contacts count from it."
                )
            )
        if (
            said
            and self._channel is Channel.EMAIL
            and (self.counts or self.level_after)
        ):
            said.append(_("Only once the mail server has accepted the e-mail."))
        if (
            said
            and self._channel is Channel.LETTER
            and (self.counts or self.level_after)
        ):
            said.append(_("Only once you have confirmed that the letter was printed."))
        return said


def _name(step: DunningStep | None) -> str:
    return labels.step(step.code) if step else _("none: end of the scenario")


def _reached(effect: Effect, kind: StepKind) -> list[str]:
    """Say how many items complete which step."""
    counted = Counter(effect.levels.values())
    return [
        ngettext(
            "{count} document completes the step {step}.",
            "{count} documents complete the step {step}.",
            count,
        ).format(step=labels.step_kind(kind, level))
        for level, count in sorted(counted.items())
    ]


def _why(why_not: WhyUncounted, situation: CustomerSituation) -> str:
    return {
        WhyUncounted.NOTHING_TICKED: _(
            "Nothing is ticked: tick the documents that the action is about."
        ),
        WhyUncounted.NO_SCENARIO: _(
            "None of the scenarios applies to this customer (profile {profile}): its"
            " reminder level cannot be changed from here.",
            profile=situation.profile.name,
        ),
        WhyUncounted.NO_SUCH_STEP: _(
            "The scenario has no step of this kind for what is ticked: the action is"
            " kept in the history only."
        ),
        WhyUncounted.END_OF_SCENARIO: _(
            "What is ticked is at the end of its scenario: the action is kept in the"
            " history only."
        ),
        WhyUncounted.ALREADY_DONE: _(
            "What is ticked was reminded on that day or later, or waits in the outbox:"
            " the action is kept in the history only."
        ),
    }[why_not]
