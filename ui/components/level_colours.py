"""« Personnalisation »: the colours of each level, tried as chosen (row E9)."""

from collections.abc import Awaitable, Callable, Mapping
from fractions import Fraction

from nicegui import ui

from ui import design, formatting
from ui.components.badge import Badge, badge
from ui.components.buttons import secondary_button
from ui.components.text import secondary
from ui.design import Tone
from ui.level_looks import READABLE, LevelLook, as_options, look
from ui.refusals import refusals_shown
from ui.translation import _


class LevelColours:
    """A ground and a text for each level; what reads badly is said at once."""

    def __init__(
        self, highest: int, on_save: Callable[[Mapping[str, str]], Awaitable[None]]
    ) -> None:
        self._levels = range(highest + 1)
        self._on_save = on_save
        self._fields: dict[int, tuple[ui.color_input, ui.color_input]] = {}
        for n in self._levels:
            with ui.element("div").classes(design.LEVEL_COLOURS_PAIR):
                self._fields[n] = self._pair(n)
        self._seen()
        with ui.element("div").classes(design.ROW):
            secondary_button(_("Save the colours"), self._save).mark("save-colours")
            secondary(
                _(
                    "Without a text colour, the one that reads best is taken and a row "
                    "takes a little of its ground; with one, a row takes both."
                )
            )

    def _pair(self, n: int) -> tuple[ui.color_input, ui.color_input]:
        now = look(n)
        label = _("Rows at R{level}", level=n) if n else _("Never reminded")
        text = _("Text at R{level}", level=n) if n else _("Text, never reminded")
        return (
            self._field(label, now.ground, f"colour-{n}"),
            self._field(text, now.text, f"text-colour-{n}"),
        )

    def _field(self, label: str, value: str, name: str) -> ui.color_input:
        field = ui.color_input(label, value=value, on_change=self._seen.refresh)
        field.props(design.INPUT).mark(name)
        return field

    def _typed(self) -> dict[int, LevelLook]:
        return {
            n: LevelLook(ground=ground.value or "", text=text.value or "")
            for n, (ground, text) in self._fields.items()
        }

    @ui.refreshable_method
    def _seen(self) -> None:
        """Show each level as it would be, and which ones read badly."""
        looks = {n: one.understood for n, one in self._typed().items()}
        with ui.element("div").classes(design.ROW).mark("colours-seen"):
            for n, one in looks.items():
                words = _("R{level}", level=n) if n else _("Never reminded")
                badge(Badge(text=words, ground=one.ground, ink=one.text))
        for n, one in looks.items():
            if not one.is_readable:
                self._warn(n, one)

    def _warn(self, n: int, one: LevelLook) -> None:
        with ui.element("div").classes(design.ROW).mark(f"unreadable-{n}"):
            badge(Badge(text=_("hard to read"), tone=Tone.WARNING, icon="contrast"))
            ui.label(
                _(
                    "{level}: contrast {ratio}, where {least} is needed to read well.",
                    level=_("R{level}", level=n) if n else _("Never reminded"),
                    ratio=_ratio(one.contrast),
                    least=_ratio(READABLE),
                )
            )

    async def _save(self) -> None:
        with refusals_shown():
            await self._on_save(as_options(self._typed()))


def _ratio(value: float) -> str:
    tenths = Fraction(int(value * 10), 10)  # never more than it is
    return f"{formatting.tenths(tenths)}:1"
