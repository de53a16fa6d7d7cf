"""« Déplacer vers… »: the week in which items are now expected."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from nicegui import ui

from domain.dashboard.forecast import ColumnKind, ForecastColumn
from ui import design, forecast_words, formatting
from ui.components.buttons import quiet_button
from ui.components.dialog import page_dialog
from ui.components.text import paragraph, section_title
from ui.refusals import refusals_shown
from ui.translation import _


def move_dialog(
    about: str,
    columns: Sequence[ForecastColumn],
    move: Callable[[ForecastColumn], Awaitable[None]],
    forget: Callable[[], Awaitable[None]] | None,
) -> None:
    """Let the user choose a week; ``forget`` goes back to the day foreseen."""

    async def then(gesture: Callable[[], Awaitable[None]]) -> None:
        dialog.close()
        with refusals_shown():
            await gesture()

    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG):
        section_title(_("Move {about} to…", about=about))
        paragraph(_("The forecast follows; due dates and reminders stay as they are."))
        with ui.element("div").classes(design.FORECAST_WEEKS):
            for rank, column in enumerate(columns):
                if column.kind not in {ColumnKind.WEEK, ColumnKind.LATER}:
                    continue
                button = quiet_button("", partial(then, partial(move, column)))
                with button.mark(f"to-{rank}"):
                    ui.label(forecast_words.heading(column))
                    ui.label(formatting.money(column.amount)).classes(design.AMOUNT)
        with ui.element("div").classes(design.PAGE_ACTIONS):
            if forget:
                quiet_button(_("Back to the day foreseen"), partial(then, forget)).mark(
                    "forget"
                )
            quiet_button(_("Cancel"), dialog.close)
    dialog.on("hide", dialog.delete)
    dialog.open()
