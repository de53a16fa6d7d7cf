"""The one thread that touches the books, and what every screen may ask for."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Concatenate, ParamSpec, TypeVar

from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId
from domain.copies import BookCopies, BooksInUseError
from domain.files import SharedPlace
from domain.ports import Books, Outside
from domain.usecases.configuring import NoEntityError
from domain.usecases.delivering import recover_interrupted
from domain.usecases.editing_texts import follow_shipped
from domain.usecases.frame import page_size_of, save_page_sizes
from domain.usecases.shared_place import is_new_place, know_place

P = ParamSpec("P")
T = TypeVar("T")


def local_today() -> date:
    """Read today's date where the user is."""
    return datetime.now().astimezone().date()


class Session:
    """The books, opened and used on one thread of their own."""

    def __init__(
        self,
        outside: Outside,
        folder: str,
        *,
        today: Callable[[], date] = local_today,
        is_demo: bool = False,
    ) -> None:
        self.outside = outside
        self.folder = folder
        self.file_to_show = ""
        """An accounting file to show, opened from its folder; empty for none."""
        self.today = today
        """A function: an app left open overnight is right in the morning."""
        self.shown: EntityId | None = None
        """The firm on screen; None until one exists."""
        self.page_sizes: Mapping[str, int] = {}
        """How many rows the user wants on a page of each list."""
        self.copy_problem: DunningError | None = None
        """Why the copy of the day could not be made."""
        self._shared_place: SharedPlace | None = None
        self._is_place_looked_at = False
        self._aside = 0
        """Use cases at work on connections of their own."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="books")
        from ui.demonstration import Demonstration
        from ui.drafts import Drafts
        from ui.incoming import Incoming  # they work for a session
        from ui.invoices import InvoiceDesk
        from ui.mailbox import MailboxReader
        from ui.postman import Postman

        self.postman = Postman(self)
        self.mailbox = MailboxReader(self)
        self.incoming = Incoming(self)
        self.invoices = InvoiceDesk(self)
        self.drafts = Drafts()
        self.demonstration = Demonstration(self)
        # The window opens meanwhile; a refusal to open comes out of the first run().
        self._books = self._thread.submit(self._open_books, is_demo)

    async def run(
        self,
        usecase: Callable[Concatenate[Books, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a use case on the books and wait for its result."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._thread, lambda: usecase(self._books.result(), *args, **kwargs)
        )

    async def run_aside(
        self,
        usecase: Callable[Concatenate[Books, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a long use case on a connection of its own: screens are still answered.

        Books kept in no folder are in memory, where one connection has them.
        """
        if not self.folder:
            return await self.run(usecase, *args, **kwargs)

        def work() -> T:
            self._books.result()  # there, and brought up to date
            with closing(self.outside.open_books(self.folder)) as books:
                return usecase(books, *args, **kwargs)

        self._aside += 1
        try:
            return await asyncio.to_thread(work)
        finally:
            self._aside -= 1

    async def replace_books(self, change: Callable[[BookCopies], T]) -> T:
        """Close the books, let a copy take their place, and open what is there then.

        Raises:
            BooksInUseError: something is being sent or imported.
        """
        if self.postman.is_sending or self._aside:
            raise BooksInUseError

        def work() -> T:
            self._close_books()
            try:
                return change(self.outside.copies(self.folder))
            finally:
                self._books = self._open_again()

        loop = asyncio.get_running_loop()
        done = await loop.run_in_executor(self._thread, work)
        self.shown = None
        self.drafts = type(self.drafts)()
        return done

    async def opened(self) -> None:
        """Wait for the books; says why where they cannot be opened."""
        await self.run(lambda _books: None)

    async def shared_place(self) -> SharedPlace | None:
        """Tell who else may write to the folder of the books, until it is known."""
        if not self._is_place_looked_at:
            self._is_place_looked_at = True
            found = await asyncio.to_thread(self.outside.shared_place, self.folder)
            is_new: bool = await self.run(is_new_place, self.folder)
            self._shared_place = found if is_new else None
        return self._shared_place

    async def know_place(self) -> None:
        """Remember that the user was warned."""
        await self.run(know_place, self.folder)
        self._shared_place = None

    def page_size(self, name: str) -> int:
        """How many rows the user wants on a page of a list."""
        return page_size_of(self.page_sizes, name)

    async def keep_page_size(self, name: str, size: int) -> None:
        """Remember how many rows the user wants on a page of a list."""
        if size != self.page_size(name):
            self.page_sizes = {**self.page_sizes, name: size}
            await self.run(save_page_sizes, self.page_sizes)

    def now(self) -> datetime:
        """Read the present moment, in UTC."""
        return datetime.now(UTC)

    @property
    def entity_id(self) -> EntityId:
        """The firm on screen.

        Raises:
            NoEntityError: none was created yet; pages that need one are not drawn.
        """
        if self.shown is None:
            raise NoEntityError
        return self.shown

    def close(self) -> None:
        """Let the running use case end, then close the books."""
        self._thread.submit(self._close_books)
        self._thread.shutdown(wait=True, cancel_futures=False)

    def _open_books(self, is_demo: bool) -> Books:
        """Open the books, doubt what was leaving at a crash, fill a demonstration."""
        books = self.outside.open_books(self.folder)
        try:
            books.take_documents_out()
            recover_interrupted(books, self.now())
            follow_shipped(books, self.outside.documents.shipped_texts())
            if is_demo:
                from domain.usecases.demonstration import fill_with_demonstration

                wordings = self.outside.documents.starting_texts()
                fill_with_demonstration(books, wordings, self.today(), self.now())
        except BaseException:
            books.close()
            raise
        return books

    def _open_again(self) -> Future[Books]:
        """Open the books on their own thread, which is the one that asks."""
        found: Future[Books] = Future()
        try:
            found.set_result(self._open_books(is_demo=False))
        except Exception as problem:  # noqa: BLE001 - told to whoever asks for them
            found.set_exception(problem)
        return found

    def _close_books(self) -> None:
        if self._books.exception() is None:
            self._books.result().close()
