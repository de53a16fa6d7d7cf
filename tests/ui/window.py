"""The whole app, driven without a browser or a file."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path

from nicegui import Client, ui
from nicegui.testing import User, user_simulation

from domain.ports import Books
from storage.database.books import open_books
from storage.outside import Outside
from tests.builders import TODAY, a_customer, a_profile, an_entity
from ui.app import Screens
from ui.page import Page
from ui.refusals import BugReports
from ui.screens import PAGES
from ui.session import Session

LOG = Path("relance.log")
Fill = Callable[[Books], None]


class BooksInMemory(Outside):
    """The real outside, its books in memory and filled by the test."""

    def __init__(self, fill: Fill) -> None:
        self._fill = fill

    def open_books(self, _folder: str) -> Books:
        books = open_books()
        self._fill(books)
        return books


def nothing(_books: Books) -> None:
    """Leave the books empty, as at the very first start."""


def one_firm(books: Books) -> None:
    """Put a firm, its profile and one customer in the books."""
    books.entities.save(an_entity())
    books.scenarios.save_profile(a_profile())
    books.customers.save_many([a_customer()])


@asynccontextmanager
async def open_window(
    fill: Fill = one_firm,
    *,
    pages: Sequence[Page] = PAGES,
    today: date = TODAY,
    outside: Outside | None = None,
    folder: str = "",
) -> AsyncIterator[User]:
    """Open the app on books in memory; ``await user.open("/")`` shows a page."""
    # A simulated window collects garbage at both ends: looking through all modules
    # each time took near half of the time of a test.
    gc.freeze()
    session = Session(outside or BooksInMemory(fill), folder, today=lambda: today)
    screens = Screens(session, BugReports(LOG), pages)
    try:
        async with user_simulation(root=screens.unknown_page) as user:
            screens.register()
            try:
                yield patient(user)
            finally:
                for client in list(Client.instances.values()):
                    client.delete()  # nothing is told to a window that is closing
    finally:
        session.demonstration.close()
        session.close()


def patient(user: User) -> User:
    """Let a page take its time, on a machine that is busy: nothing is grey any more."""
    for name in ("should_see", "should_not_see"):
        setattr(user, name, partial(getattr(user, name), retries=200))
    setattr(user.download, "next", partial(user.download.next, timeout=20))  # noqa: B010
    opens = user.open

    async def open_whole(path: str, *, clear_forward_history: bool = True) -> Client:
        client = await opens(path, clear_forward_history=clear_forward_history)
        await until(lambda: not _is_waiting(client))
        return client

    setattr(user, "open", open_whole)  # noqa: B010 - a method, given more patience
    return user


def _is_waiting(client: Client) -> bool:
    return any(isinstance(one, ui.skeleton) for one in client.elements.values())


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is true, for twenty seconds at most."""
    for _attempt in range(2000):
        with suppress(AssertionError):  # what is looked for may not be drawn yet
            if is_so():
                return
        await asyncio.sleep(0.01)
    assert is_so()


async def click(
    user: User, words: str | None = None, *, marker: str | None = None
) -> None:
    """Click what may be drawn a moment after what was waited for."""
    await user.should_see(content=words, marker=marker)
    user.find(content=words, marker=marker).click()


async def arrives_at(address: str, user: User) -> None:
    """Wait until the window shows an address."""
    await until(lambda: user.back_history[-1] == address)


def field(user: User, name: str) -> ui.input:
    """Find a line of text by its mark."""
    found = user.find(marker=name).elements.pop()
    assert isinstance(found, ui.input)
    return found


def retype(user: User, name: str, text: str) -> None:
    """Replace what a field holds."""
    field(user, name).value = text
