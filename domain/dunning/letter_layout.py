"""How a firm's letters look: chosen once, and the same for every letter."""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.basics.errors import DunningError
from domain.basics.identifiers import DocumentId
from domain.basics.text import squeezed
from domain.dunning.envelopes import ENVELOPES, Envelope, Window

HEAD_LINES = 3


class LetterFont(StrEnum):
    """A typeface that ships: accents, and digits of one width."""

    SANS = "sans"
    SERIF = "serif"


class BatchOrder(StrEnum):
    """In which order letters come out of the printer."""

    POSTCODE = "postcode"
    CUSTOMER = "customer"
    AMOUNT = "amount"


class LayoutNumberError(DunningError):
    """A measure would push a letter off its sheet."""

    message = "A measure is out of its limits: choose from {least} to {most}."


class LayoutColourError(DunningError):
    """A colour must be one, and dark enough to be read on paper."""

    message = "This colour is too light to be read on paper: {colour}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLayout:
    """What a firm chose for its letters; the defaults are those that ship."""

    window: Window = Window.DL_RIGHT
    offset_x: int = 0
    """Tenths of a millimetre by which the address moves right."""
    offset_y: int = 0
    """Tenths of a millimetre by which it moves down."""
    has_fold_marks: bool = True
    margin_left: int = 22
    """Millimetres."""
    margin_right: int = 20
    margin_top: int = 15
    margin_bottom: int = 21
    font: LetterFont = LetterFont.SANS
    text_size: int = 95
    """Tenths of a point."""
    colour: str = "#12436d"
    """Of titles and rules."""
    logo_height: int = 14
    """Millimetres at most."""
    head: str = ""
    """Lines under the firm's address."""
    foot: str = ""
    """Line above the firm's legal particulars."""
    signature: DocumentId | None = None
    """Picture printed above the name of who signs."""
    batch_order: BatchOrder = BatchOrder.POSTCODE
    is_archival: bool = False
    """Letters are PDF/A-3, with their items as data."""

    @property
    def head_lines(self) -> tuple[str, ...]:
        """The lines of the head that are not blank."""
        stripped = (squeezed(line) for line in self.head.splitlines())
        return tuple(line for line in stripped if line)[:HEAD_LINES]

    @property
    def envelope(self) -> Envelope:
        """The envelope in use."""
        return ENVELOPES[self.window]


AS_SHIPPED = LetterLayout()
LIMITS = {
    "offset_x": (-80, 80),
    "offset_y": (-80, 80),
    "margin_left": (20, 30),
    "margin_right": (10, 25),
    "margin_top": (12, 25),
    "margin_bottom": (18, 35),
    "text_size": (85, 110),
    "logo_height": (8, 24),
}
"""Least and most of each measure."""
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_LEAST_CONTRAST = 4.5
"""Of text on white: WCAG 2.2, 1.4.3."""
_DARK = 0.04045
"""Below it, sRGB is linear."""


def check_layout(layout: LetterLayout) -> None:
    """Refuse a layout that could not be printed or read.

    Raises:
        LayoutNumberError: a measure is out of its limits.
        LayoutColourError: the colour cannot be read on white.
    """
    for field, (least, most) in LIMITS.items():
        if not least <= getattr(layout, field) <= most:
            raise LayoutNumberError(least=least, most=most)
    colour = layout.colour
    if not _COLOUR.fullmatch(colour) or contrast_on_white(colour) < _LEAST_CONTRAST:
        raise LayoutColourError(colour=colour)


def contrast_on_white(colour: str) -> float:
    """Measure how well a colour « #rrggbb » reads on paper, from 1 to 21."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [
        part / 12.92 if part <= _DARK else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    weights = (0.2126, 0.7152, 0.0722)
    luminance = sum(w * part for w, part in zip(weights, linear, strict=True))
    return 1.05 / (luminance + 0.05)
