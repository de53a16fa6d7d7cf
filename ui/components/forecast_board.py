"""The weeks of « Prévisions » side by side, cards in them, and moving the cards."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from nicegui import events, ui

from domain.basics.money import Money
from domain.dashboard.forecast import (
    ColumnKind,
    ForecastCard,
    ForecastColumn,
    ForecastLine,
    cards,
)
from domain.usecases.forecasting import ForecastView
from ui import design, forecast_words, formatting
from ui.components.buttons import quiet_button
from ui.components.forecast_cards import CardWriter
from ui.session import Session
from ui.translation import _, ngettext

_DRAWN, _MORE = 40, 200
"""Cards of a column at first, and how many more each time they are asked for."""
_TARGETS = {ColumnKind.WEEK, ColumnKind.LATER}
"""Columns that money can be put to."""
Move = Callable[[Sequence[ForecastLine], ForecastColumn], Awaitable[None]]
Ask = Callable[[Sequence[ForecastLine]], None]


class ForecastBoard:
    """Draws a forecast again and again; ``lines`` names what was gestured at."""

    def __init__(self, session: Session, move: Move, ask: Ask) -> None:
        self._session, self._move, self._ask = session, move, ask
        self._view: ForecastView
        self._held: dict[str, Sequence[ForecastLine]] = {}
        self._ticked: list[str] = []
        self._drawn: Counter[int] = Counter()
        self._columns: list[_Column] = []
        self._bar = ui.element("div").classes(design.TICKED_BAR)
        with self._bar:
            self._told = ui.label().classes(design.STRONG)
            quiet_button(
                _("Move to…"), lambda: self._ask(self.lines(self._ticked))
            ).mark("move-ticked")
            quiet_button(_("Untick all"), self.untick).mark("untick")
        self._bar.visible = False
        self._board: ui.element

    def place(self) -> None:
        """Give the columns their place; the bar of what is ticked is above."""
        self._board = ui.element("div").classes(design.FORECAST).mark("forecast")
        for name, gesture in (
            ("dropped", self._dropped),
            ("asked", self._asked),
            ("ticked", self._on_tick),
        ):
            self._board.on(name, gesture, ["detail"])

    def lines(self, keys: Sequence[str]) -> list[ForecastLine]:
        """Find the items of some cards, each once; those gone meanwhile are not."""
        found = {line.item.id: line for key in keys for line in self._held.get(key, ())}
        return list(found.values())

    def draw(self, view: ForecastView, *, by_customer: bool) -> None:
        """Draw the columns; those that did not change are left as they are."""
        self._view = view
        grouped = cards(view.forecast, by_customer=by_customer)
        self._held = {line.item.id: [line] for line in view.forecast.lines}
        for column in grouped:
            self._held.update((card.key, card.lines) for card in column)
        if len(self._columns) != len(grouped):
            self._board.clear()
            self._drawn.clear()
            with self._board:
                self._columns = [
                    _Column(rank, column, partial(self._unroll, rank))
                    for rank, column in enumerate(view.forecast.columns)
                ]
        self._ticked = [key for key in self._ticked if key in self._held]
        self._tell_ticked()
        self._draw_cards(grouped)

    def _draw_cards(self, grouped: Sequence[Sequence[ForecastCard]]) -> None:
        self._cards = grouped
        view = self._view
        currency = view.forecast.columns[0].amount.currency
        writer = CardWriter(
            view.customers, self._session.today(), currency, frozenset(self._ticked)
        )
        for rank, column in enumerate(self._columns):
            shown = grouped[rank][: _DRAWN + self._drawn[rank]]
            others = len(grouped[rank]) - len(shown)
            column.draw(view.forecast.columns[rank], writer.write(shown), others)

    def _unroll(self, rank: int) -> None:
        self._drawn[rank] += _MORE
        self._draw_cards(self._cards)

    def untick(self) -> None:
        """Take every tick away."""
        self._ticked = []
        self._tell_ticked()
        ui.run_javascript(
            f"document.querySelectorAll('.{design.FORECAST} input:checked')"
            ".forEach((box) => { box.checked = false; })"
        )

    def _tell_ticked(self) -> None:
        lines = self.lines(self._ticked)
        self._bar.visible = bool(lines)
        if lines:
            total = Money(sum(line.cents for line in lines), lines[0].item.currency)
            counted = ngettext("{count} ticked", "{count} ticked", len(lines))
            self._told.text = f"{counted} · {formatting.money(total)}"

    def _on_tick(self, event: events.GenericEventArguments) -> None:
        self._ticked = [str(key) for key in event.args["detail"]["cards"]]
        self._tell_ticked()

    def _asked(self, event: events.GenericEventArguments) -> None:
        lines = self.lines(event.args["detail"]["cards"])
        if lines:
            self._ask(lines)

    async def _dropped(self, event: events.GenericEventArguments) -> None:
        told = event.args["detail"]
        rank = int(told["column"])
        column = self._view.forecast.columns[rank]
        moved = [line for line in self.lines(told["cards"]) if line.column != rank]
        if moved and column.kind in _TARGETS:
            await self._move(moved, column)


class _Column:
    """A week on screen: its name, its total, its cards."""

    def __init__(
        self, rank: int, column: ForecastColumn, unroll: Callable[[], None]
    ) -> None:
        name = forecast_words.heading(column)
        with ui.element("section").classes(design.FORECAST_COLUMN) as drawn:
            drawn.props["aria-label"] = name
            drawn.props["data-column"] = str(rank)
            if column.kind in _TARGETS:
                drawn.props["data-week"] = ""
            with ui.element("header") as head:
                head.props["title"] = forecast_words.spoken(column)
                self._name = ui.label(name)
                total = ui.label().classes(design.AMOUNT)
                self._total = total.mark(f"column-{rank}")
                self._range = ui.label().classes(design.SECONDARY_TEXT)
            self._cards = ui.html("", sanitize=False).mark(f"cards-{rank}")
            self._more = quiet_button("", unroll).mark(f"more-{rank}")

    def draw(self, column: ForecastColumn, written: str, others: int) -> None:
        """Draw what changed."""
        self._name.set_text(forecast_words.heading(column))
        self._total.set_text(formatting.money(column.amount))
        self._range.set_text(forecast_words.between(column))
        if self._cards.content != written:
            self._cards.set_content(written)
        self._more.set_visibility(others > 0)
        self._more.set_text(
            ngettext("and {count} other…", "and {count} others…", others)
        )
