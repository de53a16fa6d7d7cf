"""What is decided about items: level, expected date, exclusion, free fields."""

from collections.abc import Sequence
from datetime import date

from domain.customers.free_fields import ItemFields
from domain.usecases.account_rows import ItemRow
from domain.usecases.excluding import set_excluded
from domain.usecases.free_fields import save_item_fields
from domain.usecases.levels import LevelMove, change_levels, take_back
from domain.usecases.repositioning import (
    cancel_expected_dates,
    reposition,
    restore_expected_dates,
)
from ui.components.item_fields_dialog import item_fields_dialog
from ui.components.level_dialog import level_dialog
from ui.components.reposition_dialog import reposition_dialog
from ui.components.sheet_desk import SheetDesk, about, ids
from ui.refusals import refusals_shown
from ui.translation import _, ngettext

Rows = Sequence[ItemRow]


class ItemGestures:
    """The gestures on one item or several, each undone as a whole."""

    def __init__(self, desk: SheetDesk) -> None:
        self._desk = desk
        self._run = desk.session.run

    def level(self, rows: Rows) -> None:
        """Change the level of items by hand."""

        async def act(wanted: LevelMove | int, reason: str) -> None:
            when, customer_id = self._desk.when(), self._desk.customer_id
            lines = await self._run(
                change_levels, customer_id, ids(rows), wanted, reason, *when
            )
            undo = self._desk.undoing(take_back, customer_id, lines, *self._desk.when())
            await self._desk.done(_("The level was changed."), undo)

        now_at = max(row.position.level for row in rows)
        level_dialog(about(rows), now_at, act)

    def reposition(self, rows: Rows) -> None:
        """Expect items on another day; reminders do not move."""

        async def act(day: date, reason: str) -> None:
            when, customer_id = self._desk.when(), self._desk.customer_id
            dates = await self._run(
                reposition, customer_id, ids(rows), day, reason, *when
            )
            undo = self._desk.undoing(cancel_expected_dates, dates, *self._desk.when())
            await self._desk.done(_("The expected date was changed."), undo)

        known = [row.expected.expected_on for row in rows if row.expected]
        reposition_dialog(about(rows), known[0] if known else None, act)

    async def forget_expected(self, rows: Rows) -> None:
        """Expect items on their due dates again."""
        dates = [row.expected for row in rows if row.expected]
        if dates:
            with refusals_shown():
                await self._run(cancel_expected_dates, dates, *self._desk.when())
                undo = self._desk.undoing(
                    restore_expected_dates, dates, *self._desk.when()
                )
                await self._desk.done(_("The due date counts again."), undo)

    async def exclude(self, rows: Rows) -> None:
        """Leave items out of dunning for good; in again where all are out already."""
        excluded = not all(row.is_excluded for row in rows)
        when, customer_id = self._desk.when(), self._desk.customer_id
        with refusals_shown():
            changed = await self._run(
                set_excluded, customer_id, ids(rows), *when, excluded=excluded
            )

            async def undo() -> None:
                await self._run(
                    set_excluded,
                    customer_id,
                    changed,
                    *self._desk.when(),
                    excluded=not excluded,
                )

            words = (
                ngettext(
                    "{count} document is left out of dunning.",
                    "{count} documents are left out of dunning.",
                    len(changed),
                )
                if excluded
                else ngettext(
                    "{count} document is reminded again.",
                    "{count} documents are reminded again.",
                    len(changed),
                )
            )
            await self._desk.done(words, undo)

    def fields(self, rows: Rows) -> None:
        """Fill in the free fields of an item."""
        (row,) = rows
        sheet = self._desk.sheet
        before = row.fields or ItemFields(
            item_id=row.item.id,
            entity_id=sheet.customer.entity_id,
            customer_id=sheet.customer.id,
        )

        async def act(changed: ItemFields) -> None:
            await self._run(save_item_fields, changed)
            undo = self._desk.undoing(save_item_fields, before)
            await self._desk.done(_("The free fields were saved."), undo)

        item_fields_dialog(about([row]), sheet.field_names.item, before, act)
