"""« Colonnes »: which columns a list shows, and in which order."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from nicegui import ui

from domain.basics.errors import DunningError
from ui import design
from ui.components.buttons import icon_button
from ui.components.form_dialog import form_dialog
from ui.components.table_cells import Column
from ui.translation import _


class NoColumnError(DunningError):
    """A list without a column shows nothing."""

    message = "Keep at least one column."


def chosen_columns(
    columns: Sequence[Column], names: Sequence[str], hidden: frozenset[str]
) -> list[Column]:
    """Find the columns to show; names that no longer exist are ignored."""
    known = {column.name: column for column in columns}
    kept = [known[name] for name in dict.fromkeys(names) if name in known]
    return kept or [column for column in columns if column.name not in hidden]


def column_chooser(
    columns: Sequence[Column],
    shown: Sequence[Column],
    on_choice: Callable[[list[str]], Awaitable[None]],
) -> None:
    """Open a dialog to tick columns and move them."""
    names = {column.name for column in shown}
    ticked = {column.name: column.name in names for column in columns}
    order = [*shown, *(column for column in columns if column.name not in names)]

    async def save() -> None:
        kept = [column.name for column in order if ticked[column.name]]
        if not kept:
            raise NoColumnError
        await on_choice(kept)

    def move(place: int, by: int) -> None:
        order.insert(place + by, order.pop(place))
        rows.refresh()

    @ui.refreshable
    def rows() -> None:
        for place, column in enumerate(order):
            with ui.element("div").classes(design.COLUMN_ROW):
                box = ui.checkbox(column.label, value=ticked[column.name])
                box.props("dense").bind_value_to(ticked, column.name).mark(
                    f"column-{column.name}"
                )
                up = icon_button(
                    "arrow_upward",
                    _("Move “{column}” up", column=column.label),
                    partial(move, place, -1),
                )
                up.set_enabled(place > 0)
                down = icon_button(
                    "arrow_downward",
                    _("Move “{column}” down", column=column.label),
                    partial(move, place, 1),
                )
                down.set_enabled(place < len(order) - 1)

    with (
        form_dialog(_("Columns"), _("Show these columns"), save),
        ui.element("div").classes(design.COLUMN_ROWS),
    ):
        rows()
