"""« Scénario »: change it, both columns side by side, on the days of an example."""

from datetime import date, timedelta

from nicegui import ui

from domain.basics.identifiers import PairId
from domain.dunning.example import Example, ExampleInvoice, example
from domain.dunning.scenario import DunningStep, Scenario
from domain.dunning.scenario_checks import faults_of
from domain.usecases.scenario_effects import effect_of_columns
from domain.usecases.scenarios import (
    ScenarioFaultyError,
    ScenarioView,
    Setup,
    restore_setup,
    save_scenario,
    show_scenario,
)
from ui import addresses, design, formatting
from ui.components.buttons import primary_button, quiet_button, secondary_button
from ui.components.date_input import DateInput
from ui.components.page_head import page_head
from ui.components.scenario_column import ColumnLook, ScenarioColumn
from ui.components.scenario_effect import agrees_to_effect
from ui.components.scenario_gestures import rehearse_draft
from ui.components.scenario_step_dialog import step_dialog
from ui.components.text import secondary
from ui.components.undo_bar import tell_done
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext

_TERMS = timedelta(days=30)
"""Between the invoice of the example and its due date."""
_AHEAD = timedelta(days=30)


async def scenario_page(session: Session, pair_id: str) -> None:
    """Show a scenario to be changed; nothing counts before it is saved."""
    view = await session.run(show_scenario, session.entity_id, PairId(pair_id))
    _Editor(session, view).draw()


class _Editor:
    """The scenario as it is being changed."""

    def __init__(self, session: Session, view: ScenarioView) -> None:
        self._session = session
        self._view = view
        self._pair = session.drafts.of_scenario(view.line.pair)
        self._due_on = session.today() + _AHEAD
        self._client = ui.context.client

    def draw(self) -> None:
        """Draw the head, the example's day, and the columns."""
        with page_head(self._pair.name):
            ui.link(_("All scenarios"), addresses.SCENARIOS)
            self._undo = quiet_button(_("Drop the changes"), self._drop, icon="undo")
            self._undo.mark("drop-changes")
            secondary_button(
                _("See what it would send"), self._rehearse, icon="event"
            ).mark("rehearse-draft")
            self._save_button = primary_button(_("Save"), self._save)
            self._save_button.mark("save-scenario")
        self._followed()
        with ui.element("div").classes(design.ROW):
            due = DateInput(_("Example: invoice due on"), self._due_on)
            due.mark("example-due").on_day(self._show_on)
            self._invoiced = secondary("")
        self._board()

    def _followed(self) -> None:
        line = self._view.line
        if not line.profiles:
            secondary(
                _("No profile follows this scenario yet: choose it in “Profiles”.")
            ).mark("followed-by")
            return
        names = ", ".join(profile.name for profile in line.profiles)
        secondary(
            ngettext(
                "Followed by {profiles}: {count} customer.",
                "Followed by {profiles}: {count} customers.",
                line.customers,
                profiles=names,
            )
        ).mark("followed-by")

    @ui.refreshable_method
    def _board(self) -> None:
        kept = self._view.line.pair
        self._session.drafts.put_scenario(kept, self._pair)
        changed = self._pair != kept
        self._save_button.enabled = changed
        self._undo.visible = changed
        self._invoiced.text = _(
            "invoice made on {day} and never paid, each step done on its day; the days"
            " without sending are counted",
            day=formatting.day(self._invoice.invoiced_on),
        )
        faults = faults_of(
            self._pair,
            self._view.texts,
            self._session.outside.mail.can_be_sent_to,
        )
        with ui.element("div").classes(design.SCENARIO):
            for column in self._pair.columns:
                look = ColumnLook(
                    column=column,
                    example=self._example_of(column),
                    faults=[f for f in faults if f.with_email is column.with_email],
                )
                ScenarioColumn(look, self._change, self._edit)

    @property
    def _invoice(self) -> ExampleInvoice:
        return ExampleInvoice(invoiced_on=self._due_on - _TERMS, due_on=self._due_on)

    def _example_of(self, column: Scenario) -> Example:
        return example(column, self._invoice, self._view.options, self._view.courtesy)

    def _show_on(self, day: date) -> None:
        if day != self._due_on:
            self._due_on = day
            self._board.refresh()

    def _change(self, column: Scenario) -> None:
        self._pair = self._pair.with_column(column)
        self._board.refresh()

    def _edit(self, column: Scenario, step: DunningStep) -> None:
        step_dialog(column, step, self._view.texts, self._example_of, self._change)

    def _drop(self) -> None:
        self._pair = self._view.line.pair
        self._board.refresh()

    async def _rehearse(self) -> None:
        await rehearse_draft(self._session, self._pair)

    async def _save(self) -> None:
        with refusals_shown():
            if not await self._agrees():
                return
            before = await self._session.run(
                save_scenario,
                self._pair,
                self._session.outside.mail.can_be_sent_to,
            )
            await self._read_again()
            tell_done(
                self._client,
                _("Scenario “{name}” saved.", name=self._pair.name),
                lambda: self._take_back(before),
            )

    async def _agrees(self) -> bool:
        """Ask, where anybody follows it; a scenario at fault is refused first."""
        pair, outside = self._pair, self._session.outside
        if faults_of(pair, self._view.texts, outside.mail.can_be_sent_to):
            raise ScenarioFaultyError
        if not self._view.line.customers:
            return True
        effect = await self._session.run_aside(
            effect_of_columns,
            self._session.entity_id,
            outside.mail.check_address,
            self._session.today(),
            pair.id,
            pair.columns,
        )
        question = _("Save scenario “{name}”?", name=pair.name)
        return await agrees_to_effect(question, effect, _("Save"))

    async def _take_back(self, before: Setup) -> None:
        await self._session.run(restore_setup, self._session.entity_id, before)
        await self._read_again()

    async def _read_again(self) -> None:
        self._view = await self._session.run(
            show_scenario, self._session.entity_id, self._pair.id
        )
        self._pair = self._view.line.pair
        self._board.refresh()
