"""« Agir par critère »: criteria, rules and colours over one grid of instalments."""

from collections.abc import Mapping
from dataclasses import replace

from nicegui import ui

from domain.basics.identifiers import ItemId
from domain.dunning.criteria import LevelRule, RunRules
from domain.dunning.planned import LeftOut
from domain.usecases.acting import LeftOutRow
from domain.usecases.by_criteria import (
    CriteriaLine,
    Found,
    RunPlan,
    find_instalments,
    lines_of_run,
    plan_ticked,
)
from domain.usecases.choosable import Choosable
from domain.usecases.criteria_choices import (
    LIST_NAME,
    criteria_from,
    kept_rules,
    usual_criteria,
    with_rules,
    with_usual,
    words_of,
)
from domain.usecases.list_choices import FilterWords, ListChoices, keep_choices
from ui import design, formatting, level_looks
from ui.components.buttons import primary_button, quiet_button, secondary_button
from ui.components.choice_chips import choice_chips
from ui.components.criteria_form import CriteriaForm
from ui.components.criteria_grid import CriteriaGrid
from ui.components.criteria_lists import lists_button
from ui.components.invoice_button import InvoiceButtons, invoice_buttons
from ui.components.left_out_list import left_out_list
from ui.components.level_colours import LevelColours
from ui.components.run_form import RunForm
from ui.components.run_launch import launch, says
from ui.components.saved_filters import SavedFilters
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext


