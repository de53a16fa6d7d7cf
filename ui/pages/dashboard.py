"""Home: where is the money, what needs me."""

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from domain.basics.identifiers import CustomerId, EntityId
from domain.usecases.configuring import choose_entity
from domain.usecases.dashboard import (
    CurrencyFigures,
    HomeView,
    entity_totals,
    show_home,
)
from domain.usecases.days_work import show_work
from domain.usecases.delays import delays_by_month
from domain.usecases.first_hour import first_hour_at_home
from ui import addresses, design, formatting
from ui.components.choice_chips import choice_chips
from ui.components.coming import Coming
from ui.components.debtors_card import debtors_card
from ui.components.decisions_card import decisions_card
from ui.components.empty_state import empty_state
from ui.components.entities_card import entities_card
from ui.components.figure import figure
from ui.components.first_hour_card import first_hour_card
from ui.components.followed_card import followed_card
from ui.components.home_charts import ages_card, weeks_card
from ui.components.page_head import page_head
from ui.components.payment_charts import payment_charts
from ui.components.todays_work import todays_work
from ui.design import Tone
from ui.session import Session
from ui.translation import _, ngettext


async def dashboard_page(session: Session, currency: str = "") -> None:
    """Show what is owed, then today's work and what waits for a decision.

    ``currency`` chooses the one that charts and lists are told in.
    """
    today = session.today()
    view = await session.run(show_home, session.entity_id, today, currency)
    totals = await session.run(entity_totals, today)
    head = page_head(_("Home"))
    if totals:
        await entities_card(session, totals, _showing_entity(session))
    steps = await session.run(first_hour_at_home, session.entity_id)
    if steps:
        first_hour_card(session, steps)
    if not view.has_entries:
        if steps is None:
            _nothing_yet()
        return
    if len(view.by_currency) > 1:
        with head:
            _currencies(view)
    for figures in view.by_currency:
        _figures(figures)
    await _cards(session, view)


async def _cards(session: Session, view: HomeView) -> None:
    """Draw what the figures are made of; the slower parts in their places later."""
    today, currency = session.today(), view.shown.currency
    check = session.outside.mail.check_address
    firm = session.entity_id
    work = Coming(partial(session.run, show_work, firm, check, today, currency))
    months = Coming(partial(session.run, delays_by_month, firm, today, currency))
    with ui.element("div").classes(design.HOME_GRID):
        work.here(todays_work)
        work.here(lambda known: decisions_card(known.decisions))
        ages_card(view.shown.figures)
        await debtors_card(
            session, view.debtors, view.shown.figures.overdue, _open_customer
        )
        with ui.element("div").classes(design.STACK):
            work.here(lambda known: weeks_card(known.expected))
            if view.followed:
                followed_card(view.followed, today)
    payment_charts(view, months)
    await work.drawn(is_long=view.is_large)
    await months.drawn(is_long=view.is_large)


def _nothing_yet() -> None:
    with empty_state(
        _("Nothing has been imported for this company yet."),
        _(
            "Import the export of your accounting: your customers and what they "
            "owe you will be shown here."
        ),
        icon="upload_file",
    ):
        ui.link(_("Import a file"), addresses.IMPORT)


def _showing_entity(session: Session) -> Callable[[str], Awaitable[None]]:
    async def show_entity(chosen: str) -> None:
        await session.run(choose_entity, EntityId(chosen))
        ui.navigate.to(addresses.HOME)

    return show_entity


def _open_customer(customer_id: str) -> None:
    ui.navigate.to(addresses.customer(CustomerId(customer_id)))


def _currencies(view: HomeView) -> None:
    """Let the user choose the currency of charts and lists."""

    async def choose(currency: str) -> None:
        ui.navigate.to(addresses.home(currency))

    used = [figures.currency for figures in view.by_currency]
    choice_chips(
        {currency: currency for currency in used},
        view.shown.currency,
        choose,
        says=_("Currency of charts and lists"),
    )


def _figures(of: CurrencyFigures) -> None:
    """Draw a line of figures in one currency; each opens what it is made of."""
    figures = of.figures
    with ui.element("div").classes(design.FIGURES):
        figure(
            _("Your customers owe you"),
            formatting.money(figures.owed),
            _("only accounts in debit count"),
            href=addresses.whole(addresses.OWING),
        ).mark("owed")
        figure(
            _("Late"),
            formatting.money(figures.overdue),
            _customers(figures.overdue_customers),
            tone=Tone.OVERDUE,
            href=addresses.late_debtors(),
        ).mark("overdue")
        figure(
            _("To come"),
            formatting.money(figures.to_come),
            _customers(figures.to_come_customers),
            tone=Tone.NOT_DUE,
            href=addresses.debtors_to_come(),
        ).mark("to-come")
        figure(
            _("Paid (90 days)"),
            formatting.money(of.paid_lately),
            _("credit notes included"),
            tone=Tone.SETTLED,
            href=addresses.narrowed(addresses.RECEIPTS, {"on": [f"{of.paid_since}.."]}),
        ).mark("paid")


def _customers(count: int) -> str:
    return ngettext("{count} customer", "{count} customers", count)
