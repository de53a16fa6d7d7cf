"""A date, typed JJ/MM/AAAA or picked in a calendar."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

from nicegui import events, ui

from domain.basics.errors import DunningError
from ui import design, formatting
from ui.components.buttons import icon_button
from ui.translation import _

_TYPED = len("DD/MM/YYYY")


class DayNotUnderstoodError(DunningError):
    """What was typed is no day of the calendar."""

    message = "“{typed}” is not a date: type it as DD/MM/YYYY."


class DateInput:
    """A field for a day; ``day`` reads it."""

    def __init__(self, label: str, day: date | None = None) -> None:
        self._field = ui.input(label, value=formatting.day(day) if day else "")
        self._field.props(design.INPUT).props(design.DAY_MASK)
        self._field.props["placeholder"] = _("DD/MM/YYYY")
        self._field.props["inputmode"] = "numeric"
        with self._field, ui.menu().props("no-parent-event") as menu:
            calendar = ui.date(mask="DD/MM/YYYY", on_change=menu.close)
            calendar.bind_value(self._field).props("minimal")
        with self._field.add_slot("append"):
            icon_button("event", _("Open the calendar"), menu.open)

    @property
    def day(self) -> date | None:
        """The day typed; None when nothing is.

        Raises:
            DayNotUnderstoodError: it is no day of the calendar.
        """
        typed = (self._field.value or "").strip()
        return read_day(typed) if typed else None

    @property
    def typed_day(self) -> date | None:
        """The day typed so far; None while it is no whole day."""
        try:
            return self.day
        except DayNotUnderstoodError:
            return None

    def on_change(self, told: Callable[[], Any]) -> None:
        """Tell of every change, whole day or not."""
        self._field.on_value_change(told)

    def autofocus(self) -> "DateInput":
        """Put the cursor in it when its dialog opens."""
        self._field.props("autofocus")
        return self

    def on_day(self, chosen: Callable[[date], Any]) -> None:
        """Tell whenever a whole day has been typed or picked."""

        def changed(event: events.ValueChangeEventArguments[str | None]) -> None:
            with suppress(DayNotUnderstoodError):
                if len(event.value or "") == _TYPED:
                    chosen(read_day(event.value or ""))

        self._field.on_value_change(changed)

    def mark(self, name: str) -> "DateInput":
        """Name it for the tests."""
        self._field.mark(name)
        return self


def read_day(typed: str) -> date:
    """Read a day as the French write it."""
    try:
        day, month, year = (int(part) for part in typed.split("/"))
        return date(year, month, day)
    except ValueError as problem:
        raise DayNotUnderstoodError(typed=typed) from problem
