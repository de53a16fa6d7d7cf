"""Window envelopes in use, and the part of a letter that each always shows.

A folded sheet slides in its envelope: what is always seen is the window less the play
the sheet has, and what may be seen is the window and that play. Millimetres from the
top left corner.
"""

from dataclasses import dataclass
from enum import StrEnum

SHEET_WIDTH, SHEET_HEIGHT = 210.0, 297.0


class Window(StrEnum):
    """An envelope, and the side of its window."""

    DL_RIGHT = "dl_right"
    DL_LEFT = "dl_left"
    C5_RIGHT = "c5_right"
    C5_LEFT = "c5_left"
    C4_RIGHT = "c4_right"
    C4_LEFT = "c4_left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle on a sheet or on an envelope."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From side to side."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """An envelope, its window, and how a letter is folded to go in."""

    width: float
    height: float
    window: Area
    """On the envelope."""
    folds: tuple[float, ...]
    """Where the sheet is folded, from its top."""
    address: Area
    """On the sheet: always seen, and where the post wants it."""
    grams: int
    """About what it weighs."""

    @property
    def always_seen(self) -> Area:
        """The part of the sheet that shows however it slides."""
        across, down = self._play
        window = self.window
        return Area(
            left=window.left,
            top=window.top,
            right=window.right - across,
            bottom=window.bottom - down,
        )

    @property
    def may_be_seen(self) -> Area:
        """The part of the sheet that may show: nothing else is printed there."""
        across, down = self._play
        window = self.window
        return Area(
            left=max(0.0, window.left - across),
            top=window.top - down,
            right=window.right,
            bottom=window.bottom,
        )

    @property
    def is_right(self) -> bool:
        """Whether the window is on the right, as the French post has it."""
        return self.window.left > self.width - self.window.right

    @property
    def _play(self) -> tuple[float, float]:
        folded = self.folds[0] if self.folds else SHEET_HEIGHT
        return self.width - SHEET_WIDTH, self.height - folded


_THIRDS, _HALF = (99.0, 198.0), (148.5,)

# DL right: La Poste's frame, 110 mm from the left and 55 from the top, in windows of
# 35 or 45 by 100 at 20 mm from the right and the bottom; the top of 45 is allowed for
# where nothing else may be printed. Left windows: DIN 680, 45 by 90 at 20 mm from the
# left. C5 and C4: measures usual in the trade, to be checked with the test page.
ENVELOPES = {
    Window.DL_RIGHT: Envelope(
        width=220,
        height=110,
        window=Area(left=100, top=45, right=200, bottom=90),
        folds=_THIRDS,
        address=Area(left=110, top=55, right=190, bottom=79),
        grams=5,
    ),
    Window.DL_LEFT: Envelope(
        width=220,
        height=110,
        window=Area(left=20, top=50, right=110, bottom=95),
        folds=_THIRDS,
        address=Area(left=22, top=55, right=100, bottom=79),
        grams=5,
    ),
    Window.C5_RIGHT: Envelope(
        width=229,
        height=162,
        window=Area(left=109, top=57, right=209, bottom=102),
        folds=_HALF,
        address=Area(left=110, top=59, right=190, bottom=83),
        grams=8,
    ),
    Window.C5_LEFT: Envelope(
        width=229,
        height=162,
        window=Area(left=20, top=57, right=110, bottom=102),
        folds=_HALF,
        address=Area(left=22, top=59, right=91, bottom=83),
        grams=8,
    ),
    Window.C4_RIGHT: Envelope(
        width=229,
        height=324,
        window=Area(left=99, top=57, right=209, bottom=107),
        folds=(),
        address=Area(left=110, top=57, right=190, bottom=80),
        grams=18,
    ),
    Window.C4_LEFT: Envelope(
        width=229,
        height=324,
        window=Area(left=20, top=57, right=110, bottom=112),
        folds=(),
        address=Area(left=22, top=58, right=91, bottom=82),
        grams=18,
    ),
}
