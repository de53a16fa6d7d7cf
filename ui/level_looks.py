"""The colours of levels: ours, or those that the user chose for the firm (row E9)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from domain.basics.errors import DunningError
from ui import design

READABLE = 4.5
"""The least contrast of WCAG AA for a text."""
_GROUND, _TEXT = "colour ", "text colour "
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_chosen: dict[int, "LevelLook"] = {}
"""Of the firm on screen: one window shows one firm."""


class ColourNotUnderstoodError(DunningError):
    """A colour is written with six digits, so that its contrast is known."""

    message = "“{typed}” is not a colour: choose one, or leave it empty."


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLook:
    """The ground of a level, and of its text; empty for what was not chosen."""

    ground: str = ""
    text: str = ""

    @property
    def ink(self) -> str:
        """The colour that the text has on the ground."""
        return self.text or design.text_on(self.ground)

    @property
    def understood(self) -> "LevelLook":
        """Leave out what is no colour, such as one typed halfway."""
        ground, text = (
            c if _HEX.fullmatch(c) else "" for c in (self.ground, self.text)
        )
        return LevelLook(ground=ground, text=text if ground else "")

    @property
    def contrast(self) -> float:
        """How far the text stands out."""
        return design.contrast(self.ink, self.ground)

    @property
    def is_readable(self) -> bool:
        """Whether anybody can read it."""
        return not self.ground or self.contrast >= READABLE


def use(options: Mapping[str, str]) -> None:
    """Draw levels from now on in the colours kept among a list's options."""
    _chosen.clear()
    for name, colour in options.items():
        level = name.removeprefix(_TEXT).removeprefix(_GROUND)
        if level.isdecimal() and _HEX.fullmatch(colour):
            known = _chosen.get(int(level), LevelLook())
            is_text = name.startswith(_TEXT)
            _chosen[int(level)] = LevelLook(
                ground=known.ground if is_text else colour,
                text=colour if is_text else known.text,
            )


def look(level: int) -> LevelLook:
    """Tell the colours of a level; an item never reminded has none of its own."""
    chosen = _chosen.get(level, LevelLook())
    ours = design.level_colour(level) if level else ""
    ground = chosen.ground or ours
    return LevelLook(ground=ground, text=chosen.text if ground else "")


def as_options(looks: Mapping[int, LevelLook]) -> dict[str, str]:
    """Write chosen colours as a list's options.

    Raises:
        ColourNotUnderstoodError: one is none.
    """
    options = {}
    for level, one in looks.items():
        for name, colour in ((_GROUND, one.ground), (_TEXT, one.text)):
            if colour and not _HEX.fullmatch(colour):
                raise ColourNotUnderstoodError(typed=colour)
            options[f"{name}{level}"] = colour
    return options
