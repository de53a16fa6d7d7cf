"""Serves the screens until the user leaves."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from multiprocessing import active_children
from pathlib import Path

from nicegui import app, run, ui
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from domain.ports import Outside
from ui import addresses, window
from ui.app import Screens
from ui.automatic import AutomaticRounds
from ui.background import Background, Chore
from ui.browser import has_display, open_browser
from ui.copies import DailyCopies
from ui.head import STATIC
from ui.instance import REVEAL, Instance
from ui.launcher import LaunchOptions
from ui.local_guard import HOST, Door, LocalGuard
from ui.logs import LOG
from ui.page import Page
from ui.refusals import BugReports
from ui.screens import PAGES
from ui.session import Session, local_today
from ui.translation import _

_WINDOW_MAY_TAKE = 30.0
"""Seconds until a window that shows nothing gives way to the browser."""
_AFTER_LAST_TAB = 10.0
"""Seconds: going from a page to the next closes one tab and opens another."""
_ASK_EVERY = 0.05
_POST_EVERY = 60.0
"""Seconds between looks for e-mails whose time to leave has come."""

_ALIVE_EVERY = 60.0
"""Seconds between notes that the app still runs."""
_AUTOMATIC_EVERY = 300.0
"""Seconds between looks for what leaves by itself."""
_MAILBOX_EVERY = 300.0
"""Seconds between looks at the mailbox."""
_COPY_EVERY = 900.0
"""Seconds between looks for the copy of the day; the next one is due at midnight."""
_LOOK_EVERY = 3.0
"""Seconds between looks at the watched folders."""


def serve(
    outside: Outside,
    folder: Path,
    options: LaunchOptions,
    instance: Instance,
    door: Door,
    pages: Sequence[Page] = PAGES,
) -> None:
    """Show the app, and return or exit once the user has left."""
    session = Session(outside, str(folder), today=_clock(options), is_demo=options.demo)
    session.file_to_show = options.opened
    screens = Screens(session, BugReports(folder / LOG), pages)
    screens.register()
    background = Background()
    background.every(_ALIVE_EVERY, _chore(instance.trace.still_alive))
    background.every(_POST_EVERY, session.postman.round)
    background.every(_AUTOMATIC_EVERY, AutomaticRounds(session).round)
    background.every(_MAILBOX_EVERY, session.mailbox.round)
    background.every(_LOOK_EVERY, session.incoming.round)
    background.every(_LOOK_EVERY, session.invoices.round)
    background.every(_COPY_EVERY, DailyCopies(session).round)
    app.add_middleware(
        LocalGuard,
        door=door,
        refused=_("Access refused: open Relance by its icon, or start it again."),
    )
    in_window = not options.browser and window.can_open_window()
    visit = Visit(session, door, instance, in_window=in_window)
    app.on_startup(background.start)
    app.on_startup(visit.begin)
    app.on_shutdown(session.postman.leave)
    app.on_shutdown(lambda: outside.sign_in.cancel())  # noqa: PLW0108 - loaded then
    app.on_shutdown(session.invoices.leave)
    app.on_shutdown(background.stop)
    app.on_shutdown(session.demonstration.close)
    app.on_shutdown(session.close)
    app.on_shutdown(visit.end)
    # Letters are made in processes of their own, which must not inherit threads.
    run.process_pool_start_method = "spawn"
    ui.run(
        screens.unknown_page,
        host=HOST,
        port=door.port,
        native=in_window,
        window_size=window.SIZE if in_window else None,
        title="Relance",
        favicon=STATIC / "icon.svg",
        dark=None,
        language="fr",
        tailwind=False,
        reload=False,
        show=False,
        show_welcome_message=False,
        reconnect_timeout=30,
        timeout_graceful_shutdown=3,
    )


class Visit:
    """The user's stay: the way in, and the way out."""

    def __init__(
        self, session: Session, door: Door, instance: Instance, *, in_window: bool
    ) -> None:
        self._session = session
        self._door = door
        self._instance = instance
        self._in_window = in_window
        self._arrivals = 0
        app.on_connect(self._arrive)
        app.post(REVEAL, response_class=PlainTextResponse)(self._reveal)
        if in_window:
            window.configure(door.new_address(), STATIC / "icon.png")
        elif has_display():
            app.on_disconnect(self._leave_with_the_last_tab)

    def begin(self) -> None:
        """Open the way in, once the server answers."""
        self._opening = asyncio.create_task(self._open())

    def end(self) -> None:
        """Give the books back, and turn to the browser if no window ever opened."""
        self._opening.cancel()
        self._instance.leave()
        if self._in_window and not self._arrivals and not active_children():
            _start_again_in_browser()

    async def _open(self) -> None:
        while not await self._answers():  # noqa: ASYNC110 - uvicorn tells no event
            await asyncio.sleep(_ASK_EVERY)
        self._instance.publish(self._door)
        if self._in_window:
            await asyncio.sleep(_WINDOW_MAY_TAKE)
            if not self._arrivals:
                for process in active_children():
                    process.terminate()
            return
        if not has_display():
            self._door.on_entered = self._announce  # the next browser needs one too
        await asyncio.to_thread(open_browser, self._announce())

    async def _answers(self) -> bool:
        try:
            _reader, writer = await asyncio.open_connection(HOST, self._door.port)
        except OSError:
            return False
        writer.close()
        return True

    def _announce(self) -> str:
        """Print an address that lets one browser in, as each is good once."""
        address = self._door.new_address()
        print(_("Relance is open at {address}", address=address), flush=True)  # noqa: T201
        return address

    async def _reveal(self, request: Request) -> str:
        """Answer a second start of the app with these books, and a file or none."""
        self._session.file_to_show = (await request.body()).decode()
        if not self._in_window:
            return self._door.new_address()
        if self._session.file_to_show:
            for client in app.clients():
                with client:
                    ui.navigate.to(addresses.HOME)
        window.reveal()
        return ""

    def _arrive(self) -> None:
        self._arrivals += 1

    async def _leave_with_the_last_tab(self) -> None:
        arrivals = self._arrivals
        await asyncio.sleep(_AFTER_LAST_TAB)
        if arrivals == self._arrivals and not _has_tab():
            app.shutdown()


def _chore(work: Callable[[], None]) -> Chore:
    async def done() -> None:
        work()

    return done


def _has_tab() -> bool:
    return any(client.has_socket_connection for client in app.clients())


def _clock(options: LaunchOptions) -> Callable[[], date]:
    chosen = options.today
    return (lambda: chosen) if chosen else local_today


def _start_again_in_browser() -> None:
    """Replace this process, where the system can: its parent need not know."""
    command = [sys.executable, *sys.orig_argv[1:], "--browser"]
    if os.name == "nt":
        subprocess.Popen(command, env=environment())  # noqa: S603 - our own command line
    else:
        os.execve(command[0], command, environment())  # noqa: S606 - the same


def environment() -> dict[str, str]:
    """Copy what another app may inherit; NiceGUI's own variables would mix the two."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("NICEGUI_")
    }
