"""A column of a scenario: its steps as cards, on a line with the example's days."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from babel.dates import get_day_names
from nicegui import ui

from domain.dunning.example import Example, ExampleStep
from domain.dunning.scenario import (
    Channel,
    DunningStep,
    Reference,
    Scenario,
    StepKind,
)
from domain.dunning.scenario_checks import Fault
from domain.dunning.scenario_pair import (
    can_add,
    in_line,
    moved,
    new_step,
    with_step,
    without_step,
)
from domain.dunning.texts import WRITTEN_CHANNELS
from ui import design, formatting, labels, scenario_words, text_words
from ui.components.badge import Badge, badge, level
from ui.components.buttons import icon_button, quiet_button
from ui.components.text import secondary, section_title
from ui.design import Tone
from ui.translation import _, ngettext

OnChange = Callable[[Scenario], None]
OnEdit = Callable[[Scenario, DunningStep], Awaitable[None] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLook:
    """What a column shows."""

    column: Scenario
    example: Example
    faults: Collection[Fault]


class ScenarioColumn:
    """Draws a column; each gesture gives the column changed."""

    def __init__(self, look: ColumnLook, on_change: OnChange, on_edit: OnEdit) -> None:
        self._look = look
        self._column = look.column
        self._on_change = on_change
        self._on_edit = on_edit
        name = "with" if look.column.with_email else "without"
        self._name = f"{name}-email"
        with ui.element("section").classes(design.SCENARIO_COLUMN).mark(self._name):
            self._head()
            self._faults("")
            self._line()
            self._foot()

    def _head(self) -> None:
        column = self._column
        with ui.element("div").classes(design.ROW_SPREAD):
            section_title(
                _("Customers with an e-mail address")
                if column.with_email
                else _("Customers without an e-mail address")
            )
            ui.switch(
                _("In force"),
                value=column.is_active,
                on_change=lambda e: self._change(is_active=bool(e.value)),
            ).mark(f"active-{self._name}")
        with ui.element("div").classes(design.SCENARIO_FIELD):
            reference = ui.select(
                {
                    Reference.DUE_DATE: _("the due date"),
                    Reference.INVOICE_DATE: _("the invoice date"),
                },
                value=column.reference,
                label=_("Delays counted from"),
                on_change=lambda e: self._change(reference=Reference(e.value)),
            )
            reference.props(design.INPUT).props("options-dense")
            reference.mark(f"reference-{self._name}")
        if not column.is_active:
            secondary(_("Switched off: nothing is proposed to these customers."))

    def _faults(self, code: str) -> None:
        for fault in self._look.faults:
            if fault.code == code:
                drawn = ui.label(scenario_words.fault(fault))
                drawn.classes(design.NOTICE_BOX).mark(f"fault-{fault.problem}")

    def _line(self) -> None:
        """Draw the steps in order, and the days of the invoice among them."""
        column, found = self._column, self._look.example
        invoice = found.invoice
        by_invoice = column.reference is Reference.INVOICE_DATE
        with ui.element("ol").classes(design.SCENARIO_LINE):
            if by_invoice:
                _event(_("Invoice made"), invoice.invoiced_on)
            is_due_drawn = False
            for step in in_line(column):
                one = found.of(step)
                is_late = one.on > invoice.due_on if one else bool(step.level)
                if not is_due_drawn and (is_late or step.kind is StepKind.THANK_YOU):
                    _event(_("Invoice due"), invoice.due_on)
                    is_due_drawn = True
                if step.kind is StepKind.THANK_YOU and found.thanked and found.paid_on:
                    _event(_("If it is paid"), found.paid_on)
                self._card(step, one)
            if not is_due_drawn:
                _event(_("Invoice due"), invoice.due_on)

    def _card(self, step: DunningStep, one: ExampleStep | None) -> None:
        card = ui.element("li").classes(design.SCENARIO_STEP)
        card.mark(f"step-{self._name}-{step.code}")
        if not (step.is_active and self._column.is_active):
            card.props["data-off"] = ""
        with card:
            _when(one.on if one else None)
            with ui.element("div").classes(design.SCENARIO_CARD):
                with ui.element("div").classes(design.ROW_SPREAD):
                    self._name_of(step)
                    self._gestures(step)
                ui.label(
                    labels.capitalised(scenario_words.timing(step, self._column))
                ).mark("timing")
                if one and one.later:
                    secondary(labels.capitalised(scenario_words.later(one)))
                self._details(step)
                self._faults(step.code)

    def _name_of(self, step: DunningStep) -> None:
        with ui.element("div").classes(design.ROW):
            if step.kind is StepKind.REMINDER:
                badge(level(step.level))
            ui.label(labels.step(step.code)).classes(design.STRONG)
            if not step.is_active:
                badge(Badge(text=_("switched off"), icon="pause"))

    def _details(self, step: DunningStep) -> None:
        words = [labels.channel(step.channel)]
        if step.channel in WRITTEN_CHANNELS:
            words.append(_("template “{name}”", name=text_words.kind(step.text_key)))
        if step.kind is StepKind.REMINDER:
            words.append(
                ngettext("{count} day to pay", "{count} days to pay", step.payment_days)
            )
        with ui.element("div").classes(design.ROW):
            icon = ui.icon(design.CHANNEL_ICONS[step.channel])
            icon.props("aria-hidden=true").classes(design.ROW_ICON)
            secondary(" · ".join(words))
        by_email = step.channel is Channel.EMAIL
        with ui.element("div").classes(design.ROW):
            if by_email and step.is_automatic:
                badge(Badge(text=_("automatic"), tone=Tone.NOT_DUE, icon="bolt"))
            if by_email and step.copies:
                copies = step.copies.split()
                words_of = ngettext("{count} copy", "{count} copies", len(copies))
                badge(Badge(text=words_of, icon="group")).tooltip(", ".join(copies))
            if step.may_be_skipped:
                badge(Badge(text=_("may be skipped"), icon="redo"))
            if step.claims_penalties:
                badge(Badge(text=_("with penalties"), icon="percent"))

    def _gestures(self, step: DunningStep) -> None:
        column = self._column
        with ui.element("div").classes(design.ROW):
            icon_button(
                "edit",
                _("Change {step}", step=labels.step(step.code)),
                lambda: self._on_edit(column, step),
            ).mark(f"edit-{self._name}-{step.code}")
            more = icon_button("more_vert", _("More"), lambda: None)
            with more.mark(f"more-{self._name}-{step.code}"), ui.menu():
                if step.kind is StepKind.REMINDER:
                    self._move_items(step)
                self._item(
                    _("Switch off") if step.is_active else _("Switch on"),
                    partial(with_step, column, _switched(step)),
                    f"switch-{self._name}-{step.code}",
                )
                self._item(
                    _("Remove this step"),
                    partial(without_step, column, step),
                    f"remove-{self._name}-{step.code}",
                )

    def _move_items(self, step: DunningStep) -> None:
        ranked = [s for s in in_line(self._column) if s.kind is StepKind.REMINDER]
        if step != ranked[0]:
            self._item(
                _("Move one place earlier"),
                partial(moved, self._column, step, -1),
                f"earlier-{self._name}-{step.code}",
            )
        if step != ranked[-1]:
            self._item(
                _("Move one place later"),
                partial(moved, self._column, step, 1),
                f"later-{self._name}-{step.code}",
            )

    def _item(self, words: str, change: Callable[[], Scenario], name: str) -> None:
        ui.menu_item(words, lambda: self._on_change(change())).mark(name)

    def _foot(self) -> None:
        column = self._column
        by_invoice = column.reference is Reference.INVOICE_DATE
        with ui.element("div").classes(design.ROW):
            for kind, words in (
                (StepKind.ADVANCE_NOTICE, _("Add an advance notice")),
                (StepKind.REMINDER, _("Add a reminder")),
                (StepKind.THANK_YOU, _("Add a thank-you")),
            ):
                if kind is StepKind.ADVANCE_NOTICE and by_invoice:
                    continue  # nothing is before the invoice itself
                if can_add(column, kind):
                    quiet_button(words, partial(self._add, kind), icon="add").mark(
                        f"add-{self._name}-{kind}"
                    )
        with ui.element("div").classes(design.SCENARIO_FIELD):
            repeat = ui.number(
                _("Repeat the last reminder every"),
                value=column.repeat_last_days,
                min=1,
                precision=0,
                suffix=_("days"),
            )
        repeat.props(design.INPUT).props["hint"] = _("Empty: it is never repeated.")
        repeat.mark(f"repeat-{self._name}")
        repeat.on("blur", lambda: self._repeat(repeat.value))

    def _repeat(self, typed: float | None) -> None:
        days = max(1, int(typed)) if typed else None
        if days != self._column.repeat_last_days:
            self._change(repeat_last_days=days)

    def _add(self, kind: StepKind) -> None:
        step = new_step(self._column, kind)
        self._on_change(with_step(self._column, step))

    def _change(self, **changed: object) -> None:
        self._on_change(replace(self._column, **changed))  # type: ignore[arg-type]


def _switched(step: DunningStep) -> DunningStep:
    return replace(step, is_active=not step.is_active)


def _event(words: str, day: date) -> None:
    """Draw a day of the invoice itself."""
    with ui.element("li").classes(design.SCENARIO_EVENT):
        _when(day)
        ui.label(words)


def _when(day: date | None) -> None:
    with ui.element("div").classes(design.SCENARIO_DAY):
        if day is None:
            ui.label(formatting.NOTHING)
            return
        ui.label(formatting.day(day)).mark("example-day")
        names = get_day_names("abbreviated", context="stand-alone", locale="fr")
        ui.label(names[day.weekday()]).classes(design.SECONDARY_TEXT)
