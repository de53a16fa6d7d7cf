"""The frame around each screen, and how NiceGUI is told of them."""

import asyncio
import inspect
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from nicegui import app, ui

from domain.basics.errors import BooksUnreadableError, DunningError
from domain.basics.identifiers import EntityId
from domain.usecases.configuring import NoEntityError, choose_entity
from domain.usecases.frame import find_customers, show_frame
from ui import addresses, design, level_looks
from ui.components.damaged_books import damaged_books
from ui.components.demonstration_door import demonstration_ribbon
from ui.components.empty_state import empty_state
from ui.components.live_notices import live_notices
from ui.components.page_head import page_head
from ui.components.search_box import Search, SearchHit
from ui.components.side_menu import side_menu
from ui.components.skeleton import skeleton
from ui.components.top_bar import top_bar
from ui.guide import serve_pictures
from ui.head import STATIC, head_html
from ui.invoices import serve_invoices
from ui.page import Page, lit_page
from ui.refusals import BugReports
from ui.screens import PAGES
from ui.session import Session
from ui.translation import _, refusal

_PATIENCE = 0.4
"""Seconds before a page shows that it is being read."""
_LONGEST_WAIT = 60.0
"""Seconds for the frame itself, which may wait for what the books are busy with."""


class Screens:
    """Registers the pages, and draws the frame around each."""

    def __init__(
        self, session: Session, bugs: BugReports, pages: Sequence[Page] = PAGES
    ) -> None:
        self._own = session
        self._bugs = bugs
        self._pages = pages
        self._paths = frozenset(page.path for page in pages)

    @property
    def _session(self) -> Session:
        """The user's own, or the demonstration's during a visit."""
        return self._own.demonstration.shown

    def register(self) -> None:
        """Tell NiceGUI about the pages, the style, and what to do with bugs."""
        app.add_static_files("/static", STATIC)
        serve_invoices(lambda: self._session)
        serve_pictures()
        ui.add_head_html(head_html(), shared=True)
        app.on_exception(self._bugs.report)
        app.on_page_exception(self._draw_failure)
        for page in self._pages:
            self._register(page)

    async def unknown_page(self) -> None:
        """Answer an address that leads nowhere; NiceGUI takes it as its root."""
        ui.context.client.status_code = 404
        with await self._frame(None, self._session):
            page_head(_("This page does not exist"))
            with empty_state(
                _("Nothing is at this address."),
                _("It may come from an older version of Relance."),
                icon="explore_off",
            ):
                ui.link(_("Go back to the home page"), addresses.HOME)

    def _register(self, page: Page) -> None:
        async def shown(**parameters: Any) -> None:  # noqa: ANN401 - the path's own
            session = self._session
            try:
                place = await self._frame(page, session)
            except BooksUnreadableError as error:
                damaged_books(session, error)
                return
            client = ui.context.client
            with place:
                waiting = skeleton()
            drawing = asyncio.create_task(self._draw(page, session, parameters, place))
            done, _late = await asyncio.wait({drawing}, timeout=_PATIENCE)
            if not done:
                await client.connected()  # the frame and the skeleton leave now
            await drawing
            if not waiting.is_deleted:
                waiting.delete()

        signature = inspect.signature(page.builder)
        _first, *of_path = signature.parameters.values()
        # FastAPI reads there what to take from the path.
        vars(shown)["__signature__"] = signature.replace(parameters=of_path)
        title = f"{_(page.title)} · Relance"
        ui.page(page.path, title=title, response_timeout=_LONGEST_WAIT)(shown)

    async def _draw(
        self,
        page: Page,
        session: Session,
        parameters: Mapping[str, Any],
        place: ui.element,
    ) -> None:
        """Draw a page where it belongs, or why it cannot be drawn."""
        client = place.client
        with place:
            try:
                if page.needs_entity and session.shown is None:
                    raise NoEntityError  # noqa: TRY301 - shown as any refusal
                await page.builder(session, **parameters)
            except Exception as error:  # noqa: BLE001 - shown, and logged if a bug
                if client.is_deleted:
                    return  # the user went elsewhere meanwhile
                place.clear()
                self._draw_failure(error)
                self._bugs.log(error)

    def _draw_failure(self, error: Exception) -> None:
        """Draw, instead of a page, why it cannot be shown."""
        if isinstance(error, BooksUnreadableError):
            damaged_books(self._session, error)
            return
        page_head(_("This page cannot be shown"))
        if isinstance(error, NoEntityError):
            with empty_state(refusal(error), icon="business"):
                ui.link(_("Go to the home page"), addresses.HOME)
        elif isinstance(error, DunningError):
            with empty_state(refusal(error), icon="report"):
                pass
        else:
            with empty_state(_("Relance stumbled"), icon="report"):
                self._bugs.explain()

    async def _frame(self, page: Page | None, session: Session) -> ui.element:
        """Draw menu and bar, and return the place of the page's content."""
        view = await session.run(show_frame, session.today())
        session.shown = view.entity.id if view.entity else None
        session.page_sizes = view.page_sizes
        level_looks.use(view.level_colours)
        with ui.element("div").classes(design.FRAME):
            ui.link(_("Skip to the content"), "#content").classes(design.SKIP_LINK)
            side_menu(self._pages, lit_page(self._pages, page), view.waiting)
            with ui.element("div"):
                if view.entity and view.entity.demo:
                    demonstration_ribbon(session)
                choose = partial(_show_entity, session)
                top_bar(view, choose, self._search(session), page)
                shared = await session.shared_place()
                live_notices(session, view, page.path if page else "", shared)
                content = ui.element("main").classes(design.PAGE)
                content.props("id=content tabindex=-1")
        # NiceGUI draws everything inside a <main>: ours is the only real one.
        around = ui.context.client.content.parent_slot
        if around:
            around.parent.props("role=none")
        return content

    def _search(self, session: Session) -> Search | None:
        if addresses.CUSTOMER not in self._paths:
            return None

        async def search(words: str) -> list[SearchHit]:
            found = await session.run(find_customers, session.entity_id, words)
            return [
                SearchHit(name=c.name, detail=c.code, address=addresses.customer(c.id))
                for c in found
            ]

        return search


async def _show_entity(session: Session, entity_id: EntityId) -> None:
    await session.run(choose_entity, entity_id)
    ui.navigate.to(addresses.HOME)
