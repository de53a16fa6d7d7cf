"""« Chiffres clés »: how long customers take to pay, on any day."""

from datetime import date
from functools import partial

from nicegui import ui

from domain.usecases.delays import (
    AgedBalance,
    Delays,
    delays_by_month,
    show_aged_balance,
    show_delays,
)
from ui import addresses, design, formatting
from ui.components.aged_balance_card import aged_balance_card
from ui.components.choice_chips import choice_chips
from ui.components.coming import Coming
from ui.components.date_input import DateInput
from ui.components.delay_chart import both_delays_chart
from ui.components.delay_figures import delay_figures, what_is_missing
from ui.components.page_head import page_head
from ui.components.text import section_title
from ui.design import Tone
from ui.session import Session
from ui.translation import _


async def key_figures_page(session: Session, day: str = "", currency: str = "") -> None:
    """Show the figures as they were at the end of a day, and over twelve months."""
    on = _asked(day, session.today())
    balance = await session.run(show_aged_balance, session.entity_id, on, currency)
    shown = balance.currency
    delays = await session.run(show_delays, session.entity_id, balance)
    with page_head(_("Key figures")):
        _choices(balance, on, session.today())
    _warning(balance, delays)
    delay_figures(delays)
    firm, today = session.entity_id, session.today()
    months = Coming(partial(session.run, delays_by_month, firm, today, shown))
    with ui.element("section").classes(design.CARD).mark("evolution"):
        section_title(_("Payment delays over twelve months"))
        months.here(both_delays_chart)
    await aged_balance_card(session, balance)
    await months.drawn(is_long=balance.is_large)


def _asked(day: str, today: date) -> date:
    """Read the day asked for; what is not a day, or still to come, is today."""
    try:
        return min(date.fromisoformat(day), today)
    except ValueError:
        return today


def _choices(balance: AgedBalance, on: date, today: date) -> None:
    """Let the user choose the day and the currency of the figures."""

    async def choose_currency(currency: str) -> None:
        ui.navigate.to(addresses.key_figures(on, currency))

    def choose_day(day: date) -> None:
        if day != on:
            ui.navigate.to(addresses.key_figures(min(day, today), balance.currency))

    if len(balance.currencies) > 1:
        choice_chips(
            {currency: currency for currency in balance.currencies},
            balance.currency,
            choose_currency,
            says=_("Currency"),
        )
    field = DateInput(_("As of"), on).mark("as-of")
    field.on_day(choose_day)


def _warning(balance: AgedBalance, delays: Delays) -> None:
    """Say what the figures lack, rather than show figures that mislead."""
    known_since = balance.exact_since
    sentences = [what_is_missing(delays)]
    if known_since and balance.day < known_since:
        sentences.append(
            _(
                "Nothing is known before {day}, the day your entries begin: the "
                "balance by age of {asked} is not complete.",
                day=formatting.day(known_since),
                asked=formatting.day(balance.day),
            )
        )
    for sentence in filter(None, sentences):
        with ui.element("div").classes(design.NOTICE_BOX):
            icon = ui.icon(design.TONE_ICONS[Tone.WARNING])
            icon.props("aria-hidden=true")
            ui.label(sentence)
