"""Short words on a tinted ground: states, levels, counts."""

from dataclasses import dataclass

from nicegui import ui

from ui import design
from ui.design import Tone
from ui.level_looks import look
from ui.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A word with its meaning, for a table's cell or anywhere else."""

    text: str
    tone: Tone = Tone.NEUTRAL
    icon: str = ""
    ground: str = ""
    """A colour the user chose, instead of the tone's."""
    ink: str = ""
    """The colour of the text on it; the one that reads best where none was chosen."""

    @property
    def style(self) -> str:
        """The CSS of a ground chosen by the user, and of its text."""
        if not self.ground:
            return ""
        ink = self.ink or design.text_on(self.ground)
        return f"background:{self.ground};color:{ink}"


def level(number: int) -> Badge:
    """Make the badge of a dunning level, such as R2, in the firm's colours."""
    one = look(number)
    return Badge(text=_("R{level}", level=number), ground=one.ground, ink=one.text)


def badge(shown: Badge) -> ui.element:
    """Draw a badge."""
    drawn = ui.element("span").classes(design.BADGE).classes(shown.tone.css)
    with drawn.style(shown.style):
        if shown.icon:
            ui.icon(shown.icon).props("aria-hidden=true")
        ui.label(shown.text)
    return drawn
