"""The demonstration, opened beside this app and in a folder of its own."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from nicegui import app

from domain.basics.errors import DunningError
from domain.ports import Outside
from ui.instance import Instance

# NOTE: storage/app_folder.py puts the demonstration there too.
_FOLDER = "demonstration"


class DemonstrationClosedError(DunningError):
    """The second app did not answer."""

    message = (
        "The demonstration did not open. Your own books are safe; details are in {log}."
    )


async def open_demonstration(outside: Outside, folder: str) -> str:
    """Start the app on the demonstration, and wait until it is there.

    It never shares the folder of a real firm. Returns the address to open where
    the app lives in a browser; empty where it shows a window of its own.
    """
    inside = str(Path(folder, _FOLDER))
    place = Path(await asyncio.to_thread(outside.data_folder, inside, demo=True))
    start(place, in_window=app.native.main_window is not None)
    instance = Instance(place)
    try:
        address = await asyncio.to_thread(instance.reveal_other)
    finally:
        instance.leave()
    if address is None:
        raise DemonstrationClosedError(log=str(place / "relance.log"))
    return address


def start(folder: Path, *, in_window: bool) -> subprocess.Popen[bytes]:
    """Start the app on a folder of demonstration; it outlives this one."""
    is_bundled = getattr(sys, "frozen", False)
    program = [sys.executable] if is_bundled else [sys.executable, sys.argv[0]]
    arguments = ["--demo", "--data", str(folder)]
    if not in_window:
        arguments.append("--browser")
    return subprocess.Popen(  # noqa: S603 - our own program
        [*program, *arguments],
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def environment() -> dict[str, str]:
    """Copy what another app may inherit; NiceGUI's own variables would mix the two."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("NICEGUI_")
    }
