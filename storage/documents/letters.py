"""From the content of a letter to its HTML."""

from base64 import b64encode
from functools import cache, lru_cache
from io import BytesIO

import segno
from fontTools.ttLib import TTFont
from markupsafe import Markup

from domain.basics.postal import LINES_AT_HOME
from domain.dunning.case_file import PrintedSheet
from domain.dunning.letter import LetterContent
from domain.dunning.printed_list import PrintedList
from storage.documents.logo import printable_logo
from storage.documents.templates import FOLDER, environment

# The part of the paper that a window envelope always shows is 80 mm wide; a hair
# is left for rounding. Seven lines need smaller letters than six.
_ADDRESS_WIDTH_MM = 79.5
_ADDRESS_PT = 9.5
_SEVEN_LINES_PT = 8.5
_MM_PER_PT = 25.4 / 72
# Among eight equal patterns, always the same: the choice takes longer than the code.
_QR_MASK = 3


def letter_html(letter: LetterContent, *, stylesheet: str = "") -> str:
    """Lay a letter out; with a stylesheet it can be shown on its own."""
    template = environment().get_template("letters/base.html")
    payload = letter.payment.qr_payload if letter.payment else ""
    return template.render(
        letter=letter,
        stylesheet=Markup(stylesheet),  # noqa: S704 - our own file
        logo=logo_uri(letter.sender.logo),
        qr=qr_uri(payload) if payload else "",
        recipient_size=recipient_size(letter.recipient_lines),
    )


def list_html(content: PrintedList) -> str:
    """Lay a list of customers out, under the firm's name."""
    template = environment().get_template("lists/customers.html")
    return template.render(listing=content, logo=logo_uri(content.sender.logo))


def sheet_html(sheet: PrintedSheet) -> str:
    """Lay out a sheet of the firm's own."""
    return environment().get_template("lists/sheet.html").render(sheet=sheet)


@cache
def stylesheet() -> str:
    """Read the letters' style."""
    return (FOLDER / "letters" / "letter.css").read_text(encoding="utf-8")


def qr_uri(payload: str) -> str:
    """Draw a SEPA QR code inside the page itself."""
    return f"data:image/png;base64,{b64encode(qr_png(payload)).decode()}"


def qr_png(payload: str) -> bytes:
    """Draw a SEPA QR code: correction M, in UTF-8 as its text says.

    A picture of four dots a module: WeasyPrint draws shapes far slower, and some
    printers blur smaller pictures.
    """
    code = segno.make(
        payload,
        error="m",
        boost_error=False,
        micro=False,
        encoding="utf-8",
        mask=_QR_MASK,
    )
    written = BytesIO()
    code.save(written, kind="png", scale=4, border=0)
    return written.getvalue()


@lru_cache(8)
def logo_uri(logo: bytes | None) -> str:
    """Make a logo fit for print, inside the page itself; empty if it is damaged."""
    printable = printable_logo(logo) if logo else None
    if printable is None:
        return ""
    content, mime = printable
    return f"data:{mime};base64,{b64encode(content).decode()}"


def recipient_size(lines: tuple[str, ...]) -> float:
    """Choose the size, in points, at which every line fits the window."""
    largest = _SEVEN_LINES_PT if len(lines) > LINES_AT_HOME else _ADDRESS_PT
    widest = max((_width_in_ems(line) for line in lines), default=0.0)
    if not widest:
        return largest
    fitting = _ADDRESS_WIDTH_MM / (widest * _MM_PER_PT)
    return min(largest, int(fitting * 10) / 10)


def _width_in_ems(line: str) -> float:
    widths = _character_widths()
    return sum(widths.get(char, 1.0) for char in line)


@cache
def _character_widths() -> dict[str, float]:
    """Read how wide each letter of our font is, as a part of its size."""
    with TTFont(FOLDER / "fonts" / "IBMPlexSans-Regular.woff2", lazy=True) as font:
        size, advances = font["head"].unitsPerEm, font["hmtx"]
        return {
            chr(code): advances[glyph][0] / size
            for code, glyph in font.getBestCmap().items()
        }
