"""Why documents cannot be made."""

from typing import ClassVar

from domain.basics.errors import DunningError


class PdfUnavailableError(DunningError):
    """The system lacks what turns a page into PDF."""

    message: ClassVar[str] = (
        "Letters cannot be made: this computer lacks Pango, which draws their text. "
        "To install it: {command}"
    )


class BatchStoppedError(DunningError):
    """The user stopped the letters before the last one; nothing was kept."""

    message: ClassVar[str] = (
        "The letters were stopped after {done} of {total}: nothing was prepared."
    )


class LogoUnreadableError(DunningError):
    """A logo is not a picture that letters can print."""

    message: ClassVar[str] = (
        "This picture cannot be read: choose a PNG, JPEG or SVG file."
    )
