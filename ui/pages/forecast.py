"""« Prévisions »: what should be received week by week, and when it is put off."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

from nicegui import ui

from domain.basics.identifiers import CustomerId, ItemId, ProfileId
from domain.basics.tables import TableContent
from domain.customers.agreements import ExpectedDate
from domain.dashboard.expected import ExpectedOrigin
from domain.dashboard.forecast import ForecastColumn, ForecastLine
from domain.dashboard.payers import accuracy
from domain.ports import Books
from domain.usecases.forecasting import (
    WEEKS_SHOWN,
    ForecastQuery,
    ForecastView,
    forget_moves,
    move_to_week,
    past_payments,
    put_moves_again,
    show_forecast,
    take_moves_back,
)
from domain.usecases.list_choices import ListChoices, keep_choices, read_choices
from ui import addresses, design, forecast_words, formatting
from ui.components.choice_chips import choice_chips
from ui.components.empty_state import empty_state
from ui.components.forecast_board import ForecastBoard
from ui.components.forecast_export import forecast_table
from ui.components.move_dialog import move_dialog
from ui.components.page_head import page_head
from ui.components.table_export import export_menu
from ui.components.text import secondary
from ui.components.undo_bar import Undo, tell_done
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext

_NAME, _WEEKS, _CARDS, _ITEMS = "forecast", "weeks", "cards", "items"
"""The name under which choices are kept, theirs, and one of their values."""


async def forecast_page(session: Session) -> None:
    """Show what each week should bring, and let cards be moved to another."""
    await _Forecast(session).draw()


class _Forecast:
    """The forecast on screen."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._client = ui.context.client
        self._query = ForecastQuery()
        self._by_customer = True
        self._choices = ListChoices()
        self._view: ForecastView

    async def draw(self) -> None:
        """Read the forecast, and draw it as it was last looked at."""
        session = self._session
        kept = await session.run(read_choices, session.entity_id, _NAME)
        self._choices = kept
        weeks = kept.options.get(_WEEKS, "")
        if weeks in map(str, WEEKS_SHOWN):
            self._query = replace(self._query, weeks=int(weeks))
        self._by_customer = kept.options.get(_CARDS) != _ITEMS
        self._view = await self._read()
        if self._view.currencies and self._query.currency not in self._view.currencies:
            self._query = replace(self._query, currency=self._view.currencies[0])
            self._view = await self._read()
        with page_head(_("Forecast")):
            if not self._view.is_empty:
                export_menu(session, _("Forecast"), self._table)
        if self._view.is_empty:
            _nothing_open()
            return
        with ui.element("div").classes(design.OVERLAID):
            with ui.element("div").classes(design.FILTERS):
                self._draw_choices()
            self._board = ForecastBoard(session, self._move, self._ask)
        self._board.place()
        self._board.draw(self._view, by_customer=self._by_customer)
        foot = ui.element("div").mark("accuracy")
        ui.timer(0, partial(self._measure, foot), once=True)

    async def _measure(self, foot: ui.element) -> None:
        """Say how far off expected dates were, once the rest is on screen."""
        session = self._session
        paid = await session.run(past_payments, session.entity_id, session.today())
        found = await asyncio.to_thread(accuracy, paid)
        if found and not foot.is_deleted:
            with foot:
                secondary(forecast_words.accuracy(found))

    def _draw_choices(self) -> None:
        weeks = {
            str(n): ngettext("{count} week", "{count} weeks", n) for n in WEEKS_SHOWN
        }
        choice_chips(
            weeks, str(self._query.weeks), self._choose_weeks, says=_("Weeks shown")
        ).mark("weeks")
        choice_chips(
            {"": _("By customer"), _ITEMS: _("By item")},
            "" if self._by_customer else _ITEMS,
            self._choose_cards,
            says=_("Cards"),
        ).mark("cards")
        if len(self._view.currencies) > 1:
            choice_chips(
                {c: c for c in self._view.currencies},
                self._query.currency,
                lambda currency: self._ask_for(currency=currency),
                says=_("Currency"),
            ).mark("currency")
        if self._view.salespersons:
            self._select(
                "salesperson",
                _("All salespersons"),
                {name: name for name in self._view.salespersons},
            )
        if len(self._view.profiles) > 1:
            self._select(
                "profile_id",
                _("All profiles"),
                {ProfileId(p.id): p.name for p in self._view.profiles},
            )

    def _select(self, name: str, everyone: str, choices: dict[Any, str]) -> None:
        select = ui.select(
            {"": everyone, **choices},
            value="",
            on_change=lambda event: self._ask_for(**{name: event.value or None}),
        )
        select.props(design.INPUT).props("options-dense").mark(name)
        select.props["aria-label"] = everyone

    async def _choose_weeks(self, weeks: str) -> None:
        await self._keep(_WEEKS, weeks)
        await self._ask_for(weeks=int(weeks))

    async def _choose_cards(self, cards: str) -> None:
        await self._keep(_CARDS, cards)
        self._by_customer = cards != _ITEMS
        self._board.untick()
        self._board.draw(self._view, by_customer=self._by_customer)

    async def _keep(self, name: str, value: str) -> None:
        session = self._session
        options = {**self._choices.options, name: value}
        self._choices = replace(self._choices, options=options)
        await session.run(keep_choices, session.entity_id, _NAME, self._choices)

    async def _ask_for(self, **changed: Any) -> None:  # noqa: ANN401 - a query's own
        self._query = replace(self._query, **changed)
        await self._refresh()

    async def _read(self) -> ForecastView:
        session = self._session
        known = getattr(self, "_view", None)
        return await session.run(
            show_forecast,
            session.entity_id,
            self._query,
            session.today(),
            known.habits if known else None,
        )

    async def _refresh(self) -> None:
        self._view = await self._read()
        self._board.draw(self._view, by_customer=self._by_customer)

    async def _move(
        self, lines: Sequence[ForecastLine], column: ForecastColumn
    ) -> None:
        assert column.starts_on
        with refusals_shown():
            moves = await self._session.run(
                move_to_week, _by_customer(lines), column.starts_on, *self._when()
            )
            words = _(
                "Expected on {day}: {what}",
                day=formatting.day(moves[0].expected_on),
                what=self._about(lines),
            )
            await self._done(words, self._undoing(take_moves_back, moves))

    async def _forget(self, lines: Sequence[ForecastLine]) -> None:
        moves = await self._session.run(
            forget_moves, _by_customer(lines), *self._when()
        )
        words = _("{what}: back to the day foreseen", what=self._about(lines))
        await self._done(words, self._undoing(put_moves_again, moves))

    def _undoing(
        self,
        usecase: Callable[[Books, Iterable[ExpectedDate], date, datetime], None],
        moves: Sequence[ExpectedDate],
    ) -> Undo:
        async def undo() -> None:
            await self._session.run(usecase, moves, *self._when())
            await self._refresh()

        return undo

    async def _done(self, words: str, undo: Undo) -> None:
        await self._refresh()
        tell_done(self._client, words, undo)

    def _ask(self, lines: Sequence[ForecastLine]) -> None:
        """Offer the weeks to move to."""
        by_hand = [
            one for one in lines if one.expected.origin is ExpectedOrigin.REPOSITIONED
        ]
        move_dialog(
            self._about(lines),
            self._view.forecast.columns,
            partial(self._move, lines),
            partial(self._forget, by_hand) if by_hand else None,
        )

    def _about(self, lines: Sequence[ForecastLine]) -> str:
        """Name items inside a sentence: whose they are, if of one customer."""
        customers = {line.item.customer_id for line in lines}
        count = len(lines)
        if len(customers) > 1:
            return ngettext("{count} item", "{count} items", count)
        name = self._view.customers[customers.pop()].name
        if count == 1:
            reference = lines[0].item.reference or lines[0].item.label
            return _("{reference} ({customer})", reference=reference, customer=name)
        return ngettext(
            "{count} item of {customer}",
            "{count} items of {customer}",
            count,
            customer=name,
        )

    def _when(self) -> tuple[date, datetime]:
        return self._session.today(), self._session.now()

    def _table(self) -> TableContent:
        return forecast_table(self._view, self._session.today())


def _by_customer(
    lines: Sequence[ForecastLine],
) -> dict[CustomerId, set[ItemId]]:
    found: dict[CustomerId, set[ItemId]] = defaultdict(set)
    for line in lines:
        found[line.item.customer_id].add(line.item.id)
    return found


def _nothing_open() -> None:
    with empty_state(
        _("Nothing is expected: no invoice is open."),
        _("Import the export of your accounting to see what should come, and when."),
        icon="view_week",
    ):
        ui.link(_("Import a file"), addresses.IMPORT)
