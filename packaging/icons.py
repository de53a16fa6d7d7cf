"""Turn our one drawing into the icons that each system wants."""

from pathlib import Path

import pypdfium2
from PIL import Image
from weasyprint import HTML

DRAWING = Path(__file__).resolve().parent.parent / "ui" / "static" / "icon.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
_LARGEST = 1024


def make_icons(folder: Path) -> None:
    """Write ``relance-SIZE.png``, ``relance.ico`` and ``relance.icns``."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = draw(_LARGEST)
    for size in SIZES:
        drawn.resize((size, size), Image.Resampling.LANCZOS).save(
            folder / f"relance-{size}.png", optimize=True
        )
    windows = [(size, size) for size in SIZES if size <= 256]  # noqa: PLR2004 - its limit
    drawn.save(folder / "relance.ico", sizes=windows)
    drawn.save(folder / "relance.icns")


def draw(size: int) -> Image.Image:
    """Draw the icon as a picture that many pixels wide, on nothing."""
    page = (
        f"<style>@page {{ size: {size}px; margin: 0 }} img {{ display: block }}</style>"
        f"<img src='{DRAWING.name}' width={size} height={size}>"
    )
    document = HTML(string=page, base_url=DRAWING.as_uri()).write_pdf()
    with pypdfium2.PdfDocument(document) as pdf:
        # A PDF point is 4/3 of a CSS pixel.
        drawn = pdf[0].render(scale=4 / 3, fill_color=(0, 0, 0, 0)).to_pil()
    return drawn.convert("RGBA").resize((size, size))
