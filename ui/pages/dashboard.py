"""Home: where is the money, what needs me."""

from nicegui import ui

from domain.basics.identifiers import CustomerId, EntityId
from domain.dashboard.account import AGE_LIMITS
from domain.dashboard.key_figures import KeyFigures
from domain.usecases.configuring import choose_entity
from domain.usecases.dashboard import (
    HomeView,
    WeekDue,
    entity_totals,
    show_home,
)
from ui import addresses, design, formatting
from ui.components.bar_chart import Bar, bar_chart
from ui.components.debtors_card import debtors_card
from ui.components.decisions_card import decisions_card
from ui.components.empty_state import empty_state
from ui.components.entities_card import entities_card
from ui.components.figure import figure
from ui.components.followed_card import followed_card
from ui.components.page_head import page_head
from ui.components.payment_charts import payment_charts
from ui.components.text import section_title
from ui.components.todays_work import todays_work
from ui.design import Tone
from ui.session import Session
from ui.translation import _, ngettext


async def dashboard_page(session: Session) -> None:
    """Show what is owed, today's work, and what waits for a decision."""
    view = await session.run(
        show_home,
        session.entity_id,
        session.outside.mail.check_address,
        session.today(),
    )
    totals = await session.run(entity_totals, session.today())
    page_head(_("Home"))
    if view.has_entries:
        _figures(view)
        with ui.element("div").classes(design.HOME_GRID):
            todays_work(view)
            _ages(view.figures)
            _weeks(view.weeks)
            await debtors_card(session, view.debtors, _open_customer)
            with ui.element("div").classes(design.STACK):
                decisions_card(view.decisions)
                if view.breakdown.followed:
                    followed_card(view.breakdown.followed)
        payment_charts(view.breakdown)
    else:
        with empty_state(
            _("Nothing has been imported for this company yet."),
            _(
                "Import the export of your accounting: your customers and what they "
                "owe you will be shown here."
            ),
            icon="upload_file",
        ):
            ui.link(_("Import a file"), addresses.IMPORT)

    async def show_entity(chosen: str) -> None:
        await session.run(choose_entity, EntityId(chosen))
        ui.navigate.to(addresses.HOME)

    if totals:
        await entities_card(session, totals, show_entity)


def _open_customer(customer_id: str) -> None:
    ui.navigate.to(addresses.customer(CustomerId(customer_id)))


def _figures(view: HomeView) -> None:
    figures = view.figures
    with ui.element("div").classes(design.FIGURES):
        figure(
            _("Your customers owe you"),
            formatting.money(figures.owed),
            _("only accounts in debit count"),
            href=addresses.CUSTOMERS,
        ).mark("owed")
        figure(
            _("Late"),
            formatting.money(figures.overdue),
            _customers(figures.overdue_customers),
            tone=Tone.OVERDUE,
        ).mark("overdue")
        figure(
            _("To come"),
            formatting.money(figures.to_come),
            _customers(figures.to_come_customers),
            tone=Tone.NOT_DUE,
        ).mark("to-come")
        figure(
            _("Paid (90 days)"),
            formatting.money(view.paid_lately),
            _("credit notes included"),
            tone=Tone.SETTLED,
        ).mark("paid")


def _customers(count: int) -> str:
    return ngettext("{count} customer", "{count} customers", count)


def _ages(figures: KeyFigures) -> None:
    first, second = AGE_LIMITS
    names = [
        (f"0–{first}", _("up to {last} days late", last=first)),
        (
            f"{first}–{second}",
            _("{first} to {last} days late", first=first + 1, last=second),
        ),
        (f"> {second}", _("more than {last} days late", last=second)),
    ]
    with ui.element("section").classes(design.CARD):
        section_title(_("Late, by age in days"))
        bar_chart(
            [
                Bar(label=label, says=says, amount=amount)
                for (label, says), amount in zip(names, figures.by_age, strict=True)
            ],
            Tone.OVERDUE,
        )


def _day_formats(weeks: tuple[WeekDue, ...]) -> list[str]:
    """Name the month where it changes only: eight dates have little room."""
    months = [week.starts_on.month for week in weeks]
    return [
        "%d" if month == before else "%d/%m"
        for before, month in zip([0, *months], months, strict=False)
    ]


def _weeks(weeks: tuple[WeekDue, ...]) -> None:
    with ui.element("section").classes(design.CARD):
        section_title(_("Falling due, 8 weeks"))
        bar_chart(
            [
                Bar(
                    label=f"{week.starts_on:{format_}}",
                    says=_("week of {day}", day=formatting.day(week.starts_on)),
                    amount=week.amount,
                )
                for week, format_ in zip(weeks, _day_formats(weeks), strict=True)
            ],
            Tone.NOT_DUE,
        )
