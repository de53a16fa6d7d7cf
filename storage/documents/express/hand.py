"""Words shaped as WeasyPrint shapes them."""

from dataclasses import dataclass
from typing import Any

from weasyprint.draw.text import draw_first_line
from weasyprint.matrix import Matrix
from weasyprint.text.line_break import create_layout, line_size

# All that the shape of a text depends on: texts alike in these share a hand.
_LOOK = (
    "font_family",
    "font_size",
    "font_weight",
    "font_style",
    "font_stretch",
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
    "font_variation_settings",
    "font_language_override",
    "lang",
    "direction",
    "letter_spacing",
    "overflow_wrap",
)
# Glyphs that the fonts of a form hold, whatever its first letter says.
_ALPHABET = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 "
    "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆ àâäçéèêëîïôöùûüÿœæ .,;:!?…'’\"«»()/-–−&+%€°*@_•=#\u00a0 "
    "fi fl ff ffi ffl"
)
_MOST_KEPT = 2000
_UPRIGHT = Matrix(d=-1)


@dataclass(frozen=True, slots=True)
class Shaped:
    """Words as a PDF draws them, without a place."""

    width: float
    drawn: bytes
    """The font, its size and the glyphs."""


@dataclass(slots=True)
class _Text:
    """As much of a text box as its drawing reads."""

    text: str
    style: Any
    pango_layout: Any


class Hand:
    """Writes in one look, with the glyphs that the fonts of its form hold."""

    def __init__(self, style: Any, stream: Any) -> None:  # noqa: ANN401 - WeasyPrint ships no types
        self._style, self._stream = style, stream.clone(compress=False)
        self._layout = create_layout("", style, None, None, 0)
        self._fonts: dict[int, Any] = stream._fonts  # noqa: SLF001 - pinned
        self._kept: dict[str, Shaped | None] = {}
        self._opening = self._draw("A")[1].partition(b" Tf")[0]
        key = self._opening.split()[0].decode().removeprefix("/")
        self._font = next(font for font in self._fonts.values() if font.hash == key)
        self._glyphs = 0

    def learn_alphabet(self) -> None:
        """Have its font hold usual letters; no other font comes in for them."""
        before = len(self._fonts)
        self._draw(_ALPHABET)
        self._forget_fonts(before)

    def end_of_lessons(self) -> None:
        """Know what its font holds, which is now written."""
        self._glyphs = len(self._font.to_unicode)

    def shape(self, text: str) -> Shaped | None:
        """Shape words; None where their glyphs are not all in its font."""
        if text not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[text] = self._shape(text)
        return self._kept[text]

    def _shape(self, text: str) -> Shaped | None:
        before = len(self._fonts)
        width, drawn, fonts_set = self._draw(text)
        if len(self._fonts) > before or len(self._font.to_unicode) > self._glyphs:
            self._forget_fonts(before)
            while len(self._font.to_unicode) > self._glyphs:
                self._font.to_unicode.popitem()
            return None
        if fonts_set != 1 or not drawn.startswith(self._opening):
            return None
        return Shaped(width, drawn)

    def _forget_fonts(self, count: int) -> None:
        while len(self._fonts) > count:
            self._fonts.popitem()

    def _draw(self, text: str) -> tuple[float, bytes, int]:
        """Draw words as WeasyPrint does; tells how often it chose a font."""
        self._layout.set_text(text)
        line, _rest = self._layout.get_first_line()
        width, _height = line_size(line, self._style)
        stream = self._stream
        stream.stream.clear()
        stream._current_font = None  # noqa: SLF001
        written = _Text(text, self._style, self._layout)
        draw_first_line(stream, written, "clip", "none", _UPRIGHT)
        # The first of what it wrote is the place.
        drawn = stream.stream[1:]
        fonts_set = sum(one.endswith(b" Tf") for one in drawn)
        return width, without_zeros(b"\n".join(drawn)), fonts_set


def without_zeros(drawn: bytes) -> bytes:
    """Draw glyphs side by side where WeasyPrint moves the next one by nothing."""
    return drawn.replace(b">0<", b"").replace(b">0]", b">]")


def look_of(style: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Tell the look of a text from all others."""
    return tuple(str(style[name]) for name in _LOOK)
