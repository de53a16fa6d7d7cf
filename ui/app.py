"""PAGES, one line per screen, and the frame around each."""

import asyncio
import inspect
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from nicegui import app, ui

from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId
from domain.basics.sentences import N_
from domain.usecases.configuring import NoEntityError, choose_entity
from domain.usecases.frame import find_customers, show_frame
from ui import addresses, design, level_looks
from ui.components.empty_state import empty_state
from ui.components.live_notices import live_notices
from ui.components.page_head import page_head
from ui.components.search_box import Search, SearchHit
from ui.components.side_menu import side_menu
from ui.components.skeleton import skeleton
from ui.components.top_bar import top_bar
from ui.invoices import serve_invoices
from ui.page import MenuGroup, Page, lit_page
from ui.pages.act_by_criteria import act_by_criteria_page
from ui.pages.act_by_customer import act_by_customer_page
from ui.pages.act_by_scenario import act_by_scenario_page
from ui.pages.activities import activities_page
from ui.pages.calls import calls_page
from ui.pages.customer import customer_page
from ui.pages.customers import customers_page
from ui.pages.dashboard import dashboard_page
from ui.pages.disputes import disputes_page
from ui.pages.forecast import forecast_page
from ui.pages.import_ledger import import_page
from ui.pages.items import items_page
from ui.pages.key_figures import key_figures_page
from ui.pages.outbox import outbox_page
from ui.pages.owing import owing_page
from ui.pages.profiles import profiles_page
from ui.pages.promises import promises_page
from ui.pages.receipts import receipts_page
from ui.pages.recipients import recipients_page
from ui.pages.rehearsal import rehearsal_page
from ui.pages.scenario import scenario_page
from ui.pages.scenarios import scenarios_page
from ui.pages.scenarios_beside import scenarios_beside_page
from ui.pages.settings import settings_page
from ui.pages.template import template_page
from ui.pages.templates import templates_page
from ui.pages.welcome import welcome_page
from ui.pages.workbook import workbook_page
from ui.refusals import BugReports
from ui.session import Session
from ui.translation import _, refusal


async def home_page(session: Session, currency: str = "") -> None:
    """Show where the money is; before there is any firm, how to begin."""
    if session.shown and session.opened:
        ui.navigate.to(addresses.IMPORT)
    elif session.shown:
        await dashboard_page(session, currency)
    else:
        await welcome_page(session)


