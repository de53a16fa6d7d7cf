"""« Scénarios »: who follows which, and what each does step by step."""

from functools import partial

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from domain.dunning.scenario import Scenario
from domain.dunning.scenario_pair import in_line
from domain.usecases.scenarios import ScenarioLine, show_scenarios
from ui import addresses, design, formatting, labels, scenario_words
from ui.components.badge import Badge, badge
from ui.components.buttons import icon_button, secondary_button
from ui.components.page_head import page_head
from ui.components.scenario_gestures import copy_dialog, delete_dialog, rename_dialog
from ui.components.text import secondary
from ui.session import Session
from ui.translation import _


async def scenarios_page(session: Session) -> None:
    """List the scenarios of the firm."""
    page = _Scenarios(session)
    await page.read()
    with page_head(_("Scenarios")):
        ui.link(_("Profiles"), addresses.PROFILES)
        secondary_button(
            _("Duplicate a scenario"), page.copy_first, icon="content_copy"
        ).mark("copy-scenario")
    secondary(
        _(
            "A scenario says which reminder follows which, when and by which means."
            " Customers follow that of their profile."
        )
    )
    page.draw()


class _Scenarios:
    """The list on screen."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lines: list[ScenarioLine] = []

    async def read(self) -> None:
        """Read the scenarios as they are."""
        self._lines = await self._session.run(show_scenarios, self._session.entity_id)

    def copy_first(self) -> None:
        """Copy the scenario that most customers follow."""
        most = max(self._lines, key=lambda line: line.customers)
        copy_dialog(self._session, most.pair)

    @ui.refreshable_method
    def draw(self) -> None:
        """Draw a line for each scenario."""
        with ui.element("table").classes(design.TEXT_TABLE).mark("scenarios"):
            with ui.element("thead"), ui.element("tr"):
                for words in (
                    _("Scenario"),
                    _("Profiles"),
                    _("Customers"),
                    _("With e-mail"),
                    _("Without e-mail"),
                    "",
                ):
                    TextElement(tag="th", text=words).props("scope=col")
            with ui.element("tbody"):
                for line in self._lines:
                    with ui.element("tr"):
                        self._row(line)

    def _row(self, line: ScenarioLine) -> None:
        pair = line.pair
        with ui.element("th").props("scope=row"):
            ui.link(pair.name, addresses.scenario(pair.id)).mark(
                f"open-scenario-{pair.name}"
            )
        with ui.element("td"):
            names = ", ".join(profile.name for profile in line.profiles)
            ui.label(names or _("none"))
        with ui.element("td"):
            ui.label(formatting.count(line.customers))
        for column in pair.columns:
            with ui.element("td"):
                _steps(column)
        with ui.element("td"):
            self._menu(line)

    def _menu(self, line: ScenarioLine) -> None:
        session, pair = self._session, line.pair
        others = [one.pair for one in self._lines if one is not line]
        with icon_button("more_vert", _("More"), lambda: None) as more, ui.menu():
            for name, words, act in (
                ("copy", _("Duplicate…"), partial(copy_dialog, session, pair)),
                (
                    "rename",
                    _("Rename…"),
                    partial(rename_dialog, session, pair, self._refresh),
                ),
                (
                    "delete",
                    _("Delete…"),
                    partial(delete_dialog, session, line, others, self._refresh),
                ),
            ):
                ui.menu_item(words, act).mark(f"{name}-{pair.name}")
            if others:
                ui.separator()
            for other in others:
                ui.menu_item(
                    _("Compare with “{name}”", name=other.name),
                    partial(
                        ui.navigate.to, addresses.scenarios_beside(pair.id, other.id)
                    ),
                ).mark(f"compare-{pair.name}-{other.name}")
        more.mark(f"more-{pair.name}")

    async def _refresh(self) -> None:
        await self.read()
        self.draw.refresh()


def _steps(column: Scenario) -> None:
    """Show the steps in force in a row of marks, each said in its tooltip."""
    if not column.is_active:
        badge(Badge(text=_("switched off"), icon="pause"))
        return
    with ui.element("div").classes(design.ROW):
        for step in in_line(column):
            if step.is_active:
                icon = design.CHANNEL_ICONS[step.channel]
                drawn = badge(Badge(text=step.code, icon=icon))
                drawn.tooltip(
                    _(
                        "{step}: {means}, {timing}",
                        step=labels.step(step.code),
                        means=labels.channel(step.channel),
                        timing=scenario_words.timing(step, column),
                    )
                )
