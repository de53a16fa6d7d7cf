"""What is decided about a customer's late-payment penalties."""

from collections.abc import Sequence

from domain.customers.customer import CustomerKind, PenaltyChoice
from domain.usecases.customer_details import save_customer
from domain.usecases.penalties import (
    TypedRate,
    choose_law,
    customer_penalties,
    save_rates,
)
from ui.components.penalties_dialog import penalties_dialog
from ui.components.sheet_desk import SheetDesk
from ui.translation import _


class PenaltyGestures:
    """The gestures on penalties, as the sheet was last read."""

    def __init__(self, desk: SheetDesk) -> None:
        self._desk = desk
        self._run = desk.session.run

    async def show(self) -> None:
        """Show the computation, and let the user say what is claimed."""
        desk = self._desk
        today = desk.session.today()

        async def act(
            kind: CustomerKind, choice: PenaltyChoice, rates: Sequence[TypedRate]
        ) -> None:
            await self._run(save_rates, rates, today)
            before = await self._run(choose_law, desk.customer_id, kind, choice)
            undo = desk.undoing(save_customer, before)
            await desk.done(_("The choices about penalties were saved."), undo)

        found = await self._run(customer_penalties, desk.customer_id, today)
        penalties_dialog(desk.sheet, found, act)