PAGES = (
    Page(
        path=addresses.HOME,
        title=N_("Home"),
        builder=home_page,
        group=MenuGroup.HOME,
        icon="home",
        needs_entity=False,
    ),
    Page(
        path=addresses.OWING,
        title=N_("Who owes you what?"),
        builder=owing_page,
        group=MenuGroup.FOLLOW,
        icon="account_balance_wallet",
    ),
    Page(
        path=addresses.RECEIPTS,
        title=N_("Receipts"),
        builder=receipts_page,
        group=MenuGroup.FOLLOW,
        icon="payments",
    ),
    Page(
        path=addresses.CUSTOMERS,
        title=N_("Customers"),
        builder=customers_page,
        group=MenuGroup.FOLLOW,
        icon="groups",
    ),
    Page(
        path=addresses.CUSTOMER,
        title=N_("Customer"),
        builder=customer_page,
    ),
    Page(
        path=addresses.PROMISES,
        title=N_("Promises"),
        builder=promises_page,
        group=MenuGroup.FOLLOW,
        icon="handshake",
    ),
    Page(
        path=addresses.DISPUTES,
        title=N_("Disputes"),
        builder=disputes_page,
        group=MenuGroup.FOLLOW,
        icon="gavel",
    ),
    Page(
        path=addresses.FORECAST,
        title=N_("Forecast"),
        builder=forecast_page,
        group=MenuGroup.FOLLOW,
        icon="view_week",
    ),
    Page(
        path=addresses.ACTIVITIES,
        title=N_("Activities"),
        builder=activities_page,
        group=MenuGroup.FOLLOW,
        icon="history",
    ),
    Page(
        path=addresses.ITEMS,
        title=N_("Items"),
        builder=items_page,
        group=MenuGroup.FOLLOW,
        icon="event",
    ),
    Page(
        path=addresses.KEY_FIGURES,
        title=N_("Key figures"),
        builder=key_figures_page,
        group=MenuGroup.FOLLOW,
        icon="insights",
    ),
    Page(
        path=addresses.ACT_BY_SCENARIO,
        title=N_("By scenario"),
        builder=act_by_scenario_page,
        group=MenuGroup.ACT,
        icon="send",
    ),
    Page(
        path=addresses.REHEARSAL,
        title=N_("Rehearsal"),
        builder=rehearsal_page,
    ),
    Page(
        path=addresses.ACT_BY_CUSTOMER,
        title=N_("By customer"),
        builder=act_by_customer_page,
        group=MenuGroup.ACT,
        icon="person_search",
    ),
    Page(
        path=addresses.ACT_BY_CRITERIA,
        title=N_("By criteria"),
        builder=act_by_criteria_page,
        group=MenuGroup.ACT,
        icon="filter_alt",
    ),
    Page(
        path=addresses.CALLS,
        title=N_("Call session"),
        builder=calls_page,
        group=MenuGroup.ACT,
        icon="call",
    ),
    Page(
        path=addresses.RECIPIENTS,
        title=N_("Recipients"),
        builder=recipients_page,
        group=MenuGroup.ACT,
        icon="contact_mail",
    ),
    Page(
        path=addresses.OUTBOX,
        title=N_("Outbox"),
        builder=outbox_page,
        group=MenuGroup.OUTBOX,
        icon="outbox",
    ),
    Page(
        path=addresses.IMPORT,
        title=N_("Import"),
        builder=import_page,
        group=MenuGroup.IMPORT,
        icon="upload_file",
    ),
    Page(
        path=addresses.WORKBOOK,
        title=N_("Workbook"),
        builder=workbook_page,
        group=MenuGroup.IMPORT,
        icon="table_view",
    ),
    Page(
        path=addresses.SCENARIOS,
        title=N_("Scenarios"),
        builder=scenarios_page,
        group=MenuGroup.CONFIGURE,
        icon="account_tree",
    ),
    Page(
        path=addresses.SCENARIO,
        title=N_("Scenario"),
        builder=scenario_page,
    ),
    Page(
        path=addresses.SCENARIOS_BESIDE,
        title=N_("Scenarios"),
        builder=scenarios_beside_page,
    ),
    Page(
        path=addresses.PROFILES,
        title=N_("Profiles"),
        builder=profiles_page,
        group=MenuGroup.CONFIGURE,
        icon="group_work",
    ),
    Page(
        path=addresses.TEMPLATES,
        title=N_("Templates"),
        builder=templates_page,
        group=MenuGroup.CONFIGURE,
        icon="edit_note",
    ),
    Page(
        path=addresses.TEMPLATE,
        title=N_("Template"),
        builder=template_page,
    ),
    Page(
        path=addresses.SETTINGS,
        title=N_("Company and mail"),
        builder=settings_page,
        group=MenuGroup.CONFIGURE,
        icon="settings",
    ),
)

STATIC = Path(__file__).parent / "static"
_PATIENCE = 0.4
"""Seconds before a page shows that it is being read."""
_LONGEST_WAIT = 60.0
"""Seconds for the frame itself, which may wait for what the books are busy with."""


