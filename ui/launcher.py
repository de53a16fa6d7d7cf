"""Opens the app: one instance, behind its guard, in a window or a browser."""

import os
import signal
import socket
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.basics.errors import DunningError
from domain.ports import Outside
from ui.browser import open_browser
from ui.instance import Instance
from ui.local_guard import HOST, Door
from ui.logs import LOG, keep_log
from ui.quick_start import without_clients
from ui.translation import _, refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchOptions:
    """What the command line may ask of the app."""

    folder: str | None = None
    """Of the books; None for the system's own place."""
    demo: bool = False
    browser: bool = False
    port: int | None = None
    """None for any free port."""
    today: date | None = None
    """None for the real date."""
    opened: str = ""
    """An accounting file to show at once; empty for none."""
    full_log: bool = False
    """Whether the log tells addresses and amounts too."""


def launch(outside: Outside, options: LaunchOptions) -> None:
    """Open the app, or bring forward the one that has these books open.

    Nothing heavy is imported before that is known: a second start takes an instant.
    """
    try:
        folder = Path(outside.data_folder(options.folder, demo=options.demo))
    except DunningError as problem:
        sys.exit(refusal(problem))
    instance = Instance(folder)
    if not instance.claim():
        _bring_forward(instance, options.opened)
        return
    door = Door(free_port(options.port))
    keep_log(folder / LOG, is_full=options.full_log)
    instance.trace.begin()
    # Until the server has its own handlers: leave by the exit handlers, which end
    # the window's process too.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_received: sys.exit(0))

    with without_clients():
        from ui.serving import serve

    try:
        serve(outside, folder, options, instance, door)
    except SystemExit:  # asked to end before it could serve
        instance.trace.end()
        raise


def _bring_forward(instance: Instance, opened: str) -> None:
    address = instance.reveal_other(opened)
    if address is None:
        sys.exit(_("Relance is already open with these books, but does not answer."))
    if not address:
        print(_("Relance is already open: its window is in front."))  # noqa: T201
    else:
        print(_("Relance is already open at {address}", address=address))  # noqa: T201
        open_browser(address)


def free_port(asked: int | None = None) -> int:
    """Choose a free port, or check that the one asked for is."""
    with socket.socket() as probe:
        if os.name != "nt":  # where it would let two apps share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, asked or 0))
        except (OSError, OverflowError):
            sys.exit(_("Port {port} cannot be used: choose another.", port=asked))
        port: int = probe.getsockname()[1]
        return port
