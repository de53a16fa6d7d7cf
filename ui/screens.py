"""PAGES: every screen of the app, in the order of the menu."""

from nicegui import ui

from domain.basics.sentences import N_
from ui import addresses
from ui.page import MenuGroup, Page
from ui.pages.act_by_criteria import act_by_criteria_page
from ui.pages.act_by_customer import act_by_customer_page
from ui.pages.act_by_scenario import act_by_scenario_page
from ui.pages.activities import activities_page
from ui.pages.calls import calls_page
from ui.pages.copies import copies_page
from ui.pages.customer import customer_page
from ui.pages.customers import customers_page
from ui.pages.dashboard import dashboard_page
from ui.pages.disputes import disputes_page
from ui.pages.first_hour import first_hour_page
from ui.pages.forecast import forecast_page
from ui.pages.help import help_pages
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
from ui.session import Session


async def home_page(session: Session, currency: str = "") -> None:
    """Show where the money is; before there is any firm, how to begin."""
    if session.shown and session.file_to_show:
        ui.navigate.to(addresses.IMPORT)
    elif session.shown:
        await dashboard_page(session, currency)
    else:
        await welcome_page(session)


PAGES: tuple[Page, ...] = (
    Page(
        path=addresses.HOME,
        title=N_("Home"),
        builder=home_page,
        group=MenuGroup.HOME,
        icon="home",
        needs_entity=False,
    ),
    Page(
        path=addresses.FIRST_HOUR,
        title=N_("First steps"),
        builder=first_hour_page,
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
    Page(
        path=addresses.COPIES,
        title=N_("Backups"),
        builder=copies_page,
        needs_entity=False,
    ),
    *help_pages(lambda: PAGES),
)
