"""What is agreed with a customer, on items or on its whole account, and undone."""

from collections.abc import Sequence
from datetime import date

from domain.basics.money import Money
from domain.customers.agreements import Dispute, Hold, Note, Promise
from domain.usecases.account_rows import ItemRow
from domain.usecases.agreeing import (
    cancel_promise,
    change_dispute,
    change_hold,
    change_note,
    change_promise,
    close_dispute,
    lift_hold,
    open_dispute,
    place_hold,
    record_promise,
    remove_note,
    reopen_dispute,
    restore_hold,
    restore_note,
    restore_promise,
    write_note,
)
from ui.components.dispute_dialog import dispute_dialog
from ui.components.hold_dialog import hold_dialog
from ui.components.note_dialog import note_dialog
from ui.components.promise_dialog import promise_dialog
from ui.components.sheet_desk import SheetDesk, about, ids
from ui.components.undo_bar import Undo
from ui.refusals import refusals_shown
from ui.translation import _

Rows = Sequence[ItemRow]


class AgreementGestures:
    """Stops, disputes, promises and notes: begun, corrected, ended, each undone."""

    def __init__(self, desk: SheetDesk) -> None:
        self._desk = desk
        self._run = desk.session.run

    def stop(self, rows: Rows = ()) -> None:
        """Stop dunning of the customer, or of items."""

        async def act(reason: str, ends_on: date | None) -> None:
            when, customer_id = self._desk.when(), self._desk.customer_id
            holds = await self._run(
                place_hold, customer_id, reason, ends_on, *when, ids(rows)
            )

            async def undo() -> None:
                for hold in holds:
                    await self._run(lift_hold, hold, *self._desk.when())

            await self._desk.done(_("The STOP is in place."), undo)

        hold_dialog(about(rows), act)

    def change_hold(self, hold: Hold) -> None:
        """Correct a stop."""

        async def act(reason: str, ends_on: date | None) -> None:
            await self._run(change_hold, hold, reason, ends_on, *self._desk.when())
            await self._desk.done(_("The STOP was changed."), self._restorer(hold))

        hold_dialog(self._about(hold), act, hold)

    async def lift(self, hold: Hold | None = None) -> None:
        """Lift a stop, the customer's own if none is named."""
        hold = hold or self._desk.sheet.hold
        if hold:
            with refusals_shown():
                await self._run(lift_hold, hold, *self._desk.when())
                await self._desk.done(_("The STOP was lifted."), self._restorer(hold))

    def dispute(self, rows: Rows = ()) -> None:
        """Note that the account or items are contested."""

        async def act(reason: str) -> None:
            when, customer_id = self._desk.when(), self._desk.customer_id
            opened = await self._run(
                open_dispute, customer_id, reason, *when, ids(rows)
            )

            async def undo() -> None:
                for dispute in opened:
                    await self._run(close_dispute, dispute, *self._desk.when())

            await self._desk.done(_("The dispute is open."), undo)

        dispute_dialog(about(rows), act)

    def change_dispute(self, dispute: Dispute) -> None:
        """Correct a dispute."""

        async def act(reason: str) -> None:
            await self._run(change_dispute, dispute, reason, *self._desk.when())
            words = _("The dispute was changed.")
            await self._desk.done(words, self._restorer(dispute))

        dispute_dialog(self._about(dispute), act, dispute)

    async def close_dispute(self, dispute: Dispute) -> None:
        """Close a dispute."""
        with refusals_shown():
            await self._run(close_dispute, dispute, *self._desk.when())
            words = _("The dispute is closed.")
            await self._desk.done(words, self._restorer(dispute))

    def promise(self, rows: Rows = ()) -> None:
        """Note a promise on the account or on items."""

        async def act(amount: Money, day: date) -> None:
            when, customer_id = self._desk.when(), self._desk.customer_id
            promises = await self._run(
                record_promise, customer_id, amount, day, *when, ids(rows)
            )

            async def undo() -> None:
                for promise in promises:
                    await self._run(cancel_promise, promise, *self._desk.when())

            await self._desk.done(_("The promise was noted."), undo)

        with refusals_shown():
            promise_dialog(about(rows), self._owed(rows), act)

    def _owed(self, rows: Rows) -> Money:
        """What is left of items, or of the account in the currency it owes most in.

        Raises:
            CurrenciesMixedError: the items are of several currencies.
        """
        if rows:
            return Money.total(row.item.left for row in rows)
        debits = [
            one.amounts for one in self._desk.sheet.accounts if one.amounts.is_debit
        ]
        return debits[0].balance if debits else Money(0)

    def change_promise(self, promise: Promise) -> None:
        """Correct a promise."""

        async def act(amount: Money, day: date) -> None:
            await self._run(change_promise, promise, amount, day, *self._desk.when())
            words = _("The promise was changed.")
            await self._desk.done(words, self._restorer(promise))

        promise_dialog(self._about(promise), promise.amount, act, promise.promised_for)

    async def cancel_promise(self, promise: Promise) -> None:
        """Cancel a promise."""
        with refusals_shown():
            await self._run(cancel_promise, promise, *self._desk.when())
            words = _("The promise was cancelled.")
            await self._desk.done(words, self._restorer(promise))

    def note(self, rows: Rows = ()) -> None:
        """Write a note on the customer or on items."""

        async def act(text: str) -> None:
            when, customer_id = self._desk.when(), self._desk.customer_id
            notes = await self._run(write_note, customer_id, text, *when, ids(rows))

            async def undo() -> None:
                for note in notes:
                    await self._run(remove_note, note, *self._desk.when())

            await self._desk.done(_("The note was kept."), undo)

        note_dialog(about(rows), act)

    def change_note(self, note: Note) -> None:
        """Correct a note."""

        async def act(text: str) -> None:
            await self._run(change_note, note, text, *self._desk.when())
            await self._desk.done(_("The note was changed."), self._restorer(note))

        note_dialog(self._about(note), act, note.text)

    async def remove_note(self, note: Note) -> None:
        """Take a note off the sheet."""
        with refusals_shown():
            await self._run(remove_note, note, *self._desk.when())
            await self._desk.done(_("The note was removed."), self._restorer(note))

    def _restorer(self, fact: Hold | Dispute | Promise | Note) -> Undo:
        """Make what puts a fact back as it was."""
        when = self._desk.when()
        if isinstance(fact, Hold):
            return self._desk.undoing(restore_hold, fact, *when)
        if isinstance(fact, Dispute):
            return self._desk.undoing(reopen_dispute, fact, *when)
        if isinstance(fact, Promise):
            return self._desk.undoing(restore_promise, fact, *when)
        return self._desk.undoing(restore_note, fact, *when)

    def _about(self, fact: Hold | Dispute | Promise | Note) -> str:
        """Name what a fact is about; empty for the whole account."""
        if fact.item_id is None:
            return ""
        reference = self._desk.sheet.reference(fact.item_id)
        return _("document {reference}", reference=reference or fact.item_id)
