"""What is not proposed today, and why: nothing is left out in silence."""

from collections.abc import Sequence

from nicegui import ui

from domain.dunning.planned import Exclusion
from domain.usecases.acting import LeftOutRow
from ui import addresses, design, formatting, reason_words
from ui.components.text import secondary
from ui.translation import _, ngettext

_SHOWN = 100


def left_out_list(rows: Sequence[LeftOutRow]) -> None:
    """Draw a folded list of the customers left out, with the reason of each item."""
    if not rows:
        return
    heading = ngettext(
        "{count} customer with something left aside",
        "{count} customers with something left aside",
        len(rows),
    )
    folded = ui.expansion(heading, icon="rule").classes(design.LEFT_OUT)
    folded.mark("left-out")
    drawn = False

    def unfold() -> None:
        nonlocal drawn
        if not drawn:
            drawn = True
            with folded:
                _table(rows)

    folded.on_value_change(unfold)


def _table(rows: Sequence[LeftOutRow]) -> None:
    with ui.element("div").classes(design.PLAIN_TABLE):
        for row in rows[:_SHOWN]:
            for exclusion, items in _by_reason(row).items():
                with ui.element("div").classes(design.PLAIN_ROW):
                    ui.link(row.customer.name, addresses.customer(row.customer.id))
                    ui.label(reason_words.reason(exclusion))
                    ui.label(", ".join(items)).classes(design.SECONDARY_TEXT)
    if len(rows) > _SHOWN:
        secondary(
            _(
                "Only the first {shown} customers are shown here.",
                shown=formatting.count(_SHOWN),
            )
        )


def _by_reason(row: LeftOutRow) -> dict[Exclusion, list[str]]:
    groups: dict[Exclusion, list[str]] = {}
    for one in row.items:
        groups.setdefault(one.exclusions[0], []).append(one.item.reference)
    return groups
