"""What is done to the ticked items of an account, all at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from domain.basics.money import Money
from domain.usecases.account_rows import ItemRow
from ui import design, formatting
from ui.components.buttons import quiet_button
from ui.translation import _, ngettext

OnRows = Callable[[Sequence[ItemRow]], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGesture:
    """A gesture on items: its words, its key, what it does."""

    name: str
    words: str
    act: OnRows
    key: str = ""


class TickedBar:
    """Counts and adds up what is ticked, and offers the gestures on it."""

    def __init__(self, gestures: Sequence[RowGesture]) -> None:
        self.rows: list[ItemRow] = []
        self._buttons: dict[str, ui.button] = {}
        with ui.element("div").classes(design.TICKED_BAR) as self._bar:
            self._bar.props["role"] = "toolbar"
            self._bar.props["aria-label"] = _("Gestures on what is ticked")
            self._told = ui.label("").classes(design.STRONG)
            with ui.element("div").classes(design.ROW):
                for gesture in gestures:
                    self._draw(gesture)
        self._bar.visible = False

    def _draw(self, gesture: RowGesture) -> None:
        button = quiet_button(gesture.words, lambda: gesture.act(self.rows))
        button.mark(f"ticked-{gesture.name}").tooltip(gesture.key.upper())
        button.props["data-key"] = gesture.key
        button.props["aria-keyshortcuts"] = gesture.key.upper()
        self._buttons[gesture.name] = button

    def show(self, rows: list[ItemRow]) -> None:
        """Tell what is ticked; nothing ticked, nothing shown."""
        self.rows = rows
        self._bar.visible = bool(rows)
        counted = ngettext("{count} ticked", "{count} ticked", len(rows))
        self._told.text = f"{counted} · {_sums(rows)}"
        is_out = bool(rows) and all(row.is_excluded for row in rows)
        if "exclude" in self._buttons:
            words = _("Remind again") if is_out else _("Exclude")
            self._buttons["exclude"].text = words


def _sums(rows: Sequence[ItemRow]) -> str:
    """Add up what is left, currency by currency."""
    sums: Mapping[str, Money] = {}
    for row in rows:
        left = row.item.left
        total = sums.get(left.currency, Money(0, left.currency)) + left
        sums = {**sums, left.currency: total}
    return " · ".join(formatting.money(total) for total in sums.values())
