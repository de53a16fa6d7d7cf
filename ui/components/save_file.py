"""Files and folders of the user: saved where they say, opened in their program."""

import asyncio
import os
import subprocess
import sys
from base64 import b64encode
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from nicegui import app, ui

from domain.basics.file_names import safe_file_name
from ui.translation import _


async def save_file(name: str, content: bytes) -> None:
    """Save a file where the user chooses, or download it in a browser."""
    name = safe_file_name(name)
    window = app.native.main_window
    if window is None:
        ui.download.content(content, name)
        return
    from webview import FileDialog

    # The window cannot download: pywebview 6.2 fails with Qt 6, and GTK writes
    # to the home folder without asking.
    chosen = await window.create_file_dialog(FileDialog.SAVE, save_filename=name)
    if chosen:
        path = Path(chosen if isinstance(chosen, str) else chosen[0])
        await asyncio.to_thread(path.write_bytes, content)
        ui.notify(_("Saved: {file}", file=path))


async def open_file(name: str, content: bytes) -> None:
    """Open a file in the program made for it, or download it in a browser."""
    name = safe_file_name(name)
    if app.native.main_window is None:
        ui.download.content(content, name)
        return
    path = Path(_folder().name, name)
    await asyncio.to_thread(path.write_bytes, content)
    await asyncio.to_thread(_open, path)


async def print_file(name: str, content: bytes) -> None:
    """Open the system's own print dialog on a PDF.

    A browser prints it at once. The window cannot: its PDF opens in the program made
    for it, whose print dialog is the system's.
    """
    if app.native.main_window is not None:
        await open_file(name, content)
        ui.notify(_("The PDF opens in its own program: print it from there."))
        return
    encoded = b64encode(content).decode()
    ui.run_javascript(f"({_PRINT})('{encoded}')")


_PRINT = """(encoded) => {
  const bytes = Uint8Array.from(atob(encoded), (sign) => sign.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], {type: "application/pdf"}));
  document.getElementById("print-frame")?.remove();
  const frame = document.createElement("iframe");
  frame.id = "print-frame";
  frame.hidden = true;
  frame.onload = () => {
    try { frame.contentWindow.focus(); frame.contentWindow.print(); }
    catch { window.open(address, "_blank"); }
  };
  frame.src = address;
  document.body.append(frame);
}"""
"""Where a browser lets no page print a PDF, it opens in a tab of its own."""


async def open_folder(folder: str) -> None:
    """Show a folder of this computer in the system's file browser."""
    try:
        await asyncio.to_thread(_open, Path(folder))
    except OSError:
        ui.notify(
            _("The folder could not be opened: {folder}", folder=folder), type="warning"
        )


async def choose_file(name: str, kind: tuple[str, str]) -> str:
    """Let the user point at a file, there or not; empty if they give up.

    ``kind`` says what it is and how its name ends: ("Excel", "*.xlsx").
    """
    window = app.native.main_window
    if window is None:
        return ""
    from webview import FileDialog

    label, ending = kind
    chosen = await window.create_file_dialog(
        FileDialog.SAVE, save_filename=name, file_types=(f"{label} ({ending})",)
    )
    if not chosen:
        return ""
    return chosen if isinstance(chosen, str) else str(chosen[0])


async def choose_folder() -> str:
    """Let the user point at a folder; empty in a browser, or if they give up."""
    window = app.native.main_window
    if window is None:
        return ""
    from webview import FileDialog

    chosen = await window.create_file_dialog(FileDialog.FOLDER)
    return str(chosen[0]) if chosen else ""


@cache
def _folder() -> TemporaryDirectory[str]:
    """Make the folder of opened files; it goes when the app ends."""
    return TemporaryDirectory(prefix="relance-", ignore_cleanup_errors=True)


def _open(path: Path) -> None:
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - a file we have just written
    else:
        opener = "open" if sys.platform == "darwin" else "xdg-open"
        subprocess.Popen([opener, path])  # noqa: S603 - the same, and no shell
