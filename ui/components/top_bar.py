"""The bar at the top: which firm, a search, how old the data is, what waits."""

from collections.abc import Awaitable, Callable

from nicegui import events, ui

from domain.basics.identifiers import EntityId
from domain.usecases.frame import FrameView
from ui import addresses, design, formatting
from ui.components.help_panel import help_button
from ui.components.search_box import Search, search_box
from ui.components.shortcuts import shortcuts_button
from ui.components.waiting_count import waiting_link
from ui.page import Page
from ui.translation import _


def top_bar(
    view: FrameView,
    on_entity: Callable[[EntityId], Awaitable[None]],
    search: Search | None,
    page: Page | None,
) -> None:
    """Draw the bar; without ``search``, no customer could be opened yet."""
    with ui.element("header").classes(design.TOP_BAR):
        if view.entity:
            _entity_chooser(view, view.entity.id, on_entity)
        if view.entity and search:
            search_box(search)
        with ui.element("div").classes(design.TOP_BAR_END):
            if view.data_on:
                _data_age(view)
            waiting_link(view.waiting)
            help_button(page)
            shortcuts_button()


def _entity_chooser(
    view: FrameView,
    shown: EntityId,
    on_entity: Callable[[EntityId], Awaitable[None]],
) -> None:
    async def chosen(event: events.ValueChangeEventArguments[EntityId]) -> None:
        await on_entity(event.value)

    names = {entity.id: entity.name for entity in view.entities}
    chooser = ui.select(names, value=shown, on_change=chosen).mark("entity")
    chooser.props(f"{design.INPUT} options-dense").classes(design.ENTITY_CHOOSER)
    chooser.props["aria-label"] = _("Company")


def _data_age(view: FrameView) -> None:
    shown = _("Data of {day}", day=f"{view.data_on:%d/%m}")
    with ui.link(target=addresses.IMPORT).classes(design.TOP_BAR_LINK) as link:
        ui.icon("sync").props("aria-hidden=true")
        ui.label(shown).classes("words")
    link.props["title"] = _("Last import: {day}", day=formatting.day(view.data_on))
