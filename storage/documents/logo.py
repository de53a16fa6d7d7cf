"""A firm's logo, whatever it gave us, made fit for print."""

from io import BytesIO

from PIL import Image, ImageOps

from storage.documents.drawing import is_only_a_drawing

_SVG = "image/svg+xml"
_BEFORE_MARKUP = b"\xef\xbb\xbf \t\r\n"
_RASTERS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
# Printed 58 mm wide at most: this is 600 dots an inch.
_LARGEST = (1400, 700)
# A picture is opened in memory, four bytes a pixel.
_MOST_PIXELS = 50_000_000


def is_drawing(content: bytes) -> bool:
    """Tell a drawing, or any other markup, from pictures made of dots."""
    return content.lstrip(_BEFORE_MARKUP).startswith(b"<")


def printable_logo(content: bytes) -> tuple[bytes, str] | None:
    """Reduce a logo to what a printer can show; None if it cannot be read.

    Its kind is read from its content: files are often misnamed.
    """
    if is_drawing(content):
        return (content, _SVG) if is_only_a_drawing(content) else None
    try:
        return _reduced(content), "image/png"
    except Exception:  # noqa: BLE001 - damaged pictures raise almost anything
        return None


def _reduced(content: bytes) -> bytes:
    with Image.open(BytesIO(content), formats=_RASTERS) as picture:
        if picture.width * picture.height > _MOST_PIXELS:
            raise ValueError
        mode = "RGBA" if picture.has_transparency_data else "RGB"
        upright = ImageOps.exif_transpose(picture).convert(mode)
    upright.thumbnail(_LARGEST)
    result = BytesIO()
    upright.save(result, "PNG")
    return result.getvalue()
