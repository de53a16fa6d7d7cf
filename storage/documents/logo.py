"""A firm's logo, whatever it gave us, made fit for print."""

from io import BytesIO

from PIL import Image, ImageOps

_SVG = "image/svg+xml"
_BEFORE_MARKUP = b"\xef\xbb\xbf \t\r\n"
_RASTERS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
# Printed 58 mm wide at most: this is 600 dots an inch.
_LARGEST = (1400, 700)
_LARGEST_SVG = 1_000_000
# A picture is opened in memory, four bytes a pixel.
_MOST_PIXELS = 50_000_000


def printable_logo(content: bytes) -> tuple[bytes, str] | None:
    """Reduce a logo to what a printer can show; None if it cannot be read.

    Its kind is read from its content: files are often misnamed.
    """
    if content.lstrip(_BEFORE_MARKUP).startswith(b"<"):
        return (content, _SVG) if len(content) <= _LARGEST_SVG else None
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