class Screens:
    """Registers the pages, and draws the frame around each."""

    def __init__(
        self, session: Session, bugs: BugReports, pages: Sequence[Page] = PAGES
    ) -> None:
        self._session = session
        self._bugs = bugs
        self._pages = pages
        self._paths = frozenset(page.path for page in pages)

    def register(self) -> None:
        """Tell NiceGUI about the pages, the style, and what to do with bugs."""
        app.add_static_files("/static", STATIC)
        serve_invoices(self._session)
        ui.add_head_html(_head(), shared=True)
        app.on_exception(self._bugs.report)
        app.on_page_exception(self._draw_failure)
        for page in self._pages:
            self._register(page)

    async def unknown_page(self) -> None:
        """Answer an address that leads nowhere; NiceGUI takes it as its root."""
        ui.context.client.status_code = 404
        with await self._frame(None):
            page_head(_("This page does not exist"))
            with empty_state(
                _("Nothing is at this address."),
                _("It may come from an older version of Relance."),
                icon="explore_off",
            ):
                ui.link(_("Go back to the home page"), addresses.HOME)

    def _register(self, page: Page) -> None:
        async def shown(**parameters: Any) -> None:  # noqa: ANN401 - the path's own
            place = await self._frame(page)
            client = ui.context.client
            with place:
                waiting = skeleton()
            drawing = asyncio.create_task(self._draw(page, parameters, place))
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
        self, page: Page, parameters: Mapping[str, Any], place: ui.element
    ) -> None:
        """Draw a page where it belongs, or why it cannot be drawn."""
        client = place.client
        with place:
            try:
                if page.needs_entity and self._session.shown is None:
                    raise NoEntityError  # noqa: TRY301 - shown as any refusal
                await page.builder(self._session, **parameters)
            except Exception as error:  # noqa: BLE001 - shown, and logged if a bug
                if client.is_deleted:
                    return  # the user went elsewhere meanwhile
                place.clear()
                self._draw_failure(error)
                self._bugs.log(error)

    def _draw_failure(self, error: Exception) -> None:
        """Draw, instead of a page, why it cannot be shown."""
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

    async def _frame(self, page: Page | None) -> ui.element:
        """Draw menu and bar, and return the place of the page's content."""
        view = await self._session.run(show_frame, self._session.today())
        self._session.shown = view.entity.id if view.entity else None
        self._session.page_sizes = view.page_sizes
        level_looks.use(view.level_colours)
        with ui.element("div").classes(design.FRAME):
            ui.link(_("Skip to the content"), "#content").classes(design.SKIP_LINK)
            side_menu(self._pages, lit_page(self._pages, page), view.waiting)
            with ui.element("div"):
                top_bar(view, self._show_entity, self._search())
                shared = await self._session.shared_place()
                live_notices(self._session, view, page.path if page else "", shared)
                content = ui.element("main").classes(design.PAGE)
                content.props("id=content tabindex=-1")
        # NiceGUI draws everything inside a <main>: ours is the only real one.
        around = ui.context.client.content.parent_slot
        if around:
            around.parent.props("role=none")
        return content

    async def _show_entity(self, entity_id: EntityId) -> None:
        await self._session.run(choose_entity, entity_id)
        ui.navigate.to(addresses.HOME)

    def _search(self) -> Search | None:
        if addresses.CUSTOMER not in self._paths:
            return None

        async def search(words: str) -> list[SearchHit]:
            found = await self._session.run(
                find_customers, self._session.entity_id, words
            )
            return [
                SearchHit(name=c.name, detail=c.code, address=addresses.customer(c.id))
                for c in found
            ]

        return search


def _head() -> str:
    """Write the head of every page; a changed file gets a new address."""
    return (
        f"<style>{design.variables()}</style>"
        f'<link rel="stylesheet" href="{_versioned("style.css")}">'
        f'<script src="{_versioned("keyboard.js")}" defer></script>'
        f'<script src="{_versioned("forecast.js")}" defer></script>'
    )


def _versioned(name: str) -> str:
    content = (STATIC / name).read_bytes()
    return f"/static/{name}?v={blake2b(content, digest_size=4).hexdigest()}"
