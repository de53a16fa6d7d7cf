"""Several items changed at once: dispute, STOP, promise."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime

from domain.basics.errors import DunningError
from domain.basics.identifiers import ItemId
from domain.usecases.changing_many import (
    cancel_promises,
    close_disputes,
    dispute_items,
    lift_holds,
    promise_items,
    stop_items,
)
from ui.components.bulk_bar import BulkGesture
from ui.components.date_input import DateInput
from ui.components.dispute_dialog import dispute_dialog
from ui.components.form_dialog import form_dialog
from ui.components.hold_dialog import hold_dialog
from ui.components.list_page import ListScreen
from ui.components.text import paragraph
from ui.session import Session
from ui.translation import _, ngettext


class PromiseDayMissingError(DunningError):
    """A promise names its day."""

    message = "Say for which day the payment is promised."


class BulkItems:
    """The gestures on several items of a list."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.screen: ListScreen
        """The list, once it is drawn."""

    def gestures(self) -> list[BulkGesture]:
        """List them, as the bar of ticked rows draws them."""
        return [
            BulkGesture(
                verb=_("Dispute…"), icon="gavel", act=self._dispute, mark="bulk-dispute"
            ),
            BulkGesture(
                verb=_("STOP…"), icon="front_hand", act=self._stop, mark="bulk-stop"
            ),
            BulkGesture(
                verb=_("Promise…"),
                icon="handshake",
                act=self._promise,
                mark="bulk-promise",
            ),
        ]

    def _dispute(self, rows: list[str]) -> None:
        async def act(reason: str) -> None:
            opened = await self._session.run(
                dispute_items, _ids(rows), reason, *self._when()
            )
            said = ngettext(
                "{count} item is in dispute.",
                "{count} items are in dispute.",
                len(opened),
            )
            await self._done(
                said,
                lambda: self._session.run(close_disputes, opened, *self._when()),
                anything=bool(opened),
            )

        dispute_dialog(_counted(rows), act)

    def _stop(self, rows: list[str]) -> None:
        async def act(reason: str, ends_on: date | None) -> None:
            placed = await self._session.run(
                stop_items, _ids(rows), reason, ends_on, *self._when()
            )
            said = ngettext(
                "STOP placed on {count} item.",
                "STOP placed on {count} items.",
                len(placed),
            )
            await self._done(
                said,
                lambda: self._session.run(lift_holds, placed, *self._when()),
                anything=bool(placed),
            )

        hold_dialog(_counted(rows), act)

    def _promise(self, rows: list[str]) -> None:
        async def save() -> None:
            promised_for = day.day
            if promised_for is None:
                raise PromiseDayMissingError
            made = await self._session.run(
                promise_items, _ids(rows), promised_for, *self._when()
            )
            said = ngettext(
                "{count} promise noted.", "{count} promises noted.", len(made)
            )
            await self._done(
                said,
                lambda: self._session.run(cancel_promises, made, *self._when()),
                anything=bool(made),
            )

        heading = _("Promise on {items}", items=_counted(rows))
        with form_dialog(heading, _("Note the promises"), save):
            paragraph(
                _("One promise per invoice, of what is left of it; credits have none.")
            )
            day = DateInput(_("Promised for")).mark("bulk-value")

    async def _done(
        self, said: str, take_back: Callable[[], Awaitable[None]], *, anything: bool
    ) -> None:
        async def undo() -> None:
            await take_back()
            await self.screen.refresh()

        await self.screen.refresh()
        self.screen.bar.done(said, undo if anything else None)

    def _when(self) -> tuple[date, datetime]:
        return self._session.today(), self._session.now()


def _ids(rows: list[str]) -> list[ItemId]:
    return [ItemId(row) for row in rows]


def _counted(rows: list[str]) -> str:
    return ngettext("{count} item", "{count} items", len(rows))
