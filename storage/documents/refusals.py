"""Why documents cannot be made."""

from typing import ClassVar

from domain.basics.errors import DunningError


class PdfUnavailableError(DunningError):
    """The system lacks what turns a page into PDF."""

    message: ClassVar[str] = (
        "Letters cannot be made: this computer lacks Pango, which draws their text. "
        "To install it: {command}"
    )


class LogoUnreadableError(DunningError):
    """A logo is not a picture that letters can print."""

    message: ClassVar[str] = (
        "This picture cannot be read: choose a PNG, JPEG or SVG file."
    )


class DrawingRefusedError(LogoUnreadableError):
    """An SVG is more than a drawing."""

    message: ClassVar[str] = (
        "This drawing is damaged, calls for other files, runs something or is too "
        "intricate: save it as PNG, then choose that file."
    )
