"""The cards of a forecast's column, written as one piece of HTML.

Ten thousand items make hundreds of cards: as elements of their own they would take
seconds to appear. ``static/forecast.js`` listens to them.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from html import escape

from domain.basics.identifiers import CustomerId
from domain.basics.money import Money
from domain.customers.customer import Customer
from domain.dashboard.forecast import ForecastCard, ForecastLine
from ui import addresses, design, forecast_words, formatting
from ui.translation import _, ngettext

_ITEMS_SHOWN = 40
"""Of one card: the customer's sheet shows them all."""


class CardWriter:
    """Writes cards, for one drawing of the board."""

    def __init__(
        self,
        customers: Mapping[CustomerId, Customer],
        today: date,
        currency: str,
        ticked: Collection[str],
    ) -> None:
        self._customers = customers
        self._today = today
        self._currency = currency
        self._ticked = ticked

    def write(self, cards: Sequence[ForecastCard]) -> str:
        """Write the cards of a column."""
        return "".join(map(self._card, cards))

    def _card(self, card: ForecastCard) -> str:
        customer = self._customers[card.customer_id]
        name = escape(customer.name or customer.code)
        amount = self._money(card.cents)
        [*_others, who] = card.key.split(" ", 1)
        checked = " checked" if card.key in self._ticked else ""
        return (
            f'<article class="{design.FORECAST_CARD}" draggable="true" tabindex="0"'
            f' data-card="{escape(card.key)}" data-who="{escape(who)}"'
            f' aria-label="{name}, {amount}">'
            f'<input type="checkbox"{checked} aria-label="{_tick(name)}">'
            f'<a href="{addresses.customer(card.customer_id)}" draggable="false">'
            f'{name}</a><span class="{design.AMOUNT}">{amount}</span>'
            f"{self._detail(card)}"
            f'<button type="button" data-more aria-label="{_move(name)}"'
            f' title="{_move(name)}"><i class="q-icon material-icons"'
            ' aria-hidden="true">more_vert</i></button></article>'
        )

    def _detail(self, card: ForecastCard) -> str:
        if len(card.lines) == 1:
            return f"<p>{self._item(card.lines[0])}</p>"
        count = ngettext("{count} item", "{count} items", len(card.lines))
        shown = sorted(card.lines, key=lambda line: line.item.due_on or date.max)
        rows = "".join(
            f'<li draggable="true" tabindex="0" data-card="{escape(line.item.id)}"'
            f' data-who="{escape(line.item.id)}">{self._item(line)}'
            f'<span class="{design.AMOUNT}">{self._money(line.cents)}</span></li>'
            for line in shown[:_ITEMS_SHOWN]
        )
        others = len(shown) - _ITEMS_SHOWN
        if others > 0:
            more = ngettext("and {count} other", "and {count} others", others)
            rows += f"<li>{more}</li>"
        return f"<details><summary>{count}</summary><ul>{rows}</ul></details>"

    def _item(self, line: ForecastLine) -> str:
        """Name an item, and say what its day follows from."""
        item, expected = line.item, line.expected
        full = forecast_words.told(expected, item, self._today)
        short = forecast_words.told_shortly(expected, item, self._today)
        name = escape(item.reference or item.label)
        return f'<span title="{escape(full)}"><b>{name}</b> {escape(short)}</span>'

    def _money(self, cents: int) -> str:
        return formatting.money(Money(cents, self._currency))


def _tick(name: str) -> str:
    return _("Tick {name}", name=name)


def _move(name: str) -> str:
    return _("Move {name} to…", name=name)
