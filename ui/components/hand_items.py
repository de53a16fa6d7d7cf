"""The items of a customer, to tick before acting, with the total of what is ticked."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from nicegui import ui

from domain.basics.identifiers import ItemId
from domain.basics.money import Money
from domain.dunning.situation import CustomerSituation
from domain.ledger.open_item import OpenItem
from ui import design, formatting
from ui.components.badge import badge, level
from ui.components.buttons import quiet_button
from ui.components.text import secondary, section_title
from ui.drafts import Draft
from ui.translation import _, ngettext

_ROWS_AT_ONCE = 40


class HandItems:
    """The list; it keeps what is ticked in the draft."""

    def __init__(
        self,
        situation: CustomerSituation,
        draft: Draft,
        today: date,
        on_tick: Callable[[], Any],
    ) -> None:
        self._situation, self._draft, self._today = situation, draft, today
        self._on_tick = on_tick
        self._shown = _ROWS_AT_ONCE
        self._with_settled = False
        known = {item.id for item in self._all}
        if draft.item_ids is None:
            late = (i.id for i in situation.open_items if i.days_overdue(today) > 0)
            draft.item_ids = frozenset(late)
        draft.item_ids &= known

    @property
    def _all(self) -> list[OpenItem]:
        return [*self._situation.open_items, *self._situation.settled_items]

    @property
    def _listed(self) -> list[OpenItem]:
        """The oldest due first; settled ones only where they can be thanked for."""
        ticked = self._draft.item_ids or frozenset()
        items = [
            item
            for item in self._all
            if item.left or self._with_settled or item.id in ticked
        ]
        return sorted(items, key=lambda i: (i.is_credit, i.due_on or date.max, i.id))

    @property
    def ticked(self) -> list[OpenItem]:
        """What the action is about, debits first, the oldest due first."""
        chosen = self._draft.item_ids or frozenset()
        return [item for item in self._listed if item.id in chosen]

    @property
    def sums(self) -> str:
        """What the ticked items add up to, currency by currency."""
        return sums(self.ticked)

    def show_settled(self, *, shown: bool) -> None:
        """Show what was paid lately too, to thank for it."""
        if shown != self._with_settled:
            self._with_settled = shown
            self.draw.refresh()

    @ui.refreshable_method
    def draw(self) -> None:
        """Draw the items and the total."""
        items = self._listed
        with ui.element("div").classes(design.ROW_SPREAD):
            section_title(_("Documents concerned"))
            self._total()
        if not items:
            secondary(_("Nothing is open on this account."))
        with ui.element("div").classes(design.PLAIN_TABLE):
            for item in items[: self._shown]:
                self._row(item)
        if len(items) > self._shown:
            more = formatting.count(len(items) - self._shown)
            quiet_button(
                _("Show the next ones ({count} more)", count=more), self._show_more
            )

    def _row(self, item: OpenItem) -> None:
        ticked = self._draft.item_ids or frozenset()
        with ui.element("div").classes(design.HAND_ITEM):
            box = ui.checkbox(
                item.reference or item.label,
                value=item.id in ticked,
                on_change=lambda event: self._tick(item.id, bool(event.value)),
            )
            box.props("dense").mark(f"item-{item.id}")
            reached = self._situation.position(item).level
            with ui.element("span"):
                if reached:
                    badge(level(reached))
            due = formatting.day(item.due_on) if item.due_on else ""
            ui.label(due).classes(design.SECONDARY_TEXT)
            days = item.days_overdue(self._today) if item.left else 0
            ui.label(formatting.days(days) if days else "").classes(
                design.SECONDARY_TEXT
            )
            ui.label(formatting.money(item.left)).classes(design.AMOUNT)

    @ui.refreshable_method
    def _total(self) -> None:
        ticked = self.ticked
        with ui.element("div").classes(design.PAGE_ACTIONS):
            counted = ngettext("{count} ticked", "{count} ticked", len(ticked))
            told = f"{counted} · {sums(ticked)}" if ticked else counted
            ui.label(told).classes(design.STRONG).mark("hand-total")
            has_all = len(ticked) == len(self._listed)
            words = _("Untick all") if has_all else _("Tick all")
            quiet_button(words, partial(self._tick_all, not has_all))

    async def _tick(self, item_id: ItemId, is_ticked: bool) -> None:
        chosen = self._draft.item_ids or frozenset()
        self._draft.item_ids = chosen | {item_id} if is_ticked else chosen - {item_id}
        self._total.refresh()
        await self._on_tick()

    async def _tick_all(self, ticked: bool) -> None:
        listed = self._listed
        self._draft.item_ids = (
            frozenset(i.id for i in listed) if ticked else frozenset()
        )
        self.draw.refresh()
        await self._on_tick()

    def _show_more(self) -> None:
        self._shown += _ROWS_AT_ONCE
        self.draw.refresh()


def sums(items: Sequence[OpenItem]) -> str:
    """Add up what is left, currency by currency."""
    totals: dict[str, Money] = {}
    for item in items:
        left = item.left
        totals[left.currency] = (
            totals.get(left.currency, Money(0, left.currency)) + left
        )
    return " · ".join(formatting.money(total) for total in totals.values())
