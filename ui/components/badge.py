"""Short words on a tinted ground: states, levels, counts."""

from dataclasses import dataclass

from nicegui import ui

from ui import design
from ui.design import Tone
from ui.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A word with its meaning, for a table's cell or anywhere else."""

    text: str
    tone: Tone = Tone.NEUTRAL
    icon: str = ""
    ground: str = ""
    """A colour the user chose, instead of the tone's."""

    @property
    def style(self) -> str:
        """The CSS of a ground chosen by the user, its text kept readable."""
        if not self.ground:
            return ""
        return f"background:{self.ground};color:{design.text_on(self.ground)}"


def level(number: int, ground: str = "") -> Badge:
    """Make the badge of a dunning level, such as R2."""
    return Badge(
        text=_("R{level}", level=number), ground=ground or design.level_colour(number)
    )


def badge(shown: Badge) -> ui.element:
    """Draw a badge."""
    drawn = ui.element("span").classes(design.BADGE).classes(shown.tone.css)
    with drawn.style(shown.style):
        if shown.icon:
            ui.icon(shown.icon).props("aria-hidden=true")
        ui.label(shown.text)
    return drawn
