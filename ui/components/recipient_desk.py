"""The four lists of recipients: what is shown, what is ticked, what is moved."""

from collections.abc import Awaitable, Callable, Collection
from functools import partial

from nicegui import ui

from domain.basics.identifiers import CustomerId
from domain.basics.money import per_currency
from domain.usecases.recipients import (
    RecipientLine,
    RecipientList,
    RecipientsView,
    put_back,
    set_aside,
    set_recipient,
    trust_recipients,
    use_known_addresses,
)
from ui import addresses, design, formatting
from ui.components.buttons import secondary_button
from ui.components.data_table import DataTable
from ui.components.recipient_dialog import recipient_dialog
from ui.components.recipient_table import recipient_table
from ui.components.text import secondary
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext

Move = Callable[[list[CustomerId]], Awaitable[None]]


class RecipientDesk:
    """The tabs, the list of the one that is open, and its gestures."""

    def __init__(
        self,
        session: Session,
        on_change: Callable[[], Awaitable[object]],
        shown: RecipientList = RecipientList.TO_SEND,
    ) -> None:
        self._session = session
        self._on_change = on_change
        self._shown = shown
        self._view: RecipientsView
        self._table: DataTable | None = None

    async def draw(self, view: RecipientsView) -> None:
        """Draw the four tabs, and the list of the open one."""
        self._view, self._table = view, None
        with ui.element("div").classes(design.TABS):
            for kind, lines in view.lists.items():
                self._tab(kind, lines)
        await self._list()

    def _tab(self, kind: RecipientList, lines: Collection[RecipientLine]) -> None:
        tab = ui.element("button").classes(design.BUCKET).mark(f"list-{kind}")
        tab.props["aria-pressed"] = "true" if kind is self._shown else "false"
        tab.on("click", partial(self._open, kind))
        totals = per_currency(total for line in lines for total in line.totals)
        with tab:
            ui.label(name(kind)).classes(design.STRONG)
            with ui.element("div").classes(design.ROW_SPREAD):
                ui.label(formatting.count(len(lines))).classes(design.TAB_COUNT)
                ui.label(formatting.amounts(totals)).classes(design.AMOUNT)

    async def _open(self, kind: RecipientList) -> None:
        self._shown = kind
        await self._on_change()

    async def _list(self) -> None:
        lines = self._view.lists[self._shown]
        with ui.element("div").classes(design.ROW_SPREAD):
            secondary(_explained(self._shown))
            if lines:
                self._gestures()
        table = await recipient_table(self._session, self._shown, lines)
        if lines:
            self._table = table
            table.on_select(lambda _ticked: self._gestures.refresh())
            table.on_open(self._open_customer)

    @property
    def _ticked(self) -> list[CustomerId]:
        return [CustomerId(x) for x in self._table.selected] if self._table else []

    @ui.refreshable_method
    def _gestures(self) -> None:
        everyone = len(self._view.lists[self._shown])
        with ui.element("div").classes(design.PAGE_ACTIONS):
            for words, move, mark in self._moves(len(self._ticked), everyone):
                secondary_button(words, partial(self._do, move)).mark(mark)

    def _moves(self, chosen: int, everyone: int) -> list[tuple[str, Move, str]]:
        """List what can be done with the ticked customers, or with all."""
        count = chosen or everyone
        aside = (
            ngettext("Take {count} off the list", "Take {count} off the list", count)
            if chosen
            else _("Take all off the list"),
            self._set_aside,
            "set-aside",
        )
        if self._shown is RecipientList.SET_ASIDE:
            words = (
                ngettext("Put {count} back", "Put {count} back", count)
                if chosen
                else _("Put all back")
            )
            return [(words, self._put_back, "put-back")]
        if self._shown is RecipientList.TO_CHECK:
            words = (
                ngettext("Trust {count} address", "Trust {count} addresses", count)
                if chosen
                else _("Trust all addresses")
            )
            return [aside, (words, self._trust, "trust")]
        if self._shown is RecipientList.TO_SET:
            words = (
                ngettext(
                    "Use {count} known address", "Use {count} known addresses", count
                )
                if chosen
                else _("Use all known addresses")
            )
            return [aside, (words, self._use_known, "use-known")]
        return [aside]

    async def _do(self, move: Move) -> None:
        """Move the ticked customers; all of them when none is ticked."""
        everyone = [line.customer.id for line in self._view.lists[self._shown]]
        with refusals_shown():
            await move(self._ticked or everyone)
            await self._on_change()

    async def _set_aside(self, customers: list[CustomerId]) -> None:
        await self._session.run(set_aside, customers, self._session.today())

    async def _put_back(self, customers: list[CustomerId]) -> None:
        await self._session.run(put_back, customers)

    async def _trust(self, customers: list[CustomerId]) -> None:
        trusted = await self._session.run(
            trust_recipients,
            self._session.entity_id,
            customers,
            self._session.outside.mail.can_be_sent_to,
        )
        if trusted.unusable:
            ui.notify(
                _(
                    "To be corrected, as no mail server would take them: {addresses}",
                    addresses=", ".join(trusted.unusable),
                ),
                type="warning",
            )

    async def _use_known(self, customers: list[CustomerId]) -> None:
        count = await self._session.run(use_known_addresses, customers)
        missing = len(customers) - count
        if missing:
            ui.notify(
                ngettext(
                    "{count} customer has no known address: click it to type one.",
                    "{count} customers have no known address: click one to type it.",
                    missing,
                ),
                type="warning",
            )

    def _open_customer(self, customer_id: str) -> None:
        """Open the sheet, or ask for the address where that is what is missing."""
        if self._shown in {RecipientList.TO_SEND, RecipientList.SET_ASIDE}:
            ui.navigate.to(addresses.customer(CustomerId(customer_id)))
            return
        line = next(
            x
            for x in self._view.lists[self._shown]
            if x.customer.id == CustomerId(customer_id)
        )

        async def save(address: str) -> None:
            await self._session.run(
                set_recipient,
                line.customer.id,
                address,
                self._session.outside.mail.can_be_sent_to,
            )
            await self._on_change()

        recipient_dialog(line, save)


def name(kind: RecipientList) -> str:
    """Name a list as source 000 does."""
    return {
        RecipientList.TO_SEND: _("Send list"),
        RecipientList.SET_ASIDE: _("Taken off the send list"),
        RecipientList.TO_CHECK: _("Addresses to check"),
        RecipientList.TO_SET: _("Recipients to set"),
    }[kind]


def _explained(kind: RecipientList) -> str:
    return {
        RecipientList.TO_SEND: _(
            "These customers, and no others, receive a reminder when you send."
        ),
        RecipientList.SET_ASIDE: _(
            "Not reminded, here or in “By scenario”, until you put them back."
        ),
        RecipientList.TO_CHECK: _(
            "Click a customer to correct its address, or trust it: this is remembered."
        ),
        RecipientList.TO_SET: _(
            "Nobody has the role of receiving their reminders: click to choose."
        ),
    }[kind]