class CriteriaDesk:
    """The three panels and the grid; remembers what is ticked."""

    def __init__(
        self, session: Session, choosable: Choosable, choices: ListChoices
    ) -> None:
        self._session = session
        self._choosable = choosable
        self._choices = choices
        self._rules = kept_rules(choices, choosable.highest_level)
        self._found: Found
        self._lines: list[CriteriaLine] = []
        self._ticked: frozenset[ItemId] = frozenset()
        self._panels: dict[str, ui.element] = {}

    async def draw(self) -> None:
        """Draw everything, with the filter last used or the usual criteria."""
        saved = self._choices.filter_named(self._choices.last_used)
        self._criteria = (
            criteria_from(saved.words)
            if saved
            else usual_criteria(self._choices, self._session.today())
        )
        self._found = await self._find()
        await self._draw_panels()
        self._bar()
        self._grid = CriteriaGrid(self._session, await self._invoices(), self._tick)
        self._reasons()
        await self._show()

    async def _draw_panels(self) -> None:
        panels = {
            "search": _("Search"),
            "run": _("Reminders to make"),
            "look": _("Customisation"),
        }
        chips = choice_chips(panels, "search", self._open, says=_("Panels"))
        chips.mark("panels")
        with ui.element("div").classes(design.CRITERIA):
            for name in panels:
                self._panels[name] = ui.element("div").classes(design.STACK)
            with self._panels["search"]:
                self._search_panel()
            with self._panels["run"]:
                RunForm(self._rules, self._choosable.highest_level, self._use_rules)
            with self._panels["look"]:
                LevelColours(self._choosable.highest_level, self._save_colours)
        await self._open("search")

    async def _open(self, panel: str) -> None:
        for name, drawn in self._panels.items():
            drawn.set_visibility(name == panel)

    def _search_panel(self) -> None:
        self._fields()
        with ui.element("div").classes(design.ROW):
            calculate = secondary_button(_("Search now"), self._search, icon="search")
            calculate.mark("calculate")
            quiet_button(_("Reset filter"), self._reset).mark("reset-filter")
            quiet_button(_("Keep as usual criteria"), self._save_usual).mark(
                "save-usual"
            )
            self._saved = SavedFilters(
                lambda: self._choices,
                self._keep_filters,
                self._use,
                lambda: words_of(self._form.read()),
            )

    @ui.refreshable_method
    def _fields(self) -> None:
        with ui.element("div").on("keydown.enter", self._search):
            self._form = CriteriaForm(self._choosable, self._criteria)

    @ui.refreshable_method
    def _bar(self) -> None:
        plan = self._plan()
        shown = {line.customer.id for line in self._lines}
        with ui.element("div").classes(design.RUN_BAR):
            with ui.element("div").classes(design.ROW):
                ui.label(self._counted(len(plan.customers))).classes(
                    design.STRONG
                ).mark("to-remind")
                others = len(shown - plan.customers)
                not_reminded = ngettext(
                    "{count} not to remind", "{count} not to remind", others
                )
                left_aside = ui.label(not_reminded).classes(design.SECONDARY_TEXT)
                left_aside.mark("not-to-remind").set_visibility(not self._thanks)
                amounts = " · ".join(formatting.money(one) for one in plan.totals)
                if amounts and not self._thanks:
                    ui.label(amounts).classes(design.AMOUNT)
                if plan.left_out:
                    ui.label(_left_aside(plan.left_out)).classes(design.SECONDARY_TEXT)
            with ui.element("div").classes(design.PAGE_ACTIONS):
                if self._lines and not self._thanks:
                    lists_button(self._session, self._listed)
                quiet_button(_("Tick all"), self._tick_all).mark("tick-all")
                quiet_button(_("Untick all"), self._untick_all).mark("untick-all")
                run = primary_button(says(plan), self._run, icon="send").mark("run")
                run.set_enabled(bool(plan.messages))

    @ui.refreshable_method
    def _reasons(self) -> None:
        rows: dict[str, LeftOutRow] = {}
        for line in self._lines:
            if line.decision.can_go:
                continue
            known = rows.get(line.customer.id)
            one = LeftOut(item=line.item, exclusions=line.decision.exclusions)
            items = (*known.items, one) if known else (one,)
            rows[line.customer.id] = LeftOutRow(customer=line.customer, items=items)
        left_out_list(list(rows.values()))

    @property
    def _thanks(self) -> bool:
        return self._rules.rule is LevelRule.THANKS

    def _counted(self, customers: int) -> str:
        if self._thanks:
            return ngettext(
                "{count} customer to thank", "{count} customers to thank", customers
            )
        return ngettext(
            "{count} customer to remind", "{count} customers to remind", customers
        )

    def _plan(self) -> RunPlan:
        return plan_ticked(self._found.situations, self._ticked, self._rules)

    def _tick(self, ids: frozenset[ItemId]) -> None:
        self._ticked = ids
        self._bar.refresh()

    def _listed(self) -> list[CriteriaLine]:
        """Tell what a list holds: what is ticked, else all that is shown."""
        ticked = [line for line in self._lines if line.item.id in self._ticked]
        return ticked or self._lines

    def _tick_all(self) -> None:
        self._grid.tick_all()

    def _untick_all(self) -> None:
        self._grid.tick([])

    async def _find(self) -> Found:
        return await self._session.run(
            find_instalments,
            self._session.entity_id,
            self._criteria,
            self._session.outside.mail.check_address,
            self._session.today(),
        )

    async def _invoices(self) -> InvoiceButtons:
        situations = self._found.situations.of.values()
        items = [i for s in situations for i in (*s.open_items, *s.settled_items)]
        shown = self._found.item_ids | self._found.paid_ids
        return await invoice_buttons(self._session, [i for i in items if i.id in shown])

    async def _show(self) -> None:
        """Show what was found as the rules see it; what can stay ticked does."""
        self._lines = lines_of_run(self._found, self._rules)
        self._reasons.refresh()
        await self._grid.show(self._lines, self._ticked)

    async def _search(self) -> None:
        with refusals_shown():
            self._criteria = self._form.read()
            await self._calculate()

    async def _calculate(self) -> None:
        self._found = await self._find()
        self._grid.use(await self._invoices())
        await self._show()

    async def _use(self, words: FilterWords) -> None:
        self._criteria = criteria_from(words)
        used = (s.name for s in self._choices.saved if dict(s.words) == dict(words))
        await self._keep_filters(replace(self._choices, last_used=next(used, "")))
        self._fields.refresh()
        await self._calculate()

    async def _reset(self) -> None:
        self._criteria = usual_criteria(self._choices, self._session.today())
        await self._keep_filters(replace(self._choices, last_used=""))
        self._fields.refresh()
        await self._calculate()

    async def _save_usual(self) -> None:
        with refusals_shown():
            criteria = self._form.read()
            await self._keep(with_usual(self._choices, criteria, self._session.today()))
            ui.notify(_("These criteria are now the usual ones"), type="positive")

    async def _save_colours(self, colours: Mapping[str, str]) -> None:
        options = {**self._choices.options, **colours}
        await self._keep(replace(self._choices, options=options))
        level_looks.use(options)
        await self._calculate()

    async def _use_rules(self, rules: RunRules) -> None:
        self._rules = rules
        await self._keep(with_rules(self._choices, rules))
        await self._show()

    async def _keep_filters(self, choices: ListChoices) -> None:
        await self._keep(choices)
        self._saved.draw()

    async def _keep(self, choices: ListChoices) -> None:
        self._choices = choices
        await self._session.run(
            keep_choices, self._session.entity_id, LIST_NAME, choices
        )

    async def _run(self) -> None:
        done = await launch(
            self._session, self._ticked, self._rules, self._plan(), self._found
        )
        if done:
            self._ticked = frozenset()
            await self._calculate()


def _left_aside(left_out: tuple[LeftOut, ...]) -> str:
    """Say that ticked instalments make no message, and why."""
    return ngettext(
        "{count} ticked instalment makes no message: credits deducted, too little "
        "is left",
        "{count} ticked instalments make no message: credits deducted, too little "
        "is left",
        len(left_out),
    )
