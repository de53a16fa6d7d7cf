"""What every page loads: style, keys, and where they are."""

from hashlib import blake2b
from pathlib import Path

from ui import design

STATIC = Path(__file__).parent / "static"


def head_html() -> str:
    """Write the head of every page; a changed file gets a new address."""
    return (
        f"<style>{design.variables()}</style>"
        f'<link rel="stylesheet" href="{_versioned("style.css")}">'
        f'<script src="{_versioned("keyboard.js")}" defer></script>'
        f'<script src="{_versioned("forecast.js")}" defer></script>'
    )


def _versioned(name: str) -> str:
    content = (STATIC / name).read_bytes()
    return f"/static/{name}?v={blake2b(content, digest_size=4).hexdigest()}"
