"""What every gesture of a customer's sheet shares: the sheet, the books, the undo."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from typing import Concatenate, ParamSpec

from nicegui import Client

from domain.basics.identifiers import CustomerId, ItemId
from domain.ports import Books
from domain.usecases.account_rows import ItemRow
from domain.usecases.customer_sheet import CustomerSheet
from ui.components.undo_bar import Undo, tell_done
from ui.session import Session
from ui.translation import _, ngettext

P = ParamSpec("P")


class SheetDesk:
    """The sheet as it was last read; ``done`` reads it anew and offers to undo."""

    def __init__(
        self, session: Session, client: Client, redraw: Callable[[], Awaitable[None]]
    ) -> None:
        self.session = session
        self.client = client
        self.redraw = redraw
        self.sheet: CustomerSheet

    @property
    def customer_id(self) -> CustomerId:
        """Whose sheet it is."""
        return self.sheet.customer.id

    def when(self) -> tuple[date, datetime]:
        """Today and now, as the use cases want them."""
        return self.session.today(), self.session.now()

    def undoing(
        self,
        usecase: Callable[Concatenate[Books, P], object],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Undo:
        """Make the gesture that undoes another by running a use case."""

        async def undo() -> None:
            await self.session.run(usecase, *args, **kwargs)

        return undo

    async def done(self, words: str, undo: Undo) -> None:
        """Show the sheet as it is now, say what was done, offer to take it back."""

        async def take_back() -> None:
            await undo()
            await self.redraw()

        await self.redraw()
        tell_done(self.client, words, take_back)


def ids(rows: Sequence[ItemRow]) -> tuple[ItemId, ...]:
    """Name items as the use cases want them."""
    return tuple(row.item.id for row in rows)


def about(rows: Sequence[ItemRow]) -> str:
    """Name items inside a sentence; empty for none."""
    if len(rows) == 1:
        reference = rows[0].item.reference or rows[0].item.label
        return _("document {reference}", reference=reference)
    return ngettext("{count} document", "{count} documents", len(rows)) if rows else ""
