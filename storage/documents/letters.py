"""From the content of a letter to its HTML."""

from base64 import b64encode
from functools import cache, lru_cache
from typing import Any

from fontTools.ttLib import TTFont
from markupsafe import Markup

from domain.basics.postal import LINES_ABROAD, LINES_AT_HOME
from domain.dunning.calibration import CROSS_MM, CalibrationPage
from domain.dunning.case_file import PrintedSheet
from domain.dunning.envelopes import SHEET_WIDTH
from domain.dunning.letter import LetterContent
from domain.dunning.letter_layout import LetterFont, LetterLayout
from domain.dunning.posting import PostingSlip
from domain.dunning.printed_list import PrintedList
from storage.documents.codes import qr_png
from storage.documents.logo import printable_logo
from storage.documents.templates import FOLDER, environment

# Of the part of the paper that a window envelope always shows, a hair is left for
# rounding. Seven lines need smaller letters than six.
_HAIR_MM = 0.5
_GUTTER_MM = 2
_BODY_TOP_MM = 92
_ADDRESS_LINE_MM = 4
_LINE_HEIGHT = 13.2 / 9.5
_ADDRESS_PT = 9.5
_SEVEN_LINES_PT = 8.5
_MM_PER_PT = 25.4 / 72


def letter_html(letter: LetterContent, *, stylesheet: str = "", code: str = "") -> str:
    """Lay a letter out; with a stylesheet it can be shown on its own.

    ``code`` stands for the address of the picture of its code to pay.
    """
    template = environment().get_template("letters/base.html")
    payload = letter.payment.qr_payload if letter.payment else ""
    return template.render(
        letter=letter,
        stylesheet=Markup(stylesheet),  # noqa: S704 - our own file
        logo=logo_uri(letter.sender.logo),
        qr=code or qr_uri(payload) if payload else "",
        signature=logo_uri(letter.sender.signature),
        recipient_size=recipient_size(
            letter.recipient_lines, letter.layout.envelope.address.width
        ),
    )


def list_html(content: PrintedList) -> str:
    """Lay a list of customers out, under the firm's name."""
    template = environment().get_template("lists/customers.html")
    return template.render(listing=content, logo=logo_uri(content.sender.logo))


def slip_html(slip: PostingSlip) -> str:
    """Lay a posting slip out, or the cover of a batch."""
    return environment().get_template("lists/posting.html").render(slip=slip)


def calibration_html(page: CalibrationPage) -> str:
    """Draw the test page: rulers, the window, an address in it."""
    envelope = page.layout.envelope
    areas = (("kept", envelope.may_be_seen), ("seen", envelope.always_seen))
    return (
        environment()
        .get_template("letters/calibration.html")
        .render(
            page=page,
            cross=CROSS_MM,
            areas=areas,
            size=recipient_size(page.sample, envelope.address.width),
            **_address_place(page.layout),
        )
    )


def _address_place(layout: LetterLayout) -> dict[str, Any]:
    address = layout.envelope.address
    lines = min(_ADDRESS_LINE_MM, address.height / LINES_AT_HOME)
    return {
        "address": address,
        "address_left": address.left + layout.offset_x / 10,
        "address_top": address.top + layout.offset_y / 10,
        "address_line": round(lines, 2),
    }


def sheet_html(sheet: PrintedSheet) -> str:
    """Lay out a sheet of the firm's own."""
    return environment().get_template("lists/sheet.html").render(sheet=sheet)


@cache
def stylesheet() -> str:
    """Read the style that all letters share."""
    return (FOLDER / "letters" / "letter.css").read_text(encoding="utf-8")


@lru_cache(8)
def layout_style(layout: LetterLayout) -> str:
    """Write the style that a firm chose for its letters, after the shared one."""
    width = SHEET_WIDTH - layout.margin_left - layout.margin_right
    envelope, kept = layout.envelope, layout.envelope.may_be_seen
    if envelope.is_right:
        beside, beside_end = float(layout.margin_left), kept.left - _GUTTER_MM
    else:
        beside, beside_end = kept.right + _GUTTER_MM, SHEET_WIDTH - layout.margin_right
    return (
        environment()
        .get_template("letters/layout.css")
        .render(
            layout=layout,
            serif=layout.font is LetterFont.SERIF,
            width=width,
            text_size=layout.text_size / 10,
            line_height=round(layout.text_size / 10 * _LINE_HEIGHT, 2),
            beside=beside,
            beside_width=beside_end - beside,
            **_address_place(layout),
            address_line_of_seven=round(
                envelope.address.height / LINES_ABROAD - 0.02, 2
            ),
            body_top=max(_BODY_TOP_MM, kept.bottom + _GUTTER_MM),
            folds=envelope.folds if layout.has_fold_marks else (),
        )
    )


def qr_uri(payload: str) -> str:
    """Draw a SEPA QR code inside the page itself."""
    return f"data:image/png;base64,{b64encode(qr_png(payload)).decode()}"


@lru_cache(8)
def logo_uri(logo: bytes | None) -> str:
    """Make a logo fit for print, inside the page itself; empty if it is damaged."""
    printable = printable_logo(logo) if logo else None
    if printable is None:
        return ""
    content, mime = printable
    return f"data:{mime};base64,{b64encode(content).decode()}"


def recipient_size(lines: tuple[str, ...], width: float) -> float:
    """Choose the size, in points, at which every line fits the window."""
    largest = _SEVEN_LINES_PT if len(lines) > LINES_AT_HOME else _ADDRESS_PT
    widest = max((_width_in_ems(line) for line in lines), default=0.0)
    if not widest:
        return largest
    fitting = (width - _HAIR_MM) / (widest * _MM_PER_PT)
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
