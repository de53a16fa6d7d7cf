"""How a run by criteria chooses levels, and on what it comes out."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from nicegui import ui

from domain.basics.money import Money
from domain.dunning.criteria import LevelRule, Output, RunRules
from ui import design
from ui.components.amount_input import amount_from, amount_input
from ui.components.settings_fields import days_field, days_in
from ui.refusals import refusals_shown
from ui.translation import _


class RunForm:
    """The rules of a run; each change is told at once."""

    def __init__(
        self,
        rules: RunRules,
        highest: int,
        on_change: Callable[[RunRules], Awaitable[None]],
    ) -> None:
        self._rules = rules
        self._on_change = on_change
        with ui.element("div").classes(design.CRITERIA_FIELDS):
            self._rule = _select(
                _("Level of the reminders"), _rules(), rules.rule.value, "run-rule"
            ).classes(design.WIDE)
            self._rule.on_value_change(self._changed)
            self._stated = _select(
                _("Stated level"),
                {str(n): _("R{level}", level=n) for n in range(1, highest + 1)},
                str(min(rules.stated_level, highest)),
                "run-level",
            )
            self._stated.on_value_change(self._changed)
            self._thresholds = [
                days_field(_("R{level} from", level=n), days, name=f"run-days-{n}")
                for n, days in enumerate(rules.thresholds, start=1)
            ]
            self._minimum = amount_input(
                _("Minimum per message"), rules.minimum or None
            ).mark("run-minimum")
            for field in (*self._thresholds, self._minimum):
                field.on("blur", self._changed).on("keydown.enter", self._changed)
            self._output = _select(
                _("Goes out as"), _outputs(), rules.output.value, "run-output"
            ).classes(design.WIDE)
            self._output.on_value_change(self._changed)
            self._reissue = ui.checkbox(
                _("Allow sending again reminders already sent (same level)"),
                value=rules.reissue,
                on_change=self._changed,
            )
            self._reissue.classes(design.WIDE).mark("run-reissue")
        self._show_what_counts()

    async def _changed(self) -> None:
        self._show_what_counts()
        with refusals_shown():
            rules = replace(
                self._rules,
                rule=LevelRule(self._rule.value),
                stated_level=int(self._stated.value or 1),
                thresholds=tuple(days_in(field) for field in self._thresholds),
                minimum=amount_from(self._minimum.value) or Money(0),
                output=Output(self._output.value),
                reissue=bool(self._reissue.value),
            )
            if rules != self._rules:
                self._rules = rules
                await self._on_change(rules)

    def _show_what_counts(self) -> None:
        rule = LevelRule(self._rule.value)
        self._stated.set_visibility(rule is LevelRule.STATED)
        for field in self._thresholds:
            field.set_visibility(rule is LevelRule.BY_DAYS)
        self._minimum.set_visibility(rule is not LevelRule.THANKS)


def _select(label: str, choices: dict[str, str], value: str, name: str) -> ui.select:
    drawn = ui.select(choices, label=label, value=value)
    return drawn.props(design.INPUT).mark(name)


def _rules() -> dict[str, str]:
    return {
        LevelRule.INCREMENT: _("Automatic: one level up, to the highest"),
        LevelRule.CUSTOMER: _("The level that the customer reached"),
        LevelRule.STATED: _("A stated level"),
        LevelRule.BY_DAYS: _("By days overdue"),
        LevelRule.THANKS: _("Thanks for what was paid"),
    }


def _outputs() -> dict[str, str]:
    return {
        Output.EMAIL: _("E-mails; letters without an address"),
        Output.LETTER: _("Letters to print (PDF)"),
    }
