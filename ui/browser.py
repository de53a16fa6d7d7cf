"""The user's browser, where the app has no window of its own."""

import os
import sys
import webbrowser


def has_display() -> bool:
    """Tell whether anything can be drawn for the user."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_browser(address: str) -> None:
    """Show an address; without a display, a browser would take the terminal."""
    if has_display():
        webbrowser.open(address)
