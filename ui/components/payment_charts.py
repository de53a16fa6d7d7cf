"""« Comment êtes-vous payé ? »: what is owed by mode and profile; the DSO."""

from collections.abc import Callable, Sequence

from nicegui import ui

from domain.basics.money import Money
from domain.dashboard.breakdown import Share
from domain.usecases.dashboard import HomeView
from domain.usecases.delays import MonthDelay
from ui import addresses, design
from ui.components.bar_chart import Bar, lying_bars
from ui.components.coming import Coming
from ui.components.delay_chart import delay_chart
from ui.components.text import secondary, section_title
from ui.design import Tone
from ui.translation import _

_BARS = 6
"""More would be too thin to be named; the smallest are put together."""


def payment_charts(view: HomeView, months: Coming[list[MonthDelay]]) -> None:
    """Draw what is owed by payment mode and by profile, and the DSO of the year."""
    with ui.element("section").classes(design.CARD).mark("payment-charts"):
        section_title(_("How are you paid?"))
        with ui.element("div").classes(design.PAYMENT_CHARTS):
            _shares(_("By payment mode"), view.by_mode, _by_mode)
            _shares(_("By profile"), view.by_profile, _by_profile)
            with ui.element("div").classes(design.STACK):
                with ui.element("div").classes(design.ROW_SPREAD):
                    secondary(_("Average payment delay (DSO), 12 months"))
                    ui.link(_("Key figures"), addresses.KEY_FIGURES)
                months.here(delay_chart)


def _shares(
    words: str, shares: Sequence[Share], address: Callable[[Share], str]
) -> None:
    with ui.element("div").classes(design.STACK):
        secondary(words)
        if shares:
            lying_bars(_bars(shares, address), Tone.NEUTRAL)
        else:
            secondary(_("Nobody owes you anything."))


def _by_mode(share: Share) -> str:
    return addresses.narrowed(addresses.ITEMS, {"payment_mode": [share.name]})


def _by_profile(share: Share) -> str:
    return addresses.narrowed(addresses.OWING, {"profile": [share.name]})


def _bars(shares: Sequence[Share], address: Callable[[Share], str]) -> list[Bar]:
    bars = [
        _bar(share.name or _("not specified"), share.amount, address(share))
        for share in shares
    ]
    if len(bars) <= _BARS:
        return bars
    kept, others = bars[: _BARS - 1], bars[_BARS - 1 :]
    rest = Money.total(bar.amount for bar in others)
    everyone = addresses.OWING
    return [*kept, _bar(_("others"), rest, everyone)]


def _bar(name: str, amount: Money, address: str) -> Bar:
    return Bar(label=name, says=name, amount=amount, address=address)
