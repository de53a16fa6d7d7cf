"""The app's own window where the system has one, and its browser elsewhere."""

import importlib
import importlib.util
import os
import sys
from pathlib import Path
from typing import Any

from nicegui import app

from ui.browser import has_display
from ui.design import LIGHT
from ui.translation import _

SIZE = (1280, 720)
SMALLEST = (768, 560)


def can_open_window() -> bool:
    """Tell whether a window of our own can open, and choose what will draw it."""
    if not has_display() or importlib.util.find_spec("webview") is None:
        return False
    if sys.platform != "linux":
        return True
    gui = "gtk" if _has_gtk() else "qt" if _has_qt() else ""
    if gui:
        # pywebview would try GTK first, and log a traceback where only Qt is there.
        os.environ.setdefault("PYWEBVIEW_GUI", gui)
    return bool(gui)


def configure(address: str, icon: Path) -> None:
    """Tell the window, a process of its own, what to show and in which words."""
    app.native.window_args.update(
        url=address,
        min_size=SMALLEST,
        text_select=True,
        zoomable=True,
        background_color=LIGHT["ground"],
    )
    app.native.start_args.update(localization=_words(), icon=str(icon))


def reveal() -> None:
    """Bring the window to the front."""
    window = app.native.main_window
    if window:
        window.restore()
        window.show()
        # Window managers let a program ask for attention, seldom for the front.
        window.set_always_on_top(True)
        window.set_always_on_top(False)


def _has_gtk() -> bool:
    try:
        gi: Any = importlib.import_module("gi")
        gi.require_version("Gtk", "3.0")
        gi.require_version("WebKit2", "4.1")
    except (ImportError, ValueError, AttributeError):
        return False
    return True


def _has_qt() -> bool:
    found = map(importlib.util.find_spec, ("qtpy", "PySide6", "PyQt6"))
    qtpy, pyside, pyqt = found
    return bool(qtpy and (pyside or pyqt))


def _words() -> dict[str, str]:
    return {
        "global.cancel": _("Cancel"),
        "global.saveFile": _("Save"),
        "linux.openFile": _("Open a file"),
        "linux.openFiles": _("Open files"),
        "linux.openFolder": _("Open a folder"),
        "windows.fileFilter.allFiles": _("All files"),
        "windows.fileFilter.otherFiles": _("Other files"),
        "cocoa.menu.about": _("About"),
        "cocoa.menu.services": _("Services"),
        "cocoa.menu.view": _("View"),
        "cocoa.menu.edit": _("Edit"),
        "cocoa.menu.hide": _("Hide"),
        "cocoa.menu.hideOthers": _("Hide others"),
        "cocoa.menu.showAll": _("Show all"),
        "cocoa.menu.quit": _("Quit"),
        "cocoa.menu.fullscreen": _("Full screen"),
        "cocoa.menu.cut": _("Cut"),
        "cocoa.menu.copy": _("Copy"),
        "cocoa.menu.paste": _("Paste"),
        "cocoa.menu.selectAll": _("Select all"),
    }
